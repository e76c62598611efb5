"""Devices: listed and ended by their own user."""

import json
from dataclasses import replace

import pytest

from chirrup.domain.connections import LIFETIME_MS
from chirrup.domain.errors import ErrorCode
from tests.fakes.clock import NOON
from tests.unit.making import refused, socket
from tests.unit.world import ALICE, BOB, World

PHONE = socket("a=", "phone")
DESK = socket("b=", "desk", NOON + 1)


@pytest.fixture
def world() -> World:
    world = World()
    for connection in (PHONE, DESK):
        world.connections.add("alice", connection)
    world.connections.add("bob", socket("c=", "phone"))
    return world


def said(world: World, connection_id: str) -> list[object]:
    """What a connection was told."""
    frames = [json.loads(frame) for frame in world.gateway.frames.get(connection_id, [])]
    return [event for frame in frames for event in frame["events"]]


def test_ones_own_devices_are_listed_the_newest_first(world: World) -> None:
    assert world.devices.list(ALICE) == [DESK, PHONE]
    assert world.devices.list(replace(ALICE, user_id="carol")) == []


def test_a_socket_that_has_outlived_its_token_is_not_listed(world: World) -> None:
    world.clock.advance(LIFETIME_MS)
    assert world.devices.list(ALICE) == [DESK]
    world.clock.advance(1)
    assert world.devices.list(ALICE) == []


def test_an_ended_device_is_told_closed_and_forgotten(world: World) -> None:
    world.devices.end(ALICE, "phone")
    assert said(world, "a=") == [{"event": "session.closing", "reason": "ended"}]
    assert world.gateway.closed == ["a="]
    assert world.tables.sockets["alice"] == {DESK}
    assert len(world.tables.sockets["bob"]) == 1


def test_a_device_that_is_not_there_or_not_ones_own_is_not_found(world: World) -> None:
    for device in ("tablet", "", "PHONE", "a="):
        with refused(ErrorCode.NOT_FOUND):
            world.devices.end(ALICE, device)
    with refused(ErrorCode.NOT_FOUND):
        world.devices.end(BOB, "desk")
    assert world.gateway.closed == []
    assert world.tables.sockets["alice"] == {PHONE, DESK}


def test_ending_all_leaves_none_and_nobody_elses(world: World) -> None:
    world.devices.end_all(ALICE)
    assert sorted(world.gateway.closed) == ["a=", "b="]
    assert world.tables.sockets["alice"] == set()
    assert len(world.tables.sockets["bob"]) == 1
    world.devices.end_all(ALICE)
    assert len(world.gateway.closed) == 2


def test_a_socket_past_its_end_is_ended_too(world: World) -> None:
    world.clock.advance(LIFETIME_MS)
    world.devices.end(ALICE, "phone")
    assert world.gateway.closed == ["a="]


@pytest.mark.parametrize("state", ["gone", "failing"])
def test_a_device_that_cannot_be_told_is_ended_all_the_same(world: World, state: str) -> None:
    getattr(world.gateway, state).add("a=")
    world.devices.end(ALICE, "phone")
    assert world.tables.sockets["alice"] == {DESK}


def test_what_broke_off_can_be_done_again(world: World) -> None:
    def fail(step: str) -> None:
        if step == "before remove connections":
            raise RuntimeError("no table")

    world.tables.hook = fail
    with pytest.raises(RuntimeError):
        world.devices.end(ALICE, "phone")
    world.tables.hook = lambda _: None
    world.devices.end(ALICE, "phone")
    assert world.tables.sockets["alice"] == {DESK}
