"""The authorizer's findings, as they come back with every frame."""

from typing import Any

import pytest

from chirrup.domain.connections import Connection
from chirrup.domain.errors import ErrorCode
from chirrup.ports import Identity
from chirrup.transport.ws.context import context_of, session_of
from tests.unit.making import refused

CONNECTION = Connection("c=", 2_000, 1_000, "phone")


def event(authorizer: Any, connection_id: str | None = "c=") -> dict[str, Any]:
    context: dict[str, Any] = {"authorizer": authorizer}
    if connection_id is not None:
        context["connectionId"] = connection_id
    return {"requestContext": context}


@pytest.mark.parametrize(
    "identity",
    [Identity("alice", 2_000, "Alice", "https://x.example/a.png"), Identity("alice", 2_000)],
)
def test_what_the_authorizer_says_is_read_back(identity: Identity) -> None:
    context = context_of(identity, CONNECTION)
    assert all(isinstance(value, str) and value for value in context.values())
    assert session_of(event(context)) == (identity, CONNECTION)


def test_numbers_may_come_as_numbers() -> None:
    """As the emulator hands them on."""
    found = {"user_id": "alice", "device": "phone", "expires_at": 2000, "connected_at": 1000}
    assert session_of(event(found))[1] == CONNECTION


def test_a_device_that_is_missing_is_the_connection() -> None:
    found = {"user_id": "alice", "expires_at": "2000", "connected_at": "1000"}
    assert session_of(event(found))[1].device == "c="


GOOD = {"user_id": "alice", "expires_at": "2000", "connected_at": "1000"}


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"requestContext": {}},
        event(None),
        event({}),
        event(GOOD, connection_id=None),
        event({name: value for name, value in GOOD.items() if name != "user_id"}),
        event({name: value for name, value in GOOD.items() if name != "expires_at"}),
        event({name: value for name, value in GOOD.items() if name != "connected_at"}),
        event(GOOD | {"expires_at": "soon"}),
        event(GOOD | {"expires_at": None}),
    ],
)
def test_without_the_authorizer_there_is_no_session(broken: dict[str, Any]) -> None:
    with refused(ErrorCode.UNAUTHENTICATED):
        session_of(broken)
