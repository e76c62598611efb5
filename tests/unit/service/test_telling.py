"""Telling a large channel: by pages, at a pace, from where it was interrupted."""

from dataclasses import replace
from functools import partial
from itertools import count

import pytest

from chirrup.domain.audiences import PAGES_MAX, Audience
from chirrup.domain.broadcasts import Broadcast
from chirrup.domain.rosters import RosterChunk
from chirrup.service import broadcasts
from chirrup.service.telling import USERS_A_SECOND
from tests.unit.dying import interrupted
from tests.unit.station import FAR, NEWS, Station
from tests.unit.world import ALICE

SUBSCRIBERS = 5_000


def crowded() -> Station:
    """Five thousand have subscribed: five pages."""
    station = Station()
    per = SUBSCRIBERS // 50
    for number in range(50):
        since = {f"c{number}.{one}": 1 for one in range(per)}
        chunk = RosterChunk(owner=NEWS, name=f"{number:02d}", since=since, version=1)
        station.tables.records[RosterChunk, NEWS, chunk.name] = chunk
    return station


def told(station: Station) -> list[int]:
    """The pages that were handed over."""
    audiences: list[Audience] = [audience for _, audience in station.dispatcher.dispatched]
    return [one.page.number for one in audiences if one.members]


def stored(station: Station, one: Broadcast) -> Broadcast:
    return station.ends.get("news", one.name)


def test_a_large_channel_is_told_page_by_page_at_its_pace() -> None:
    station = crowded()
    before = station.clock.now() + 1_000
    one = station.say()
    assert (one.recipients, told(station)) == (SUBSCRIBERS, [0, 1, 2, 3, 4])
    took = station.clock.now() - before
    assert took == 1000 * SUBSCRIBERS // USERS_A_SECOND
    assert stored(station, one).told == 5


def test_a_small_channel_is_told_at_once_and_nothing_is_noted() -> None:
    station = Station()
    station.subscribe(ALICE)
    before = station.clock.now() + 1_000
    one = station.say()
    assert station.clock.now() == before
    assert stored(station, one).told == 0


def test_what_a_request_has_no_time_for_is_told_by_whoever_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(broadcasts, "TELL_MS", 600)
    station = crowded()
    one = station.say(key="k", text="t")
    assert told(station) == [0, 1]
    assert station.broadcasting.telling.tell("news", one.name, station.clock.now() - 1) is False
    assert station.broadcasting.telling.tell("news", one.name, FAR)
    assert told(station) == [0, 1, 2, 3, 4]
    station.say(key="k", text="t")
    assert station.broadcasting.telling.tell("news", one.name, FAR)
    assert told(station) == [0, 1, 2, 3, 4]


def test_interrupted_at_any_step_every_page_is_told() -> None:
    for step in count():
        station = crowded()
        over = interrupted(station, step, partial(station.say, key="k", text="t"))
        one = station.say(key="k", text="t")
        assert sorted(set(told(station))) == [0, 1, 2, 3, 4]
        assert len(told(station)) <= 6
        assert station.seqs(NEWS) == [1]
        assert stored(station, one).told == 5
        if over:
            assert step > 15
            return


def test_what_was_withdrawn_meanwhile_is_told_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broadcasts, "TELL_MS", -1)
    station = crowded()
    one = station.say()
    station.ends.withdraw("news", one.name, FAR)
    before = len(station.dispatcher.dispatched)
    assert station.broadcasting.telling.tell("news", one.name, FAR)
    assert len(station.dispatcher.dispatched) == before
    assert station.broadcasting.telling.tell("news", "b_none", FAR)


@pytest.mark.parametrize(("online", "ms"), [(0, 0), (640, 320), (1_000_000, 32_000)])
def test_everybody_is_told_in_parts_at_the_pace_of_those_who_may_be_online(
    online: int, ms: int
) -> None:
    station = Station()
    station.tables.connected = {0: online}
    before = station.clock.now() + 1_000
    one = station.say("all")
    assert station.broadcasting.telling.tell("all", one.name, FAR)
    assert told(station) == list(range(PAGES_MAX))
    assert all(audience.everyone for _, audience in station.dispatcher.dispatched)
    assert station.clock.now() - before == pytest.approx(ms, abs=PAGES_MAX)


def test_two_who_tell_at_once_leave_nobody_out() -> None:
    station = crowded()
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and told(station) and not nested:
            nested = True
            station.say(key="k", text="t")

    station.tables.hook = hook
    one = station.say(key="k", text="t")
    assert set(told(station)) == {0, 1, 2, 3, 4}
    assert stored(station, one) == replace(stored(station, one), told=5)
