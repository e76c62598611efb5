"""Requests, answers, blocks and farewells of the same two users at the same moment."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import Block
from chirrup.service.actor import Actor
from chirrup.service.between import Asking
from chirrup.service.friend_requests import FriendRequests
from tests.unit.friendship import added, are_friends, asked, member, notices, once, stored
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, World

HELLO = Asking(text="Hi, it is Alice")


@pytest.fixture
def world() -> World:
    return World(friends_only=True)


@pytest.fixture
def requests(world: World) -> FriendRequests:
    return world.friendship.requests


def test_of_two_requests_that_cross_one_makes_friends(
    world: World, requests: FriendRequests
) -> None:
    once(world, "before commit", lambda: requests.ask(ALICE, "bob", HELLO))
    assert requests.ask(BOB, "alice", Asking()).status == "accepted"
    assert are_friends(world)
    assert asked(world) == 0


def test_of_two_answers_at_once_one_counts(world: World, requests: FriendRequests) -> None:
    requests.ask(ALICE, "bob", HELLO)
    once(world, "before commit", lambda: requests.accept(BOB, "alice", None))
    with refused(ErrorCode.REQUEST_HANDLED):
        requests.accept(BOB, "alice", None)
    assert are_friends(world)
    assert len(notices(world, "alice")) == 1


def test_an_acceptance_while_the_other_withdraws_comes_too_late(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    once(world, "before commit", lambda: requests.withdraw(ALICE, "bob"))
    with refused(ErrorCode.REQUEST_HANDLED):
        requests.accept(BOB, "alice", None)
    assert not are_friends(world)


@pytest.mark.parametrize(("actor", "other"), [(ALICE, "bob"), (BOB, "alice")])
def test_an_acceptance_during_a_block_finds_the_request_gone(
    world: World, requests: FriendRequests, actor: Actor, other: str
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    once(world, "before commit", lambda: world.friendship.blocks.add(actor, other))
    with refused(ErrorCode.REQUEST_HANDLED):
        requests.accept(BOB, "alice", None)
    assert not are_friends(world)
    assert (asked(world), len(stored(world, Block))) == (0, 1)


def test_a_block_during_an_acceptance_comes_after_it(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    once(world, "before commit", lambda: requests.accept(BOB, "alice", None))
    world.friendship.blocks.add(ALICE, "bob")
    assert are_friends(world)
    assert (asked(world), len(stored(world, Block))) == (0, 1)
    assert member(world, "bob").blocked_by_peer
    assert member(world, "alice").blocking_peer


def test_a_request_during_a_block_is_refused_and_leaves_nothing(
    world: World, requests: FriendRequests
) -> None:
    once(world, "before commit", lambda: world.friendship.blocks.add(BOB, "alice"))
    with refused(ErrorCode.BLOCKED_BY_PEER):
        requests.ask(ALICE, "bob", HELLO)
    assert asked(world) == 0


def test_a_block_during_a_request_takes_it_away(world: World, requests: FriendRequests) -> None:
    once(world, "before commit", lambda: requests.ask(ALICE, "bob", HELLO))
    world.friendship.blocks.add(BOB, "alice")
    assert asked(world) == 0


def test_a_farewell_during_an_acceptance_finds_the_friend_or_nobody(
    world: World, requests: FriendRequests
) -> None:
    requests.ask(ALICE, "bob", HELLO)
    once(world, "before get member", lambda: requests.accept(BOB, "alice", None))
    world.friendship.friends.remove(ALICE, "bob")
    assert (are_friends(world), added(world)) == (False, 1)
    requests.ask(ALICE, "bob", HELLO)
    requests.accept(BOB, "alice", None)
    once(world, "before commit", lambda: world.friendship.friends.remove(BOB, "alice"))
    with refused(ErrorCode.NOT_FOUND):
        world.friendship.friends.remove(ALICE, "bob")
    assert not are_friends(world)


def _block(world: World) -> object:
    return world.friendship.blocks.add(ALICE, "bob")


def _remove(world: World) -> None:
    world.friendship.friends.remove(ALICE, "bob")


def _withdraw(world: World) -> None:
    world.friendship.requests.withdraw(ALICE, "bob")


def _cross(world: World) -> object:
    return world.friendship.requests.ask(BOB, "alice", Asking())


def _refresh(world: World) -> object:
    return world.friendship.requests.ask(ALICE, "bob", HELLO)


def _accept(world: World) -> object:
    return world.friendship.requests.accept(BOB, "alice", None)


ACTS = (_block, _remove, _withdraw, _cross, _refresh, _accept)


@pytest.mark.parametrize("other", ACTS)
@pytest.mark.parametrize("act", ACTS)
def test_whatever_happens_between_two_steps_the_records_agree(
    act: Callable[[World], object], other: Callable[[World], object]
) -> None:
    number = 0
    while _met(act, other, number):
        number += 1
    assert number > 3


def _met(act: Callable[[World], object], other: Callable[[World], object], number: int) -> bool:
    """Whether an act has so many steps that another came before one; what is stored agrees."""
    world = World(friends_only=True)
    world.friendship.requests.ask(ALICE, "bob", HELLO)
    left = number

    def hook(_: str) -> None:
        nonlocal left
        left -= 1
        if left == -1:
            with suppress(ChirrupError):
                other(world)

    world.tables.hook = hook
    with suppress(ChirrupError):
        act(world)
    friends = are_friends(world)
    assert asked(world) in ((0,) if friends or stored(world, Block) else (0, 2))
    assert added(world) >= friends
    assert member(world, "alice").pair == member(world, "bob").pair
    return left < 0
