"""Blocks: of friends and strangers, and what is restored when they end."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.friends import Block
from chirrup.service.between import Asking
from chirrup.service.blocks import BlockService
from tests.fakes.clock import NOON
from tests.unit.friendship import are_friends, asked, member, once, stored
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def blocks(world: World) -> BlockService:
    return world.friendship.blocks


def test_a_blocked_stranger_cannot_write_nor_can_who_blocks(
    world: World, blocks: BlockService
) -> None:
    blocks.add(ALICE, "bob")
    with refused(ErrorCode.BLOCKED_BY_PEER):
        world.send(BOB)
    with refused(ErrorCode.FORBIDDEN, reason="blocking_peer"):
        world.send(ALICE)
    blocks.remove(ALICE, "bob")
    assert [world.send(actor).entry.seq for actor in (ALICE, BOB)] == [1, 2]


def test_a_blocked_friend_is_a_friend_again_when_the_block_ends() -> None:
    world = World(friends_only=True)
    world.befriend(ALICE, BOB)
    world.friendship.blocks.add(ALICE, "bob")
    with refused(ErrorCode.BLOCKED_BY_PEER):
        world.send(BOB)
    assert are_friends(world)
    assert world.friendship.friends.get(BOB, "alice").friend.name == "alice"
    world.friendship.blocks.remove(ALICE, "bob")
    assert world.send(BOB).entry.seq == 2


def test_both_may_block_each_other_and_one_end_is_not_the_others(
    world: World, blocks: BlockService
) -> None:
    once(world, "before commit", lambda: blocks.add(BOB, "alice"))
    blocks.add(ALICE, "bob")
    assert (member(world, "bob").blocking_peer, member(world, "bob").blocked_by_peer) == (
        True,
        True,
    )
    blocks.remove(ALICE, "bob")
    with refused(ErrorCode.BLOCKED_BY_PEER):
        world.send(ALICE)
    with refused(ErrorCode.FORBIDDEN, reason="blocking_peer"):
        world.send(BOB)


def test_blocking_and_its_end_may_be_said_twice(world: World, blocks: BlockService) -> None:
    first = blocks.add(ALICE, "bob")
    world.clock.advance(1_000)
    again = blocks.add(ALICE, "bob")
    assert (first.block.since, again.block.since, again.profile.name) == (NOON, NOON, "Bob")
    pair = member(world, "bob").pair
    blocks.remove(ALICE, "bob")
    blocks.remove(ALICE, "bob")
    blocks.remove(ALICE, "nobody")
    assert (stored(world, Block), member(world, "bob").pair) == ({}, pair + 1)


def test_a_block_takes_requests_of_both_sides_away(world: World, blocks: BlockService) -> None:
    world.friendship.requests.ask(BOB, "alice", Asking())
    blocks.add(ALICE, "bob")
    blocks.remove(ALICE, "bob")
    world.friendship.requests.ask(ALICE, "bob", Asking())
    assert asked(world) == 2
    blocks.add(ALICE, "bob")
    assert asked(world) == 0


def test_a_block_opens_no_conversation_and_tells_nobody(world: World, blocks: BlockService) -> None:
    assert world.events_of(lambda: blocks.add(ALICE, "bob")) == []
    for actor in (ALICE, BOB):
        assert world.messaging.conversations.list(actor, None, 10) == ([], None)


def test_blocks_are_listed_for_who_made_them(world: World, blocks: BlockService) -> None:
    blocks.add(ALICE, "bob")
    blocks.add(ALICE, "carol")
    (first,), next_ = blocks.list(ALICE, None, 1)
    (second,), end = blocks.list(ALICE, next_, 1)
    assert [(one.block.name, one.profile.name) for one in (first, second)] == [
        ("bob", "Bob"),
        ("carol", "Carol"),
    ]
    assert end is None
    assert blocks.list(BOB, None, 10) == ([], None)


def test_whom_one_cannot_block(world: World, blocks: BlockService) -> None:
    with refused(ErrorCode.CANNOT_TARGET_SELF):
        blocks.add(ALICE, "alice")
    with refused(ErrorCode.CANNOT_TARGET_SELF):
        blocks.remove(ALICE, "alice")
    with refused(ErrorCode.NOT_FOUND):
        blocks.add(CAROL, "nobody")
    assert stored(world, Block) == {}
