"""Whom a push reaches, in how many frames, and what becomes of sockets that fail."""

import json
from random import Random
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
from chirrup.domain.jobs import Job
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.push.pusher import EXPIRED
from chirrup.push.recipients import LOOKUP
from chirrup.push.telling import encode_event, told
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, message, socket, text
from tests.unit.pushing import CREATED, Push

EVENTS: list[Event] = [
    CREATED,
    MessageUpdated(2, message(1, content=text("new"), edits=1, edited_at=NOON)),
    ReceiptRead(CHAT, "bob", 1),
    Typing(CHAT, "bob"),
    ConversationUpdated(CHAT, {"draft": None, "muted": True}),
    SessionClosing("replaced"),
]


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


def test_an_event_is_encoded_once_however_many_get_it() -> None:
    push = Push()
    push.push(user_ids=("alice", "bob"))
    frames = {id(frame) for posted in push.gateway.frames.values() for frame in posted}
    assert len(push.gateway.frames) == 4
    assert len(frames) == 1


def jobs(push: Push, *audiences: Audience) -> list[Job]:
    return [
        Job((told(MessageCreated(message(seq))),), audience, push.clock.now())
        for seq, audience in enumerate(audiences, 1)
    ]


def test_jobs_that_were_not_ended_in_time_are_told_apart(push: Push) -> None:
    push.gateway.in_time = 2
    batch = jobs(push, Audience(("alice",)), Audience(("bob",)), Audience(("nobody",)))
    pushed = push.pusher.push(batch, push.clock.now() + 1_000)
    assert (pushed.late, pushed.unread) == ({1}, set())


def test_when_there_is_no_time_at_all_all_jobs_are_late(push: Push) -> None:
    batch = jobs(push, Audience(("alice",)), Audience(everyone=True))
    assert push.pusher.push(batch, push.clock.now()).late == {0, 1}
    assert push.gateway.frames == {}


def test_jobs_whose_recipients_are_not_found_are_told_apart(push: Push) -> None:
    def throttle(step: str) -> None:
        if step == "before get roster":
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    push.tables.hook = throttle
    batch = jobs(push, Audience(("alice",)), Audience(members=Members("g_1", 1, 9)))
    pushed = push.pusher.push(batch, push.clock.now() + 1_000)
    assert (pushed.unread, pushed.late) == ({1}, set())
    assert [event["seq"] for event in push.got("a1=")] == [1]


def test_frames_are_counted_and_events_that_have_saved_one(push: Push) -> None:
    batch = jobs(push, Audience(("alice", "bob")), Audience(("alice",)))
    counts = push.pusher.push(batch, push.clock.now() + 1_000).counts
    assert counts == {"pushed": 4, "frames": 4, "coalesced": 2}


def test_everyone_is_pushed_to_page_by_page_once_each(push: Push) -> None:
    for page in Audience(everyone=True, but_user="alice").pages():
        push.pusher.push(jobs(push, page), push.clock.now() + 1_000)
    assert push.gateway.frames.keys() == {"b1=", "b2="}
    assert [len(push.got(id_)) for id_ in ("b1=", "b2=")] == [1, 1]


def test_what_an_expired_socket_hears_is_the_documented_event() -> None:
    assert encode_event(SessionClosing("expired")) == EXPIRED


SENT = st.lists(
    st.tuples(
        st.sampled_from((CHAT, "g_1", "g_2")),
        st.lists(st.sampled_from(("alice", "bob")), unique=True),
        st.sampled_from((None, "a1=", "b2=")),
    ),
    min_size=1,
    max_size=12,
)


@given(SENT, st.randoms(use_true_random=False))
def test_however_a_batch_is_shuffled_and_doubled_each_connection_hears_its_own_in_order_once(
    sent: list[tuple[str, list[str], str | None]], random: Random
) -> None:
    push = Push()
    batch = [
        Job(
            (told(MessageCreated(message(seq, conversation_id=place))),),
            Audience(tuple(users), but_connection=cause),
            push.clock.now() + seq,
        )
        for seq, (place, users, cause) in enumerate(sent, 1)
    ]
    came = [*batch, *random.choices(batch, k=random.randrange(5))]
    random.shuffle(came)
    pushed = push.pusher.push(came, push.clock.now() + 1_000)
    assert (pushed.late, pushed.unread) == (set(), set())
    for user, ids in (("alice", ("a1=", "a2=")), ("bob", ("b1=", "b2="))):
        for id_ in ids:
            mine = [
                (place, seq)
                for seq, (place, users, cause) in enumerate(sent, 1)
                if user in users and cause != id_
            ]
            # Dispatched one after another, they are told so, whatever way they came.
            assert [(e["conversation_id"], e["seq"]) for e in push.got(id_)] == mine
            assert len(push.gateway.frames.get(id_, [])) == bool(mine)
