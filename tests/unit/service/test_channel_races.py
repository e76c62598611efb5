"""Channels, and several who do something with them at once."""

from chirrup.domain.events import MessageCreated
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.service.actor import Actor
from tests.unit.station import NEWS, Station
from tests.unit.world import ALICE


def test_a_subscriber_who_comes_while_something_is_said_has_it_unread_or_read_but_never_lost() -> (
    None
):
    station = Station()
    station.say()
    steps = 0

    def hook(step: str) -> None:
        nonlocal steps
        if step == "before commit" and steps == 0:
            steps += 1
            station.say()

    station.tables.hook = hook
    station.subscribe(ALICE)
    station.tables.hook = lambda _: None
    assert station.unread(ALICE) == {NEWS: 1}
    station.say()
    assert station.unread(ALICE) == {NEWS: 2}


def test_two_devices_that_subscribe_at_once_make_one_row() -> None:
    station = Station()
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            station.subscribe(Actor("alice", "tablet="))

    station.tables.hook = hook
    station.subscribe(ALICE)
    station.tables.hook = lambda _: None
    chunk = station.records.get(RosterChunk, NEWS, chunk_of("alice"))
    assert chunk is not None
    assert chunk.since == {"alice": 1}
    assert station.tables.by_user["alice"] == [NEWS]


def test_a_broadcast_writes_nothing_for_each_listener() -> None:
    for listeners in (1, 40):
        station = Station()
        station.subscribe(*(station.meet(f"u{number}") for number in range(listeners)))
        steps: list[str] = []
        station.tables.hook = steps.append
        station.say()
        assert steps.count("before commit") == 1
        created = [one for one in station.dispatcher.events if isinstance(one, MessageCreated)]
        assert len(created) == 1
        members = station.told().members
        assert members is not None
        assert (members.size, members.roster) == (listeners, 1)
