"""How fast one may write, and what one is told then."""

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.client import Socket
from tests.e2e.people import Person
from tests.e2e.wire import Refused, chat_of, refused, text

DEVICES = 4
"""At once, so that a slow machine too is faster than 10 messages a second."""


def _too_fast(sender: Person, to: Person) -> list[Refused]:
    """Send until each device was refused once."""

    def send(socket: Socket) -> Refused:
        for number in range(100):
            try:
                socket.ask("sendMessage", to=to.id, **text(f"quick {number}"))
            except Refused as refusal:
                return refusal
        raise AssertionError("never refused")

    sockets = [sender.open() for _ in range(DEVICES)]
    sockets[0].ask("sendMessage", to=to.id, **text("hello"))
    with ThreadPoolExecutor() as devices:
        return list(devices.map(send, sockets))


def test_a_burst_beyond_the_limit_is_refused_until_the_time_that_is_told(
    alice: Person, bob: Person
) -> None:
    phone = alice.open()
    for refusal in _too_fast(alice, bob):
        assert refusal.code == "rate_limited"
        assert 0 < refusal.details["retry_after_ms"] <= 2_000
    page = bob.open().ask("history", conversation_id=chat_of(alice.id, bob.id), limit=200)
    stored = len(page["messages"])
    assert stored >= 20
    again = phone.patiently("sendMessage", to=bob.id, **text("the one that was refused"))
    assert again["seq"] == stored + 1


def test_the_limit_is_of_one_sender_in_one_conversation(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    _too_fast(alice, bob)
    assert phone.ask("sendMessage", to=carol.id, **text("another one"))["seq"] == 1
    assert desk.ask("sendMessage", to=alice.id, **text("slowly!"))["duplicate"] is False


def test_a_retry_is_neither_charged_nor_refused(alice: Person, bob: Person) -> None:
    phone = alice.open()
    message = text("first")
    phone.ask("sendMessage", to=bob.id, **message)
    _too_fast(alice, bob)
    assert phone.ask("sendMessage", to=bob.id, **message)["duplicate"] is True
    with refused("rate_limited"):
        for number in range(100):
            phone.ask("sendMessage", to=bob.id, **text(f"quick {number}"))
