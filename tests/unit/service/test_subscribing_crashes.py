"""A function may die at any step of subscribing, unsubscribing, or looking for the first time."""

from functools import partial
from itertools import count

from chirrup.domain.rosters import RosterChunk, chunk_of
from tests.unit.dying import interrupted
from tests.unit.station import EVERYONE, NEWS, Station
from tests.unit.world import ALICE


def in_roster(station: Station) -> bool:
    chunk = station.records.get(RosterChunk, NEWS, chunk_of("alice"))
    return chunk is not None and "alice" in chunk.since


def is_whole(station: Station) -> bool:
    """The row and the roster say the same."""
    return in_roster(station) == ((NEWS, "alice") in station.tables.members)


def test_a_subscription_is_made_whole_or_not_at_all() -> None:
    for step in count():
        station = Station()
        station.say()
        over = interrupted(
            station, step, partial(station.channels.channels.subscribe, ALICE, "news")
        )
        assert is_whole(station)
        station.subscribe(ALICE)
        assert in_roster(station)
        assert station.unread(ALICE) == {NEWS: 0}
        if over:
            assert step > 5
            return


def test_it_is_ended_whole_or_not_at_all() -> None:
    for step in count():
        station = Station()
        station.subscribe(ALICE)
        leave = partial(station.channels.channels.unsubscribe, ALICE, "news")
        over = interrupted(station, step, leave)
        assert is_whole(station)
        leave()
        assert not in_roster(station)
        assert NEWS not in station.listed(ALICE)
        if over:
            assert step > 5
            return


def test_a_first_look_that_was_interrupted_is_made_up_for_by_the_next() -> None:
    for step in count():
        station = Station()
        station.say("all")
        over = interrupted(station, step, partial(station.synced, ALICE))
        assert station.synced(ALICE)[EVERYONE].unread == 1
        assert station.unread(ALICE) == {EVERYONE: 1}
        if over:
            assert step > 5
            return
