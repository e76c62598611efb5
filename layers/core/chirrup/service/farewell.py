"""Closing a socket from our side, with a word before it."""

from collections.abc import Callable

from chirrup.domain.events import Event
from chirrup.ports import Gateway, Gone, PushFailed


class Farewell:
    """Sends a last frame and closes; a socket that is gone already is no error."""

    def __init__(self, *, gateway: Gateway, encode: Callable[[Event], bytes]) -> None:
        self._gateway = gateway
        self._encode = encode

    def close(self, connection_id: str, event: Event) -> None:
        """Tell a device why, then close its socket."""
        self.close_with(connection_id, self._encode(event))

    def close_with(self, connection_id: str, frame: bytes) -> None:
        """Send a last frame, then close."""
        try:
            self._gateway.post(connection_id, frame)
        except (Gone, PushFailed):
            pass  # It is about to be closed; whether it has heard why does not matter.
        self._gateway.close(connection_id)
