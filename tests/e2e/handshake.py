"""Handshakes that are refused, and sockets whose token ends soon."""

import json
import time
from typing import Any

import pytest

from local.processes import wait_until
from tests.e2e.client import HandshakeRefused, Socket
from tests.e2e.people import Person
from tests.e2e.transcript import LEAKS
from tests.e2e.wire import PATIENCE_S


def assert_refused(opener: Any, **given: Any) -> None:
    """No socket is opened, and nothing is told but 403.

    Args:
        opener: A person or the world, which opens sockets.
        given: How it is tried.
    """
    with pytest.raises(HandshakeRefused) as caught:
        opener.open(**given)
    assert caught.value.status == 403
    assert LEAKS.search(caught.value.body) is None
    assert json.loads(caught.value.body)["message"]


def open_briefly(person: Person) -> tuple[Socket, str]:
    """A socket whose token ends within seconds, and the token.

    As many seconds as this machine takes to open one.
    """
    for seconds in (2, 4, 8, 16, 32):
        token = person.brief_token(seconds)
        try:
            return person.open(token=token), token
        except HandshakeRefused:
            continue
    raise AssertionError("no socket within half a minute")


def wait_for_end(person: Person, token: str) -> None:
    """Wait until a token is refused."""
    assert wait_until(lambda: person.tried(token) == 401, timeout_s=PATIENCE_S + 32, every_s=0.1)


def wait_for_time(at_ms: int) -> None:
    """Wait until a moment has passed."""
    assert wait_until(lambda: time.time() * 1000 > at_ms, timeout_s=90.0, every_s=0.05)
