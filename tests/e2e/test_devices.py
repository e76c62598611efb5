"""A user's devices: seen from one, ended from another."""

from urllib.parse import quote

import pytest

from tests.e2e.people import Person
from tests.e2e.wire import Json, refused, text

ENDED: list[Json] = [{"event": "session.closing", "reason": "ended"}]


def _devices(person: Person) -> list[str]:
    return [one["device"] for one in person.api.get("/v1/me/devices")["items"]]


def test_the_devices_are_those_that_are_open_the_newest_first(alice: Person, bob: Person) -> None:
    assert _devices(alice) == []
    alice.open("phone")
    alice.open("desk")
    bob.open("tablet")
    listed = alice.api.get("/v1/me/devices")["items"]
    assert [one["device"] for one in listed] == ["desk", "phone"]
    assert all(one["connected_at"] < one["expires_at"] for one in listed)


def test_one_device_ends_another_and_stays(alice: Person, bob: Person) -> None:
    phone, desk, other = alice.open("phone"), alice.open("desk"), bob.open("phone")
    alice.api.delete("/v1/me/devices/phone")
    assert phone.ended() == ENDED
    assert _devices(alice) == ["desk"]
    other.ask("sendMessage", to=alice.id, **text("still there?"))
    assert [event["event"] for event in desk.pushed()] == ["message.created"]
    with refused("not_found"):
        alice.api.delete("/v1/me/devices/phone")
    # Its token is good, so it may come back.
    alice.open("phone").ask("ping")
    assert _devices(alice) == ["phone", "desk"]


def test_all_devices_are_ended_but_nobody_elses(alice: Person, bob: Person) -> None:
    phone, desk, other = alice.open("phone"), alice.open("desk"), bob.open("phone")
    alice.api.delete("/v1/me/devices")
    assert phone.ended() == desk.ended() == ENDED
    assert _devices(alice) == []
    other.ask("ping")
    alice.api.delete("/v1/me/devices")


@pytest.mark.parametrize("device", ["living room", "a/b", "50%2F", "Ännchens 📱"])
def test_a_device_may_be_called_anything(alice: Person, device: str) -> None:
    socket = alice.open(device)
    assert _devices(alice) == [device]
    alice.api.delete(f"/v1/me/devices/{quote(device, safe='')}")
    assert socket.ended() == ENDED


def test_a_device_of_somebody_else_is_not_found(alice: Person, bob: Person) -> None:
    phone = bob.open("phone")
    with refused("not_found"):
        alice.api.delete("/v1/me/devices/phone")
    phone.ask("ping")
