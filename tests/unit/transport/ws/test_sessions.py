"""$connect and $disconnect as API Gateway asks them."""

import logging
from typing import Any

import pytest

from chirrup.ports import Identity
from chirrup.transport.ws.context import context_of
from chirrup.transport.ws.sessions import connect, disconnect
from tests.fakes.clock import NOON
from tests.unit.making import socket
from tests.unit.world import World

OK = {"statusCode": 200}


@pytest.fixture
def world() -> World:
    return World()


def event(id_: str, device: str = "phone", connected_at: int = NOON) -> dict[str, Any]:
    connection = socket(id_, device, connected_at)
    identity = Identity("alice", connection.expires_at, "Alice")
    context = {"connectionId": id_, "authorizer": context_of(identity, connection)}
    return {"requestContext": context}


def leave(world: World, left: dict[str, Any]) -> dict[str, Any]:
    return disconnect(world.forgetting, left)


def test_a_socket_is_noted_and_forgotten(world: World) -> None:
    assert connect(world.sessions, event("a=")) == OK
    assert world.tables.sockets["alice"] == {socket("a=")}
    assert leave(world, event("a=")) == OK
    assert world.tables.sockets["alice"] == set()


def test_a_frame_that_names_these_routes_changes_nothing(world: World) -> None:
    connect(world.sessions, event("a="))
    for id_, route in (("a=", leave), ("b=", lambda w, e: connect(w.sessions, e))):
        frame = event(id_)
        frame["requestContext"]["eventType"] = "MESSAGE"
        assert route(world, frame) == OK
    assert world.tables.sockets["alice"] == {socket("a=")}


def test_a_newer_socket_replaces_the_older_and_its_late_end_does_no_harm(world: World) -> None:
    connect(world.sessions, event("a="))
    newer = event("b=", connected_at=NOON + 1)
    assert connect(world.sessions, newer) == OK
    assert leave(world, event("a=")) == OK
    assert {one.id for one in world.tables.sockets["alice"]} == {"b="}


def test_a_handshake_that_was_overtaken_is_not_let_in(world: World) -> None:
    connect(world.sessions, event("b=", connected_at=NOON + 1))
    assert connect(world.sessions, event("a=")) == {"statusCode": 409}


def test_without_the_authorizer_nobody_is_let_in(world: World) -> None:
    assert connect(world.sessions, {"requestContext": {"connectionId": "a="}}) == {
        "statusCode": 401
    }
    assert world.tables.sockets == {}


def test_a_failure_refuses_the_socket_and_is_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("no table")

    world.tables.hook = fail
    assert connect(world.sessions, event("a=")) == {"statusCode": 500}
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_failure_to_forget_is_raised_for_the_alarm(world: World) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("no table")

    world.tables.hook = fail
    with pytest.raises(RuntimeError):
        leave(world, event("a="))


def test_forgetting_twice_or_what_was_never_there_is_fine(world: World) -> None:
    assert leave(world, event("a=")) == OK
    assert leave(world, event("a=")) == OK
