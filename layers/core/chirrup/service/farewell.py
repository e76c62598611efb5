"""Closing a socket from our side, with a word before it."""

from collections.abc import Callable

from chirrup.domain.events import Event
from chirrup.ports import Clock
from chirrup.ports.fanout import Gateway, Parcel

PATIENCE_MS = 3_000
"""Whether a device has heard why it is closed matters less than who waits for it."""


class Farewell:
    """Sends a last frame and closes; a socket that is gone already is no error."""

    def __init__(self, *, gateway: Gateway, encode: Callable[[Event], bytes], clock: Clock) -> None:
        self._gateway = gateway
        self._encode = encode
        self._clock = clock

    def close(self, connection_id: str, event: Event) -> None:
        """Tell a device why, then close its socket."""
        self.close_with(connection_id, self._encode(event))

    def close_with(self, connection_id: str, frame: bytes) -> None:
        """Send a last frame, then close."""
        parcel = Parcel(connection_id, [frame], closing=True)
        self._gateway.deliver([parcel], self._clock.now() + PATIENCE_MS)
