"""Connections that have given no answer lately."""

from chirrup.ports import Clock

KNOWN_MS = 60_000
"""How long a connection that gave no answer is not waited for any more."""
KNOWN_MAX = 1_000


class SlowConnections:
    """Remembers which connections are slow."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._until: dict[str, int] = {}

    def knows(self, connection_id: str) -> bool:
        """Whether a connection has been slow within the last minute."""
        return bool(self._until) and self._until.get(connection_id, 0) > self._clock.now()

    def note(self, connection_id: str) -> None:
        """A connection is slow; of too many, the first are forgotten."""
        while len(self._until) >= KNOWN_MAX:
            del self._until[next(iter(self._until))]
        self._until[connection_id] = self._clock.now() + KNOWN_MS
