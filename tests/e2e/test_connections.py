"""Devices and their connections: one each, ten a user, and none forgets another."""

from local.processes import wait_until
from tests.e2e.handshake import assert_refused
from tests.e2e.people import Person, World
from tests.e2e.wire import PATIENCE_S, Json, text

DEVICES_MAX = 10


def _closing(reason: str) -> Json:
    return {"event": "session.closing", "reason": reason}


def test_a_devices_newer_connection_closes_its_older_one(alice: Person, bob: Person) -> None:
    older, tablet = alice.open("phone"), alice.open("tablet")
    newer = alice.open("phone")
    assert older.ended() == [_closing("replaced")]
    bob.open().ask("sendMessage", to=alice.id, **text("hello"))
    for side in (newer, tablet):
        assert [event["event"] for event in side.pushed()] == ["message.created"]


def test_connections_without_a_name_are_devices_of_their_own(alice: Person, bob: Person) -> None:
    first, second = alice.open(), alice.open()
    bob.open().ask("sendMessage", to=alice.id, **text("hello"))
    assert len(first.pushed()) == len(second.pushed()) == 1


def test_the_eleventh_device_closes_the_oldest(alice: Person, bob: Person) -> None:
    devices = [alice.open(f"device-{number}") for number in range(DEVICES_MAX + 1)]
    assert devices[0].ended() == [_closing("too_many_devices")]
    bob.open().ask("sendMessage", to=alice.id, **text("hello"))
    for device in devices[1:]:
        assert [event["event"] for event in device.pushed()] == ["message.created"]


def test_a_late_disconnect_does_not_take_the_newer_connection_offline(
    world: World, alice: Person, bob: Person
) -> None:
    desk, rounds = bob.open(), 3
    before = world.stack.runs("ws-disconnect")["done"]
    connections = [alice.open("phone") for _ in range(rounds + 1)]
    for older in connections[:-1]:
        older.ended()
    # The gateway tells of their ends once the newer ones are open, so late.
    assert wait_until(
        lambda: world.stack.runs("ws-disconnect")["done"] >= before + rounds,
        timeout_s=PATIENCE_S,
    )
    desk.ask("sendMessage", to=alice.id, **text("still there?"))
    assert connections[-1].expect("message.created")["seq"] == 1


def test_a_device_that_is_gone_hinders_nobody(alice: Person, bob: Person) -> None:
    desk, phone, tablet = bob.open(), alice.open("phone"), alice.open("tablet")
    phone.close()
    assert desk.ask("sendMessage", to=alice.id, **text("hello"))["seq"] == 1
    assert tablet.expect("message.created")
    again = alice.open("phone")
    assert desk.ask("sendMessage", to=alice.id, **text("again"))["seq"] == 2
    assert again.expect("message.created")["seq"] == 2


def test_a_device_may_have_any_name_that_can_be_read(alice: Person, bob: Person) -> None:
    names = ["Bob's phone 📱", "a|b|c", "x" * 64, "=&?#%"]
    sockets = [alice.open(name) for name in names]
    bob.open().ask("sendMessage", to=alice.id, **text("hello"))
    for socket in sockets:
        assert len(socket.pushed()) == 1
    again = alice.open("a|b|c")
    assert sockets[1].ended() == [_closing("replaced")]
    assert again.ask("ping")["now"]


def test_a_bad_device_name_or_an_unknown_parameter_is_refused(alice: Person) -> None:
    for query in ({"device": "x" * 65}, {"device": "a\nb"}, {"devices": "phone"}, {"user": "bob"}):
        assert_refused(alice, query=query)
