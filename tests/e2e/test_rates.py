"""How fast one may write, and what one is told then."""

import pytest

from tests.e2e.client import Socket
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Refused, chat_of, text

PER_MINUTE = 120


def _until_refused(socket: Socket, to: Person) -> Refused:
    """Send as fast as one device can: 20 at once, or, from a slow machine, 120 in a minute."""
    with pytest.raises(Refused) as caught:
        for number in range(PER_MINUTE + 1):
            socket.ask("sendMessage", to=to.id, **text(f"quick {number}"))
    assert caught.value.code == "rate_limited"
    return caught.value


def test_a_burst_beyond_the_limit_is_refused_until_the_time_that_is_told(
    alice: Person, bob: Person
) -> None:
    phone = alice.open()
    refusal = _until_refused(phone, bob)
    assert 0 < refusal.details["retry_after_ms"] <= 60_000
    stored = bob.api.get(in_chat(chat_of(alice.id, bob.id)))["last_seq"]
    assert 20 <= stored <= PER_MINUTE
    again = phone.patiently("sendMessage", to=bob.id, **text("the one that was refused"))
    assert again["seq"] == stored + 1


def test_the_limit_is_of_one_sender_in_one_conversation(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    _until_refused(phone, bob)
    assert phone.ask("sendMessage", to=carol.id, **text("another one"))["seq"] == 1
    assert desk.ask("sendMessage", to=alice.id, **text("slowly!"))["duplicate"] is False


def test_a_retry_is_not_refused_for_being_too_fast(alice: Person, bob: Person) -> None:
    phone = alice.open()
    message = text("first")
    first = phone.ask("sendMessage", to=bob.id, **message)
    _until_refused(phone, bob)
    assert phone.ask("sendMessage", to=bob.id, **message) == {**first, "duplicate": True}
