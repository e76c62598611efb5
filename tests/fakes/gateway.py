"""The server side of WebSockets in memory."""

from chirrup.ports import Gone, PushFailed


class FakeGateway:
    """Implements `ports.Gateway`.

    Attributes:
        frames: What was posted to each connection, in order.
        closed: Connections that we closed, in order.
        gone: Connections that do not exist any more.
        failing: Connections to which nothing can be sent at the moment.
    """

    def __init__(self) -> None:
        self.frames: dict[str, list[bytes]] = {}
        self.closed: list[str] = []
        self.gone: set[str] = set()
        self.failing: set[str] = set()

    def post(self, connection_id: str, frame: bytes) -> None:
        """See `ports.Gateway`."""
        if connection_id in self.gone:
            raise Gone
        if connection_id in self.failing:
            raise PushFailed("503")
        self.frames.setdefault(connection_id, []).append(frame)

    def close(self, connection_id: str) -> None:
        """See `ports.Gateway`."""
        if connection_id not in self.gone:
            self.closed.append(connection_id)
            self.gone.add(connection_id)
