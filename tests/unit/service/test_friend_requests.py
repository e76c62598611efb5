"""Requests for friendship: asking, answering, withdrawing."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.friends import (
    REQUEST_EXPIRES_MS,
    REQUEST_KEPT_MS,
    Friend,
    FriendRequestIn,
    FriendRequestOut,
)
from chirrup.domain.quotas import FRIENDS_MAX, Quota
from chirrup.service.between import Asking
from chirrup.service.friend_requests import FriendRequests, Request
from tests.fakes.clock import NOON
from tests.unit.friendship import added, are_friends, asked, notices, stored
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World

HELLO = Asking(text="Hi, it is Alice", remark="Bob from the choir", source="search")


@pytest.fixture
def world() -> World:
    return World(friends_only=True)


@pytest.fixture
def requests(world: World) -> FriendRequests:
    return world.friendship.requests


def test_a_request_is_seen_by_both_and_the_other_is_told(
    world: World, requests: FriendRequests
) -> None:
    request = requests.ask(ALICE, "bob", HELLO)
    assert (request.status, request.direction, request.profile.name) == ("pending", "out", "Bob")
    (heard,), next_ = requests.list(BOB, "in", None, 10)
    assert (heard.record.name, heard.record.text, heard.status) == ("alice", HELLO.text, "pending")
    assert (heard.profile.name, next_) == ("Alice", None)
    (own,), _ = requests.list(ALICE, "out", None, 10)
    assert isinstance(own.record, FriendRequestOut)
    assert (own.record.remark, own.record.source) == ("Bob from the choir", "search")
    assert not hasattr(heard.record, "remark")
    assert requests.list(BOB, "out", None, 10) == ([], None)
    content = {"user_id": "alice", "text": HELLO.text}
    assert notices(world, "bob") == [("notice.friend_request_received", content)]
    assert notices(world, "alice") == []


def test_accepting_makes_both_friends_and_leaves_nothing_of_the_request(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    known = requests.accept(BOB, "alice", "Alice from work")
    assert (known.friend.name, known.friend.remark, known.profile.name) == (
        "alice",
        "Alice from work",
        "Alice",
    )
    mine = stored(world, Friend)["alice", "bob"]
    assert (mine.remark, mine.source, mine.since) == ("Bob from the choir", "search", NOON)
    assert (asked(world), added(world)) == (0, 1)
    assert are_friends(world)
    assert notices(world, "alice") == [("notice.friend_request_accepted", {"user_id": "bob"})]


def test_accepting_opens_the_conversation_with_an_entry_that_is_not_unread(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    events = world.events_of(lambda: requests.accept(BOB, "alice", None))
    (entry,) = world.tables.entries[CHAT].values()
    assert (entry.seq, entry.sender_id, entry.type) == (1, "bob", "system.friend_added")
    assert entry.content == {"user_ids": ["alice", "bob"]}
    created = [event.entry for event in events if isinstance(event, MessageCreated)]
    assert [(one.conversation_id, one.type) for one in created] == [
        (CHAT, "system.friend_added"),
        ("u_alice", "notice.friend_request_accepted"),
    ]
    for actor in (ALICE, BOB):
        view = world.messaging.conversations.get(actor, CHAT)
        assert (view.end.seq, view.unread) == (1, 0)


def test_friends_write_to_each_other_and_strangers_do_not(
    world: World, requests: FriendRequests
) -> None:
    with refused(ErrorCode.NOT_FRIENDS):
        world.send(ALICE)
    requests.ask(ALICE, "bob", HELLO)
    with refused(ErrorCode.NOT_FRIENDS):
        world.send(ALICE)
    requests.accept(BOB, "alice", None)
    assert [world.send(actor).entry.seq for actor in (ALICE, BOB)] == [2, 3]
    with refused(ErrorCode.NOT_FRIENDS):
        world.send(CAROL, conversation_id=None, to="bob")


def test_friendship_is_written_below_what_was_said_before() -> None:
    chatty = World()
    chatty.send(ALICE)
    chatty.befriend(ALICE, BOB)
    chatty.send(BOB)
    assert [entry.type for entry in chatty.tables.entries[CHAT].values()] == [
        "text",
        "system.friend_added",
        "text",
    ]
    preview = chatty.messaging.conversations.get(ALICE, CHAT).head.preview
    assert preview is not None
    assert preview.seq == 3


def test_asking_again_refreshes_the_request_and_tells_nobody(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    world.clock.advance(1_000)
    requests.ask(ALICE, "bob", Asking(text="Please"))
    (heard,), _ = requests.list(BOB, "in", None, 10)
    assert (heard.record.text, heard.record.source) == ("Please", None)
    assert heard.record.ends_at == NOON + 1_000 + REQUEST_EXPIRES_MS
    assert len(notices(world, "bob")) == 1


def test_a_request_ends_after_seven_days_and_says_so(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    world.clock.advance(REQUEST_EXPIRES_MS - 1)
    assert _status(requests) == ["pending", "pending"]
    world.clock.advance(1)
    assert _status(requests) == ["expired", "expired"]
    for answer in (requests.accept, requests.reject):
        with refused(ErrorCode.REQUEST_EXPIRED):
            answer(BOB, "alice", None)
    assert not are_friends(world)
    (heard,) = stored(world, FriendRequestIn).values()
    assert heard.expires_at == NOON + REQUEST_EXPIRES_MS + REQUEST_KEPT_MS


def _status(requests: FriendRequests) -> list[str]:
    found: list[Request] = []
    found += requests.list(ALICE, "out", None, 10)[0]
    found += requests.list(BOB, "in", None, 10)[0]
    return [one.status for one in found]


def test_asking_again_after_the_end_tells_the_other_again(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    world.clock.advance(REQUEST_EXPIRES_MS)
    requests.ask(ALICE, "bob", HELLO)
    assert len(notices(world, "bob")) == 2
    requests.accept(BOB, "alice", None)
    assert are_friends(world)


def test_half_of_a_request_that_time_has_taken_is_made_anew(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    world.clock.advance(REQUEST_EXPIRES_MS + REQUEST_KEPT_MS)
    del world.tables.records[FriendRequestOut, "alice", "bob"]
    requests.ask(ALICE, "bob", HELLO)
    assert requests.accept(BOB, "alice", None).friend.name == "alice"
    assert asked(world) == 0


def test_who_asks_somebody_who_has_asked_already_is_a_friend_at_once(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    request = requests.ask(BOB, "alice", Asking(remark="Al"))
    assert request.status == "accepted"
    assert are_friends(world)
    assert asked(world) == 0
    theirs, mine = (stored(world, Friend)[pair] for pair in (("bob", "alice"), ("alice", "bob")))
    assert (theirs.remark, mine.remark, mine.source) == ("Al", "Bob from the choir", "search")
    assert world.tables.entries[CHAT][1].sender_id == "bob"
    assert notices(world, "alice") == [("notice.friend_request_accepted", {"user_id": "bob"})]


def test_an_old_request_of_the_other_makes_nobody_friends(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    world.clock.advance(REQUEST_EXPIRES_MS)
    assert requests.ask(BOB, "alice", Asking()).status == "pending"
    assert not are_friends(world)
    requests.accept(ALICE, "bob", None)
    assert are_friends(world)
    assert asked(world) == 0


def test_where_nobody_needs_to_be_asked_a_request_makes_friends() -> None:
    world = World(friends_only=True, auto_accept=True)
    assert world.friendship.requests.ask(ALICE, "bob", HELLO).status == "accepted"
    assert are_friends(world)
    mine = stored(world, Friend)["alice", "bob"]
    assert mine.remark == "Bob from the choir"
    assert world.tables.entries[CHAT][1].sender_id == "bob"
    assert notices(world, "alice") == [("notice.friend_request_accepted", {"user_id": "bob"})]
    assert world.send(ALICE).entry.seq == 2


def test_a_rejected_request_is_gone_and_its_reason_is_told(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    requests.reject(BOB, "alice", "I do not know you")
    assert asked(world) == 0
    assert not are_friends(world)
    content = {"user_id": "bob", "reason": "I do not know you"}
    assert notices(world, "alice") == [("notice.friend_request_rejected", content)]
    requests.ask(ALICE, "bob", HELLO)
    assert len(notices(world, "bob")) == 2


def test_a_request_is_answered_once(world: World, requests: FriendRequests) -> None:
    for first in (requests.reject, requests.accept):
        requests.ask(ALICE, "carol", HELLO)
        first(CAROL, "alice", None)
        for again in (requests.accept, requests.reject):
            with refused(ErrorCode.REQUEST_HANDLED):
                again(CAROL, "alice", None)


def test_only_the_addressee_answers(world: World, requests: FriendRequests) -> None:
    requests.ask(ALICE, "bob", HELLO)
    for actor, other in ((ALICE, "bob"), (CAROL, "alice")):
        for answer in (requests.accept, requests.reject):
            with refused(ErrorCode.REQUEST_HANDLED):
                answer(actor, other, None)


def test_a_request_can_be_withdrawn_once(world: World, requests: FriendRequests) -> None:
    requests.ask(ALICE, "bob", HELLO)
    requests.withdraw(ALICE, "bob")
    assert asked(world) == 0
    with refused(ErrorCode.REQUEST_HANDLED):
        requests.accept(BOB, "alice", None)
    with refused(ErrorCode.REQUEST_HANDLED):
        requests.withdraw(ALICE, "bob")
    requests.ask(ALICE, "bob", HELLO)
    assert len(notices(world, "bob")) == 2


def test_whom_one_cannot_ask(world: World, requests: FriendRequests) -> None:
    with refused(ErrorCode.CANNOT_TARGET_SELF):
        requests.ask(ALICE, "alice", HELLO)
    with refused(ErrorCode.NOT_FOUND):
        requests.ask(ALICE, "nobody", HELLO)
    world.friendship.blocks.add(BOB, "alice")
    with refused(ErrorCode.BLOCKED_BY_PEER):
        requests.ask(ALICE, "bob", HELLO)
    with refused(ErrorCode.FORBIDDEN, reason="blocking_peer"):
        requests.ask(BOB, "alice", HELLO)
    world.befriend(ALICE, CAROL)
    with refused(ErrorCode.ALREADY_FRIENDS):
        requests.ask(CAROL, "alice", HELLO)
    assert asked(world) == 0


@pytest.mark.parametrize("full", ["alice", "bob"])
def test_nobody_has_more_friends_than_allowed(
    world: World, requests: FriendRequests, full: str
) -> None:
    world.tables.records[Quota, full, ""] = Quota(owner=full, version=1, friends=FRIENDS_MAX)
    requests.ask(ALICE, "bob", HELLO)
    with refused(ErrorCode.CONFLICT, reason="too_many_friends", limit=FRIENDS_MAX):
        requests.accept(BOB, "alice", None)
    assert stored(world, Friend) == {}
    assert asked(world) == 2


def test_pages_of_requests_go_on_where_the_one_before_ended(
    world: World, requests: FriendRequests
) -> None:
    for actor in (ALICE, CAROL):
        requests.ask(actor, "bob", HELLO)
    (first,), next_ = requests.list(BOB, "in", None, 1)
    (second,), end = requests.list(BOB, "in", next_, 1)
    assert [first.record.name, second.record.name, end] == ["alice", "carol", None]
