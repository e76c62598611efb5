"""Presence over HTTP."""

import pytest

from tests.fakes.clock import NOON
from tests.unit.making import socket
from tests.unit.transport.http.asking import Client
from tests.unit.world import ALICE, BOB, World


@pytest.fixture
def world() -> World:
    world = World()
    world.befriend(ALICE, BOB)
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_friends_and_oneself_are_told_of_and_strangers_are_not(
    world: World, client: Client
) -> None:
    world.connections.add("bob", socket())
    world.presence.note("bob", NOON)
    answer = client.ask("GET", "/v1/presence", query={"user_ids": "carol,bob,alice,bob"})
    assert (answer.status, answer.body) == (
        200,
        {
            "items": [
                {"user_id": "bob", "online": True, "last_seen": NOON},
                {"user_id": "alice", "online": False},
            ]
        },
    )


def test_a_hundred_can_be_asked_for_at_once(client: Client) -> None:
    hundred = ",".join(f"user-{number}" for number in range(100))
    answer = client.ask("GET", "/v1/presence", query={"user_ids": hundred})
    assert (answer.status, answer.body) == (200, {"items": []})


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"user_ids": ""},
        {"user_ids": ","},
        {"user_ids": "alice,"},
        {"user_ids": "alice, bob"},
        {"user_ids": "x" * 65},
        {"user_ids": ",".join(f"user-{number}" for number in range(101))},
        {"user_ids": "alice", "more": "1"},
    ],
)
def test_a_bad_list_of_users_is_refused(client: Client, query: dict[str, str]) -> None:
    answer = client.ask("GET", "/v1/presence", query=query)
    assert (answer.status, answer.code) == (400, "invalid_request")
