"""Friends: the list, notes of them, and the end of a friendship."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.friends import Friend
from chirrup.domain.quotas import Quota
from chirrup.service.friends import FriendService
from tests.fakes.clock import NOON
from tests.unit.friendship import are_friends, once, stored
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    world = World(friends_only=True)
    world.befriend(ALICE, BOB)
    return world


@pytest.fixture
def friends(world: World) -> FriendService:
    return world.friendship.friends


def test_each_has_the_other_among_the_friends(world: World, friends: FriendService) -> None:
    world.befriend(CAROL, ALICE)
    found, next_ = friends.list(ALICE, None, 10)
    assert [(one.friend.name, one.profile.name) for one in found] == [
        ("bob", "Bob"),
        ("carol", "Carol"),
    ]
    assert next_ is None
    assert [one.friend.name for one in friends.list(BOB, None, 10)[0]] == ["alice"]


def test_pages_of_friends_go_on_where_the_one_before_ended(
    world: World, friends: FriendService
) -> None:
    world.befriend(ALICE, CAROL)
    (first,), next_ = friends.list(ALICE, None, 1)
    (second,), end = friends.list(ALICE, next_, 1)
    assert [first.friend.name, second.friend.name, end] == ["bob", "carol", None]


def test_one_friend_is_told_and_a_stranger_is_not(world: World, friends: FriendService) -> None:
    known = friends.get(ALICE, "bob")
    assert (known.friend.since, known.profile.name) == (NOON, "Bob")
    with refused(ErrorCode.NOT_FOUND):
        friends.get(ALICE, "carol")


def test_a_friend_whose_profile_is_gone_is_called_by_the_id(
    world: World, friends: FriendService
) -> None:
    del world.tables.profiles["bob"]
    assert friends.get(ALICE, "bob").profile.name == "bob"


def test_notes_of_a_friend_are_kept_for_the_one_who_made_them(
    world: World, friends: FriendService
) -> None:
    friends.change(ALICE, "bob", {"remark": "Bobby", "starred": True})
    changed = friends.change(ALICE, "bob", {"tags": ("choir", "work"), "remark": None})
    mine = friends.get(ALICE, "bob").friend
    assert (changed.friend.tags, changed.friend.starred) == (mine.tags, mine.starred)
    assert (mine.remark, mine.starred, mine.tags) == (None, True, ("choir", "work"))
    theirs = friends.get(BOB, "alice").friend
    assert (theirs.remark, theirs.starred, theirs.tags) == (None, False, ())


def test_what_changes_nothing_is_not_written(world: World, friends: FriendService) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    friends.change(ALICE, "bob", {"starred": False})
    friends.change(ALICE, "bob", {})
    assert "before commit" not in steps


def test_only_a_friend_can_have_notes(friends: FriendService) -> None:
    with refused(ErrorCode.NOT_FOUND):
        friends.change(ALICE, "carol", {"starred": True})


def test_two_notes_at_once_are_both_kept(world: World, friends: FriendService) -> None:
    once(world, "before commit", lambda: friends.change(ALICE, "bob", {"remark": "Bobby"}))
    friends.change(ALICE, "bob", {"starred": True})
    mine = friends.get(ALICE, "bob").friend
    assert (mine.remark, mine.starred) == ("Bobby", True)


def test_a_note_during_the_end_of_a_friendship_does_not_revive_it(
    world: World, friends: FriendService
) -> None:
    once(world, "before commit", lambda: friends.remove(BOB, "alice"))
    with refused(ErrorCode.NOT_FOUND):
        friends.change(ALICE, "bob", {"starred": True})
    assert stored(world, Friend) == {}


def test_the_end_of_a_friendship_counts_for_both_and_the_history_stays(
    world: World, friends: FriendService
) -> None:
    world.send(ALICE)
    friends.remove(BOB, "alice")
    assert not are_friends(world)
    for actor, other in ((ALICE, "bob"), (BOB, "alice")):
        with refused(ErrorCode.NOT_FRIENDS):
            world.send(actor)
        with refused(ErrorCode.NOT_FOUND):
            friends.remove(actor, other)
        page = world.messaging.reading.history(actor, CHAT, budget=10_000)
        assert [shown.entry.type for shown in page.entries] == ["system.friend_added", "text"]


def test_a_friendship_can_be_had_again(world: World, friends: FriendService) -> None:
    friends.remove(ALICE, "bob")
    world.befriend(BOB, ALICE)
    assert are_friends(world)
    assert {quota.friends for quota in stored(world, Quota).values()} == {1}
    assert world.send(ALICE).entry.seq == 3


def test_nobody_is_their_own_friend(friends: FriendService) -> None:
    with refused(ErrorCode.CANNOT_TARGET_SELF):
        friends.remove(ALICE, "alice")
    with refused(ErrorCode.NOT_FOUND):
        friends.get(ALICE, "alice")
