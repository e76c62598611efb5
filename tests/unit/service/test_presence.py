"""Presence: told to friends, and to nobody else."""

import pytest

from chirrup.domain.connections import LIFETIME_MS
from chirrup.ports import Identity
from chirrup.service.presence import Seen
from tests.fakes.clock import NOON
from tests.unit.making import socket
from tests.unit.world import ALICE, BOB, World


@pytest.fixture
def world() -> World:
    world = World()
    world.befriend(ALICE, BOB)
    return world


def come(world: World, user_id: str, id_: str = "one=") -> None:
    """Open a socket."""
    identity = Identity(user_id, world.clock.time + LIFETIME_MS)
    world.sessions.open(identity, socket(id_, connected_at=world.clock.time))


def test_a_friend_is_online_while_a_socket_lives(world: World) -> None:
    assert world.presence_service.of(ALICE, ["bob"]) == [Seen("bob", False, None)]
    come(world, "bob")
    assert world.presence_service.of(ALICE, ["bob"]) == [Seen("bob", True, NOON)]
    world.clock.advance(60_000)
    world.forgetting.close("bob", socket())
    assert world.presence_service.of(ALICE, ["bob"]) == [Seen("bob", False, NOON + 60_000)]


def test_a_socket_that_has_outlived_its_token_is_no_presence(world: World) -> None:
    come(world, "bob")
    world.clock.advance(LIFETIME_MS - 1)
    assert world.presence_service.of(ALICE, ["bob"])[0].online
    world.clock.advance(1)
    assert not world.presence_service.of(ALICE, ["bob"])[0].online


def test_oneself_is_answered_even_when_hidden(world: World) -> None:
    come(world, "alice")
    world.users.change("alice", {"presence_hidden": True})
    assert world.presence_service.of(ALICE, ["alice"]) == [Seen("alice", True, NOON)]


def test_strangers_and_those_who_do_not_exist_are_left_out(world: World) -> None:
    come(world, "carol")
    assert world.presence_service.of(ALICE, ["carol", "nobody"]) == []


def test_who_hides_their_presence_is_left_out(world: World) -> None:
    come(world, "bob")
    world.users.change("bob", {"presence_hidden": True})
    assert world.presence_service.of(ALICE, ["bob"]) == []
    assert [one.user_id for one in world.presence_service.of(BOB, ["alice"])] == ["alice"]


def test_who_has_blocked_the_asker_is_left_out_and_only_for_them(world: World) -> None:
    world.friendship.blocks.add(BOB, "alice")
    assert world.presence_service.of(ALICE, ["bob"]) == []
    assert [one.user_id for one in world.presence_service.of(BOB, ["alice"])] == ["alice"]


def test_each_is_answered_once_in_the_order_asked(world: World) -> None:
    asked = ["bob", "carol", "alice", "bob", "alice"]
    assert [one.user_id for one in world.presence_service.of(ALICE, asked)] == ["bob", "alice"]


def test_a_late_end_of_an_older_socket_turns_nothing_back(world: World) -> None:
    world.clock.advance(50)
    come(world, "bob")
    world.presence.note("bob", NOON)
    assert world.presence_service.of(ALICE, ["bob"]) == [Seen("bob", True, NOON + 50)]


def test_a_socket_is_forgotten_even_if_it_cannot_be_noted_when(world: World) -> None:
    come(world, "bob")

    def fail(step: str) -> None:
        if step == "before note presence":
            raise RuntimeError("no table")

    world.tables.hook = fail
    with pytest.raises(RuntimeError):
        world.forgetting.close("bob", socket())
    assert world.tables.sockets["bob"] == set()
