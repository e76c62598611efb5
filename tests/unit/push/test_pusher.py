"""Whom a push reaches, in how many frames, and what becomes of sockets that fail."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.concurrency import one_by_one, side_by_side
from chirrup.contracts.frames import PushFrame, event_view
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.connections import LIFETIME_MS
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import (
    ConversationUpdated,
    Event,
    MessageCreated,
    MessageUpdated,
    ReceiptRead,
    SessionClosing,
    Typing,
)
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.domain.jobs import Job
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import SideBySide
from chirrup.push.dispatchers import LocalDispatcher
from chirrup.push.frames import frames_of
from chirrup.push.pusher import Pusher
from chirrup.push.recipients import LOOKUP
from chirrup.push.telling import encode_event, told
from tests.fakes import FakeClock, FakeConnections, FakeGateway, FakeRosters, FakeTables
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, message, socket, text

CREATED = MessageCreated(message(1))
SHARED = {"frames", "coalesced"}
EVENTS: list[Event] = [
    CREATED,
    MessageUpdated(2, message(1, content=text("new"), edits=1, edited_at=NOON)),
    ReceiptRead(CHAT, "bob", 1),
    Typing(CHAT, "bob"),
    ConversationUpdated(CHAT, {"draft": None, "muted": True}),
    SessionClosing("replaced"),
]


class Push:
    """A pusher, and the sockets of alice and bob."""

    def __init__(self, run: SideBySide = one_by_one) -> None:
        self.tables = FakeTables()
        self.clock = FakeClock()
        self.gateway = FakeGateway()
        connections = FakeConnections(self.tables)
        for user_id, ids in (("alice", ("a1=", "a2=")), ("bob", ("b1=", "b2="))):
            for id_ in ids:
                connections.add(user_id, socket(id_, id_))
        self.pusher = Pusher(
            connections=connections,
            rosters=FakeRosters(self.tables),
            gateway=self.gateway,
            clock=self.clock,
            side_by_side=run,
        )

    def push(self, *events: Event, **audience: Any) -> dict[str, int]:
        given: dict[str, Any] = {"user_ids": ("alice", "bob")} | audience
        encoded = tuple(told(event) for event in events or [CREATED])
        job = Job(encoded, Audience(**given), self.clock.now())
        counts = self.pusher.push([job], self.clock.now() + 1_000).counts
        return {name: count for name, count in counts.items() if count and name not in SHARED}

    def got(self, connection_id: str) -> list[Any]:
        """The events that a connection got, in order."""
        frames = [json.loads(frame) for frame in self.gateway.frames.get(connection_id, [])]
        return [event for frame in frames for event in frame["events"]]

    def open(self) -> set[str]:
        return {one.id for sockets in self.tables.sockets.values() for one in sockets}


@pytest.fixture(params=[one_by_one, side_by_side], ids=["one by one", "side by side"])
def push(request: pytest.FixtureRequest) -> Push:
    return Push(request.param)


def test_every_device_of_the_audience_gets_the_events_but_the_one_that_caused_them(
    push: Push,
) -> None:
    assert push.push(but_connection="a1=") == {"pushed": 3}
    assert push.gateway.frames.keys() == {"a2=", "b1=", "b2="}


def test_what_has_not_begun_in_time_is_left_to_sync(push: Push) -> None:
    push.gateway.in_time = 1
    assert push.push() == {"pushed": 1, "late": 3}
    assert len(push.open()) == 4


def test_nobody_else_gets_them(push: Push) -> None:
    assert push.push(user_ids=("bob", "carol")) == {"pushed": 2}
    assert push.gateway.frames.keys() == {"b1=", "b2="}
    assert push.push(user_ids=()) == {}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_each_kind_of_event_is_a_documented_frame(event: Event) -> None:
    push = Push()
    push.push(event, user_ids=("bob",))
    (frame,) = push.gateway.frames["b1="]
    PushFrame.model_validate_json(frame)
    assert frame == encode_event(event)


def test_several_events_share_a_frame_in_their_order(push: Push) -> None:
    push.push(*EVENTS)
    (frame,) = push.gateway.frames["b1="]
    names = [event["event"] for event in json.loads(frame)["events"]]
    assert names == [event_view(event).event for event in EVENTS]


def test_who_has_muted_the_conversation_is_told_so(push: Push) -> None:
    push.push(muted=("bob",))
    assert [event.get("muted") for event in push.got("b1=")] == [True]
    assert [event.get("muted") for event in push.got("a1=")] == [None]


def grouped(push: Push, **since: int) -> None:
    """A group of these members, of whom bob has muted it."""
    for user_id, seq in since.items():
        name = chunk_of(user_id)
        known = push.tables.records.get((RosterChunk, "g_1", name), RosterChunk(owner="g_1"))
        assert isinstance(known, RosterChunk)
        muted = ("bob",) if "bob" in {*known.since, user_id} else ()
        chunk = RosterChunk(
            owner="g_1", name=name, since={**known.since, user_id: seq}, muted=muted, version=1
        )
        push.tables.records[RosterChunk, "g_1", name] = chunk


def test_the_members_of_a_group_are_told_who_may_see_it(push: Push) -> None:
    grouped(push, alice=1, bob=5, carol=1)
    assert push.push(user_ids=(), members=Members("g_1", 1, 4)) == {"pushed": 2}
    assert push.gateway.frames.keys() == {"a1=", "a2="}
    push.push(user_ids=(), members=Members("g_1", 1, 5))
    assert push.gateway.frames.keys() == {"a1=", "a2=", "b1=", "b2="}
    assert [event.get("muted") for event in push.got("b1=")] == [True]
    assert [event.get("muted") for event in push.got("a1=")] == [None, None]


def test_members_and_others_are_told_once_each_and_one_may_be_left_out(push: Push) -> None:
    grouped(push, alice=1)
    told: dict[str, Any] = {"user_ids": ("alice", "bob"), "members": Members("g_1", 1, 1)}
    assert push.push(**told, but_connection="a1=") == {"pushed": 3}
    assert push.push(**told, but_user="alice") == {"pushed": 2}
    assert len(push.got("a2=")) == 1


def test_the_sockets_of_a_large_group_are_looked_up_by_pages(push: Push) -> None:
    members = {f"user{number}": 1 for number in range(2 * LOOKUP)}
    grouped(push, alice=1, **members)
    steps: list[str] = []
    push.tables.hook = steps.append
    assert push.push(user_ids=(), members=Members("g_1", 1, 1)) == {"pushed": 2}
    assert len([step for step in steps if "connections" in step and "before" in step]) == 3


def test_a_connection_that_is_gone_is_removed_and_no_other(push: Push) -> None:
    push.gateway.gone.add("b1=")
    assert push.push() == {"pushed": 3, "gone": 1}
    assert push.open() == {"a1=", "a2=", "b2="}


def test_a_connection_that_came_meanwhile_is_not_removed_with_the_gone_one(push: Push) -> None:
    push.gateway.gone.add("b1=")

    def meanwhile(step: str) -> None:
        if step == "before remove connections":
            push.tables.sockets["bob"].add(socket("b3=", "b1="))

    push.tables.hook = meanwhile
    push.push()
    assert push.open() == {"a1=", "a2=", "b2=", "b3="}


def test_one_that_fails_stops_no_other_and_is_kept(push: Push) -> None:
    push.gateway.failing.add("a1=")
    assert push.push() == {"pushed": 3, "failed": 1}
    assert push.open() == {"a1=", "a2=", "b1=", "b2="}


def test_a_socket_that_has_outlived_its_token_is_closed_rather_than_pushed_to(push: Push) -> None:
    push.tables.sockets["bob"] = {
        socket("old=", connected_at=NOON - LIFETIME_MS),
        socket("new=", connected_at=NOON - LIFETIME_MS + 1),
    }
    assert push.push(user_ids=("bob",)) == {"pushed": 1, "expired": 1}
    assert push.got("old=") == [{"event": "session.closing", "reason": "expired"}]
    assert push.gateway.closed == ["old="]
    assert push.open() == {"a1=", "a2=", "new="}


@pytest.mark.parametrize("state", ["gone", "failing"])
def test_an_outlived_socket_is_forgotten_even_if_it_cannot_be_told(push: Push, state: str) -> None:
    push.tables.sockets["bob"] = {socket("old=", connected_at=NOON - LIFETIME_MS)}
    getattr(push.gateway, state).add("old=")
    assert push.push(user_ids=("bob",)) == {"expired": 1}
    assert push.open() == {"a1=", "a2="}


def test_a_gone_socket_that_cannot_be_removed_now_does_not_fail_the_push(push: Push) -> None:
    push.gateway.gone.update({"a1=", "b1="})
    push.tables.sockets["alice"].add(socket("old=", connected_at=NOON - LIFETIME_MS))

    def throttle(step: str) -> None:
        if step == "before remove connections":
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    push.tables.hook = throttle
    assert push.push() == {"pushed": 2, "gone": 2, "expired": 1}
    # The next push finds them again.
    push.tables.hook = lambda _: None
    push.push()
    assert push.open() == {"a2=", "b2="}


def local(push: Push) -> LocalDispatcher:
    return LocalDispatcher(pusher=push.pusher, clock=push.clock)


def test_when_nobody_can_be_looked_up_it_is_said(push: Push) -> None:
    def throttle(_: str) -> None:
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    push.tables.hook = throttle
    with pytest.raises(ChirrupError):
        LocalDispatcher(pusher=push.pusher, clock=push.clock).dispatch(
            [CREATED], Audience(("alice",))
        )


def test_the_local_dispatcher_pushes_by_itself(push: Push) -> None:
    LocalDispatcher(pusher=push.pusher, clock=push.clock).dispatch(
        [CREATED], Audience(("alice",), but_connection="a1=")
    )
    assert push.gateway.frames.keys() == {"a2="}


def test_an_event_is_encoded_once_however_many_get_it() -> None:
    push = Push()
    push.push(user_ids=("alice", "bob"))
    frames = {id(frame) for posted in push.gateway.frames.values() for frame in posted}
    assert len(push.gateway.frames) == 4
    assert len(frames) == 1


SIZES = st.lists(st.integers(1, 16_000), min_size=1, max_size=30)


@given(SIZES)
def test_frames_hold_all_events_in_order_within_their_size_and_as_few_as_can_be(
    sizes: list[int],
) -> None:
    events = [
        MessageCreated(message(seq, content=text("x" * size))) for seq, size in enumerate(sizes, 1)
    ]
    frames = frames_of([told(event).text for event in events])
    assert all(len(frame) <= FRAME_BYTES_MAX for frame in frames)
    parsed = [json.loads(frame)["events"] for frame in frames]
    assert [event["seq"] for part in parsed for event in part] == list(range(1, len(sizes) + 1))
    for frame, following in zip(frames, parsed[1:], strict=False):
        first = len(json.dumps(following[0], separators=(",", ":"), ensure_ascii=False).encode())
        assert len(frame) + 1 + first > FRAME_BYTES_MAX


def test_a_frame_is_filled_to_the_last_byte() -> None:
    def created(seq: int, size: int) -> str:
        return told(MessageCreated(message(seq, content=text("x" * size)))).text

    first = created(1, 16_000)
    (both,) = frames_of([first, created(2, 0)])
    room = FRAME_BYTES_MAX - len(both)
    (full,) = frames_of([first, created(2, room)])
    assert len(full) == FRAME_BYTES_MAX
    assert len(frames_of([first, created(2, room + 1)])) == 2


def test_no_events_make_no_frame() -> None:
    assert frames_of([]) == []
