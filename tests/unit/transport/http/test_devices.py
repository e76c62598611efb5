"""Devices over HTTP."""

from urllib.parse import quote

import pytest

from chirrup.domain.connections import DEVICE_MAX, LIFETIME_MS
from chirrup.transport.http.paths import in_one_part
from tests.fakes.clock import NOON
from tests.unit.making import socket
from tests.unit.transport.http.asking import Client
from tests.unit.world import World


@pytest.fixture
def world() -> World:
    world = World()
    world.connections.add("alice", socket("a=", "phone"))
    world.connections.add("alice", socket("b=", "desk", NOON + 1))
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_devices_are_listed_with_their_times_but_not_their_connections(client: Client) -> None:
    answer = client.ask("GET", "/v1/me/devices")
    assert answer.status == 200
    assert answer.body == {
        "items": [
            {"device": "desk", "connected_at": NOON + 1, "expires_at": NOON + 1 + LIFETIME_MS},
            {"device": "phone", "connected_at": NOON, "expires_at": NOON + LIFETIME_MS},
        ]
    }


def test_one_device_is_ended_and_then_is_not_found(world: World, client: Client) -> None:
    answer = client.ask("DELETE", "/v1/me/devices/phone")
    assert (answer.status, answer.body) == (204, None)
    assert world.gateway.closed == ["a="]
    again = client.ask("DELETE", "/v1/me/devices/phone")
    assert (again.status, again.code) == (404, "not_found")


def test_all_devices_are_ended(world: World, client: Client) -> None:
    assert client.ask("DELETE", "/v1/me/devices").status == 204
    assert sorted(world.gateway.closed) == ["a=", "b="]
    assert client.ask("GET", "/v1/me/devices").body == {"items": []}


NAMES = [
    "a b",
    "a/b",
    "50%",
    "a%2Fb",
    "%",
    "Ännchens 📱",
    'say "hi"',
    "a#b?c",
    "/",
    "..",
    "a\\b",
    "~|^`",
]


@pytest.mark.parametrize("decoded", [True, False], ids=["decoded", "as sent"])
@pytest.mark.parametrize("device", [*NAMES, "x" * DEVICE_MAX])
def test_whatever_a_device_is_called_it_can_be_ended(
    world: World, client: Client, device: str, decoded: bool
) -> None:
    """HTTP APIs decode what was sent, all but the percent sign; `sam local` leaves it."""
    world.connections.add("alice", socket("c=", device))
    name = device.replace("%", "%25") if decoded else quote(device, safe="")
    answer = client.ask("DELETE", "", rawPath=f"/v1/me/devices/{name}")
    assert (answer.status, world.gateway.closed) == (204, ["c="])


@pytest.mark.parametrize(
    "path",
    [
        "/v1/me/devices",
        "/v1/me/devices/",
        "/v1/me/devices/phone",
        "/v1/conversations/p_a~b/messages/1",
        "/v1/me",
        "/v1/users/a@b",
    ],
)
def test_other_paths_stay_as_they_are(path: str) -> None:
    assert in_one_part(path) == path
