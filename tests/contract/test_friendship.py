"""Friendship: what stands between two users stays of one piece, whoever acts at the same moment."""

from collections.abc import Callable
from functools import partial

import pytest

from chirrup.clock import SystemClock
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import Block, Friend, FriendRequestIn, FriendRequestOut
from chirrup.domain.ids import Conversation, notices_id
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name
from chirrup.ports.records import Delete, Put
from chirrup.service.actor import Actor
from chirrup.service.between import Asking
from chirrup.service.committing import Committing
from chirrup.transport.friends import Friendship, friendship
from tests.contract.conftest import DYNAMO
from tests.contract.stores import Stores
from tests.fakes import RecordingDispatcher
from tests.support.tables import TABLES

ASKING = Asking(text="Hi 😀", remark="Bobby", source="search")


class Two:
    """Two users, the first of whom asks the other, and all that they can do."""

    def __init__(self, stores: Stores, chat: Conversation, people: tuple[str, str]) -> None:
        self._stores = stores
        self._chat = chat.id
        self.one, self.other = people
        clock = SystemClock()
        self.can: Friendship = friendship(
            conversations=stores.conversations,
            records=stores.records,
            users=stores.users,
            committing=Committing(
                timeline=stores.timeline,
                conversations=stores.conversations,
                records=stores.records,
                dispatcher=RecordingDispatcher(),
                clock=clock,
            ),
            clock=clock,
            auto_accept=False,
        )

    def ask(self) -> object:
        return self.can.requests.ask(Actor(self.one), self.other, ASKING).status

    def cross(self) -> object:
        return self.can.requests.ask(Actor(self.other), self.one, Asking()).status

    def accept(self) -> object:
        return self.can.requests.accept(Actor(self.other), self.one, None)

    def block(self) -> object:
        return self.can.blocks.add(Actor(self.one), self.other)

    def remove(self) -> None:
        self.can.friends.remove(Actor(self.one), self.other)

    def at_once(self, *acts: Callable[[], object]) -> list[object]:
        """Results or codes of acts at the same moment."""
        return self._stores.at_once(*(partial(_tried, act) for act in acts))

    @property
    def asked(self) -> int:
        """How many halves of requests there are."""
        outs = self._stores.records.several(FriendRequestOut, self._both)
        return len(outs) + len(self._stores.records.several(FriendRequestIn, self._both))

    @property
    def friends(self) -> bool:
        """Whether they are; all that says so says the same."""
        found = self._stores.records.several(Friend, self._both)
        members = self._stores.conversations.members(self._chat, [self.one, self.other])
        quotas = self._stores.records.several(Quota, [Name(self.one), Name(self.other)])
        assert len(found) in (0, 2)
        assert {member.friends for member in members.values()} <= {bool(found)}
        assert sum(quota.friends for quota in quotas.values()) == len(found)
        assert len({member.pair for member in members.values()}) <= 1
        return bool(found)

    @property
    def blocked(self) -> bool:
        """Whether the first blocks the other; all that says so says the same."""
        block = self._stores.records.get(Block, self.one, self.other)
        members = self._stores.conversations.members(self._chat, [self.one, self.other])
        assert members[self.one].blocking_peer == members[self.other].blocked_by_peer == bool(block)
        return block is not None

    @property
    def added(self) -> int:
        """How often it was said that they became friends."""
        entries = self._stores.timeline.after(self._chat, 0, 100)
        return sum(entry.type == "system.friend_added" for entry in entries)

    @property
    def _both(self) -> list[Name]:
        return [Name(self.one, self.other), Name(self.other, self.one)]


def _tried(act: Callable[[], object]) -> object:
    try:
        return act()
    except ChirrupError as error:
        return error.code


@pytest.fixture
def two(stores: Stores, private: Conversation, people: tuple[str, str]) -> Two:
    return Two(stores, private, people)


def test_a_request_becomes_a_friendship_and_opens_the_conversation(
    two: Two, stores: Stores, private: Conversation
) -> None:
    assert two.ask() == "pending"
    assert two.asked == 2
    two.accept()
    assert (two.asked, two.friends, two.added) == (0, True, 1)
    mine = stores.records.get(Friend, two.one, two.other)
    assert mine is not None
    assert (mine.remark, mine.source, mine.version) == ("Bobby", "search", 1)
    head = stores.conversations.head(private.id)
    assert head is not None
    assert (head.last_seq, head.count) == (1, 0)
    for user in (two.one, two.other):
        views, _ = stores.conversations.views(user, None, 10)
        kinds = {view[0].conversation_id for view in views}
        assert kinds >= {private.id, notices_id(user)}


def test_a_friendship_ends_and_begins_again(two: Two) -> None:
    two.ask()
    two.accept()
    two.remove()
    assert (two.friends, two.added) == (False, 1)
    two.ask()
    two.accept()
    assert (two.friends, two.added) == (True, 2)


def test_a_block_comes_and_goes_and_the_friendship_stays(two: Two) -> None:
    two.ask()
    two.accept()
    two.block()
    assert (two.blocked, two.friends) == (True, True)
    two.can.blocks.remove(Actor(two.one), two.other)
    assert (two.blocked, two.friends) == (False, True)


def test_notes_of_a_friend_are_stored(two: Two) -> None:
    two.ask()
    two.accept()
    changes = {"tags": ("chor 😀", "work"), "starred": True, "remark": None}
    two.can.friends.change(Actor(two.one), two.other, changes)
    friend = two.can.friends.get(Actor(two.one), two.other).friend
    assert (friend.tags, friend.starred, friend.remark) == (("chor 😀", "work"), True, None)
    (listed,), _ = two.can.friends.list(Actor(two.one), None, 10)
    assert listed.friend == friend


def test_two_requests_that_cross_at_the_same_moment_make_friends_once(two: Two) -> None:
    results = two.at_once(two.ask, two.cross)
    assert sorted(map(str, results)) == ["accepted", "pending"]
    assert (two.asked, two.friends, two.added) == (0, True, 1)


def test_of_two_acceptances_at_the_same_moment_one_counts(two: Two) -> None:
    two.ask()
    results = two.at_once(two.accept, two.accept)
    assert results.count(ErrorCode.REQUEST_HANDLED) == 1
    assert (two.asked, two.friends, two.added) == (0, True, 1)


def test_a_block_and_an_acceptance_at_the_same_moment_leave_no_request(two: Two) -> None:
    two.ask()
    _, accepted = two.at_once(two.block, two.accept)
    assert two.friends == (accepted is not ErrorCode.REQUEST_HANDLED)
    assert (two.asked, two.blocked, two.added) == (0, True, int(two.friends))


def test_a_request_and_a_block_at_the_same_moment_leave_no_request(two: Two) -> None:
    results = two.at_once(two.cross, two.block)
    assert results[0] in ("pending", ErrorCode.BLOCKED_BY_PEER)
    assert (two.asked, two.blocked) == (0, True)


def test_a_farewell_and_an_acceptance_at_the_same_moment_are_one_after_the_other(two: Two) -> None:
    two.ask()
    removed, _ = two.at_once(two.remove, two.accept)
    assert two.friends == (removed is ErrorCode.NOT_FOUND)
    assert (two.asked, two.added) == (0, 1)


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_request_goes_by_itself_and_a_friend_stays(stores: Stores, two: Two) -> None:
    assert stores.dynamo is not None
    request = FriendRequestIn(owner=two.one, name=two.other, asked_at=1_500)
    stores.records.commit([Put(request), Put(Friend(owner=two.one, name=two.other, since=1))])
    get = partial(stores.dynamo.connection.get_item, TABLES["users"], two.one)
    kept = get(f"REQUEST_IN#{two.other}")["Item"]
    assert kept["expires_at"] == {"N": str(2 + 14 * 24 * 60 * 60)}
    assert "expires_at" not in get(f"FRIEND#{two.other}")["Item"]
    (found,) = stores.records.several(FriendRequestIn, [Name(two.one, two.other)]).values()
    assert found.asked_at == 1_500
    stores.records.commit([Delete(found)])
    assert "Item" not in get(f"REQUEST_IN#{two.other}")
