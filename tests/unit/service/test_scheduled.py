"""Broadcasts at a set time: said then, once."""

from functools import partial
from itertools import count

import pytest

from chirrup.domain.broadcasts import Broadcast, State
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.service.broadcasts import NewBroadcast
from tests.unit.dying import interrupted
from tests.unit.making import refused
from tests.unit.station import FAR, NEWS, USERS, Station, with_users
from tests.unit.world import ALICE

HOUR = 3_600_000
NEW = NewBroadcast("k", text="Hear!")


def plan(station: Station, new: NewBroadcast = NEW, wait: int = HOUR) -> Broadcast:
    return station.scheduled.create("news", new, station.clock.now() + wait)


def run(station: Station, one: Broadcast) -> bool:
    return station.due.run("news", one.name, FAR)


def state_of(station: Station, one: Broadcast) -> State:
    return station.ends.get("news", one.name).state


def test_it_is_said_when_its_time_has_come_and_not_before() -> None:
    station = Station()
    station.subscribe(ALICE)
    one = plan(station)
    at, payload = station.schedules.waiting[one.name]
    assert (at, payload) == (one.due_at, {"code": "news", "broadcast_id": one.name})
    assert run(station, one)
    assert (station.seqs(NEWS), state_of(station, one)) == ([], State.SCHEDULED)
    station.clock.advance(HOUR)
    assert run(station, one)
    assert station.texts(ALICE) == ["Hear!"]
    now = station.ends.get("news", one.name)
    assert (now.state, now.seq, now.recipients) == (State.SENT, 1, 1)
    assert now.sent_at == station.clock.now()


def test_a_schedule_that_calls_twice_says_it_once() -> None:
    station = Station()
    one = plan(station)
    station.clock.advance(HOUR)
    for _ in range(2):
        assert run(station, one)
    assert station.seqs(NEWS) == [1]


def test_two_calls_at_the_same_moment_say_it_once() -> None:
    station = Station()
    one = plan(station)
    station.clock.advance(HOUR)
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            run(station, one)

    station.tables.hook = hook
    run(station, one)
    assert station.seqs(NEWS) == [1]


def test_whatever_a_crash_left_the_next_call_says_it_once() -> None:
    for step in count():
        station = Station()
        station.subscribe(ALICE)
        one = plan(station)
        station.clock.advance(HOUR)
        over = interrupted(station, step, partial(run, station, one))
        assert run(station, one)
        assert station.seqs(NEWS) == [1]
        if over:
            assert step > 5
            return


@pytest.mark.parametrize("wait", [0, -1])
def test_a_time_that_is_past_is_refused(wait: int) -> None:
    station = Station()
    with refused(ErrorCode.INVALID_REQUEST, field="due_at"):
        plan(station, wait=wait)
    one = plan(station)
    with refused(ErrorCode.INVALID_REQUEST, field="due_at"):
        station.scheduled.move("news", one.name, station.clock.now() + wait)
    assert station.ends.get("news", one.name).due_at == one.due_at


def test_the_same_key_again_sets_a_schedule_that_was_lost() -> None:
    station = Station()
    station.schedules.unavailable = True
    with pytest.raises(ChirrupError):
        plan(station)
    assert station.schedules.waiting == {}
    station.schedules.unavailable = False
    one = plan(station)
    assert one.name in station.schedules.waiting
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT):
        plan(station, NewBroadcast("k", text="Another."))


def test_it_is_moved_and_only_its_new_time_counts() -> None:
    station = Station()
    one = plan(station)
    moved = station.scheduled.move("news", one.name, station.clock.now() + 3 * HOUR)
    assert station.schedules.waiting[one.name][0] == moved.due_at
    station.clock.advance(HOUR)
    assert run(station, one)
    assert station.seqs(NEWS) == []
    station.clock.advance(2 * HOUR)
    assert run(station, one)
    assert station.seqs(NEWS) == [1]
    with refused(ErrorCode.CONFLICT, reason="sent"):
        station.scheduled.move("news", one.name, FAR)


def test_what_is_cancelled_is_never_said() -> None:
    station = Station()
    one = plan(station)
    for _ in range(2):
        assert station.scheduled.cancel("news", one.name).state is State.CANCELLED
    assert station.schedules.waiting == {}
    station.clock.advance(2 * HOUR)
    assert run(station, one)
    assert station.seqs(NEWS) == []
    with refused(ErrorCode.CONFLICT, reason="cancelled"):
        station.scheduled.move("news", one.name, FAR)
    with refused(ErrorCode.CONFLICT, reason="cancelled"):
        station.ends.withdraw("news", one.name, FAR)


def test_what_was_said_cannot_be_cancelled_any_more() -> None:
    station = Station()
    one = plan(station)
    station.clock.advance(HOUR)
    run(station, one)
    with refused(ErrorCode.CONFLICT, reason="sent"):
        station.scheduled.cancel("news", one.name)
    with refused(ErrorCode.NOT_FOUND):
        station.scheduled.cancel("news", "b_none")
    assert station.due.run("news", "b_none", FAR)


def test_a_cancellation_meets_a_call_and_one_of_them_holds() -> None:
    station = Station()
    one = plan(station)
    station.clock.advance(HOUR)
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            run(station, one)

    station.tables.hook = hook
    with refused(ErrorCode.CONFLICT, reason="sent"):
        station.scheduled.cancel("news", one.name)
    assert station.seqs(NEWS) == [1]


def test_a_material_stays_while_a_broadcast_of_it_waits() -> None:
    station = Station()
    station.subscribe(ALICE)
    id_ = station.material()
    one = plan(station, NewBroadcast("k", material_id=id_))
    with refused(ErrorCode.MATERIAL_IN_USE):
        station.broadcasting.materials.delete(id_)
    with refused(ErrorCode.NOT_FOUND):
        station.channels.materials.read("alice", "news", id_, None)
    station.clock.advance(HOUR)
    run(station, one)
    material = station.broadcasting.materials.get(id_)
    assert (material.uses, material.live) == (1, 1)
    again = plan(station, NewBroadcast("l", material_id=id_))
    station.scheduled.cancel("news", again.name)
    material = station.broadcasting.materials.get(id_)
    assert (material.uses, material.live) == (1, 1)


def test_a_channel_that_is_disabled_by_then_says_nothing() -> None:
    station = Station()
    id_ = station.material()
    one = plan(station, NewBroadcast("k", material_id=id_, user_ids=["alice"]))
    station.close("news")
    station.clock.advance(HOUR)
    assert run(station, one)
    assert state_of(station, one) is State.CANCELLED
    assert station.broadcasting.materials.get(id_).uses == 0
    assert station.notices("alice") == []
    assert station.broadcasting.mailings.deliver(one.name, FAR)
    assert station.notices("alice") == []


def test_users_by_name_are_told_when_it_is_due_by_pages() -> None:
    station = with_users()
    one = plan(station, NewBroadcast("k", text="Hear!", user_ids=USERS))
    assert not station.broadcasting.mailings.deliver(one.name, FAR)
    assert station.notices(USERS[0]) == []
    station.clock.advance(HOUR)
    assert not station.due.run("news", one.name, station.clock.now() - 1)
    assert run(station, one)
    assert all(len(station.notices(user_id)) == 1 for user_id in USERS)
    assert run(station, one)
    assert all(len(station.notices(user_id)) == 1 for user_id in USERS)


def test_few_users_by_name_wait_as_well() -> None:
    station = Station()
    one = plan(station, NewBroadcast("k", text="Hear!", user_ids=["alice"]))
    assert station.notices("alice") == []
    station.scheduled.cancel("news", one.name)
    station.clock.advance(HOUR)
    assert run(station, one)
    assert station.notices("alice") == []
