"""A frame of an open socket as API Gateway hands it on."""

import json
from typing import Any

import pytest

from chirrup.domain.connections import LIFETIME_MS
from chirrup.ports import Identity
from chirrup.transport.ws.context import context_of
from chirrup.transport.ws.messages import message
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, socket
from tests.unit.world import World

SEND = {
    "action": "sendMessage",
    "id": "r-1",
    "data": {"to": "bob", "client_id": "c-1", "type": "text", "content": {"text": "hi"}},
}


@pytest.fixture
def world() -> World:
    world = World()
    world.connections.add("alice", socket("a="))
    return world


def frame(body: Any, **more: Any) -> dict[str, Any]:
    connection = socket("a=")
    identity = Identity("alice", connection.expires_at)
    context = {
        "connectionId": "a=",
        "requestId": "req=",
        "authorizer": context_of(identity, connection),
    }
    text = body if isinstance(body, str) else json.dumps(body)
    return {"requestContext": context, "body": text, "isBase64Encoded": False} | more


def ask(world: World, event: dict[str, Any]) -> tuple[int, Any]:
    answer = message(world.messaging, world.sessions, event)
    return answer["statusCode"], json.loads(answer["body"]) if "body" in answer else None


def test_the_ack_goes_back_as_the_reply(world: World) -> None:
    status, reply = ask(world, frame(SEND))
    assert (status, reply["type"], reply["id"]) == (200, "ack", "r-1")
    assert reply["data"]["seq"] == 1
    # The socket that sent it is left out of the push.
    assert world.dispatcher.dispatched[0][1].but_connection == "a="


def test_an_error_goes_back_as_the_reply_and_the_socket_stays(world: World) -> None:
    status, reply = ask(world, frame("nonsense"))
    assert (status, reply["error"]["code"]) == (200, "invalid_frame")
    assert world.gateway.closed == []
    assert world.tables.sockets["alice"]


def test_a_binary_frame_is_refused(world: World) -> None:
    status, reply = ask(world, frame("AAEC", isBase64Encoded=True))
    assert (status, reply["error"]["code"]) == (200, "invalid_frame")


def test_a_frame_without_a_body_is_refused(world: World) -> None:
    event = frame(SEND)
    del event["body"], event["isBase64Encoded"]
    assert ask(world, event)[1]["error"]["code"] == "invalid_frame"


def test_a_failure_of_ours_tells_the_request_id(world: World) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("no table")

    world.tables.hook = fail
    _, reply = ask(world, frame(SEND))
    assert reply["error"]["details"] == {"request_id": "req="}


def test_a_frame_after_the_end_of_the_token_closes_the_socket_and_does_nothing(
    world: World,
) -> None:
    world.clock.time = NOON + LIFETIME_MS
    assert ask(world, frame(SEND)) == (200, None)
    (last,) = [json.loads(text) for text in world.gateway.frames["a="]]
    assert (last["type"], last["id"], last["error"]["code"]) == ("error", "r-1", "unauthenticated")
    assert world.gateway.closed == ["a="]
    assert world.tables.sockets["alice"] == set()
    assert CHAT not in world.tables.entries


@pytest.mark.parametrize("body", ["nonsense", "", "[]", "x" * 40_000])
def test_a_bad_frame_after_the_end_closes_the_socket_as_well(world: World, body: str) -> None:
    world.clock.time = NOON + LIFETIME_MS + 1
    assert ask(world, frame(body)) == (200, None)
    assert world.gateway.closed == ["a="]


def test_to_the_last_millisecond_frames_are_carried_out(world: World) -> None:
    world.clock.time = NOON + LIFETIME_MS - 1
    assert ask(world, frame(SEND))[1]["type"] == "ack"


def test_without_the_authorizer_nothing_is_done(world: World) -> None:
    event = frame(SEND)
    del event["requestContext"]["authorizer"]
    status, reply = ask(world, event)
    assert (status, reply["error"]["code"], reply["id"]) == (401, "unauthenticated", "r-1")
    assert CHAT not in world.tables.entries
