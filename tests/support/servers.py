"""Servers that tests start for themselves, each on a free port of this machine alone."""

import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local import lock
from local.engine import Engine
from local.places import HOST, Places


def free_port() -> int:
    """A port that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Whether an HTTP server answers there, whatever it says."""
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
    except urllib.error.HTTPError as error:
        error.close()
    except OSError:
        return False
    return True


@contextmanager
def emulator(folder: Path) -> Iterator[str]:
    """The local AWS with nothing deployed.

    Args:
        folder: For what it writes.

    Yields:
        Its endpoint.
    """
    places = Places(folder)
    handle = lock.acquire(places.lock)
    assert handle is not None, f"{folder} is used by another emulator"
    engine = Engine.start(places, port=free_port(), auth=False, lock_handle=handle)
    try:
        yield engine.run.endpoint
    finally:
        engine.stop()
