"""Values for tests, with what does not matter left to defaults."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import REACTED, Entry
from tests.fakes.clock import NOON

CHAT = "p_alice~bob"


def text(words: str = "hello", **more: Any) -> dict[str, Any]:
    """The content of a text."""
    return {"text": words, **more}


def message(seq: int = 1, **more: Any) -> Entry:
    """A text of alice's to bob, the only kind of entry before it."""
    given: dict[str, Any] = {
        "conversation_id": CHAT,
        "seq": seq,
        "sender_id": "alice",
        "client_id": f"c{seq}",
        "type": "text",
        "content": text(f"text {seq}"),
        "sent_at": NOON,
        "count": seq,
    }
    return Entry(**(given | more))


def change(seq: int, target: int, **more: Any) -> Entry:
    """A change of a message, by default a reaction."""
    given: dict[str, Any] = {
        "client_id": "",
        "type": REACTED,
        "content": {"seq": target},
        "changes": target,
    }
    return message(seq, **(given | more))


def socket(id_: str = "one=", device: str = "phone", connected_at: int = NOON) -> Connection:
    """A socket with all its life before it."""
    return Connection(id_, connected_at + LIFETIME_MS, connected_at, device)


@contextmanager
def refused(code: ErrorCode, **details: Any) -> Iterator[None]:
    """What runs inside must be refused with this code and, among others, these details."""
    with pytest.raises(ChirrupError) as caught:
        yield
    assert caught.value.code is code
    assert {name: caught.value.details.get(name) for name in details} == details
