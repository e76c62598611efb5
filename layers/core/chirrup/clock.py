"""The real clock."""

import time


class SystemClock:
    """Implements `ports.Clock`."""

    def now(self) -> int:
        """See `ports.Clock`."""
        return time.time_ns() // 1_000_000

    def pause(self, ms: float) -> None:
        """See `ports.Clock`."""
        time.sleep(ms / 1000)
