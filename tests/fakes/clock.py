"""A clock that stands until it is moved."""

NOON = 1_790_000_000_000
"""Some time in 2026 (ms since epoch)."""


class FakeClock:
    """Implements `ports.Clock`; pauses pass at once.

    Attributes:
        time: What `now` says (ms since epoch).
        pauses: How long each pause was to be (ms).
    """

    def __init__(self, time: int = NOON) -> None:
        self.time = time
        self.pauses: list[float] = []

    def now(self) -> int:
        """See `ports.Clock`."""
        return self.time

    def pause(self, ms: float) -> None:
        """See `ports.Clock`."""
        self.pauses.append(ms)
        self.time += round(ms)

    def advance(self, ms: int) -> None:
        """Let time pass."""
        self.time += ms
