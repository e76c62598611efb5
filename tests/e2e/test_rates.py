"""How fast one may write, and what one is told then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tests.e2e.client import Socket
from tests.e2e.people import Person
from tests.e2e.wire import Refused, chat_of, text

DEVICES = 4
"""At once, so that a slow machine too is faster than 10 messages a second."""
T = TypeVar("T")


def _too_fast(sender: Person, to: Person, then: Callable[[Socket, Refused], T]) -> list[T]:
    """Send from several devices; what each does once it is refused."""

    def send(socket: Socket) -> T:
        for number in range(150):
            try:
                socket.ask("sendMessage", to=to.id, **text(f"quick {number}"))
            except Refused as refusal:
                return then(socket, refusal)
        raise AssertionError("never refused")

    sockets = [sender.open() for _ in range(DEVICES)]
    with ThreadPoolExecutor() as devices:
        return list(devices.map(send, sockets))


def test_a_burst_beyond_the_limit_is_refused_until_the_time_that_is_told(
    alice: Person, bob: Person
) -> None:
    phone = alice.open()
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    for refusal in _too_fast(alice, bob, lambda _, refusal: refusal):
        assert refusal.code == "rate_limited"
        assert 0 < refusal.details["retry_after_ms"] <= 60_000
    page = bob.open().ask("history", conversation_id=chat_of(alice.id, bob.id), limit=200)
    stored = len(page["messages"])
    assert stored >= 20
    again = phone.patiently("sendMessage", to=bob.id, **text("the one that was refused"))
    assert again["seq"] == stored + 1


def test_the_limit_is_of_one_sender_in_one_conversation(
    alice: Person, bob: Person, carol: Person
) -> None:
    desk = bob.open()
    desk.ask("sendMessage", to=alice.id, **text("you will see"))

    def elsewhere(socket: Socket, _: Refused) -> bool:
        assert socket.ask("sendMessage", to=carol.id, **text("another one"))["seq"]
        return True

    assert all(_too_fast(alice, bob, elsewhere))
    assert desk.ask("sendMessage", to=alice.id, **text("slowly!"))["duplicate"] is False


def test_a_retry_is_not_refused_for_being_too_fast(alice: Person, bob: Person) -> None:
    message = text("first")
    first = alice.open().ask("sendMessage", to=bob.id, **message)

    def retry(socket: Socket, _: Refused) -> bool:
        return socket.ask("sendMessage", to=bob.id, **message) == {**first, "duplicate": True}

    assert all(_too_fast(alice, bob, retry))
