"""What both clients know of the wire protocol: ids, answers, refusals."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

Json = dict[str, Any]

PATIENCE_S = 60.0
"""For what must come; a first request may wait for the cold starts of a busy machine."""
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Refused(Exception):
    """An error frame, or a problem document.

    Attributes:
        status: Of HTTP; 0 over the WebSocket.
    """

    def __init__(self, code: str, details: Json, status: int = 0) -> None:
        super().__init__(f"{code} {details}")
        self.code = code
        self.details = details
        self.status = status


class Missing(Exception):
    """Something did not come in time."""


@contextmanager
def refused(code: str) -> Iterator[Json]:
    """Expect a refusal; its details are there afterwards."""
    details: Json = {}
    with pytest.raises(Refused) as caught:
        yield details
    assert caught.value.code == code, caught.value
    details.update(caught.value.details)


def new_id(at_ms: int | None = None) -> str:
    """A ULID, as a client makes one for each message."""
    now = int(time.time() * 1000) if at_ms is None else at_ms
    number = now << 80 | int.from_bytes(os.urandom(10))
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def chat_of(one: str, other: str) -> str:
    """The id of the private chat of two users."""
    return "p_" + "~".join(sorted((one, other)))


def text(words: str, **more: Any) -> Json:
    """The fields of a text that is sent."""
    return {"client_id": new_id(), "type": "text", "content": {"text": words}, **more}
