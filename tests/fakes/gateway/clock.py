"""The time of the gateway double: that of the machine, or one that a test moves on."""

import asyncio
import time
from collections.abc import Callable
from heapq import heappop, heappush
from threading import Condition
from typing import Protocol

PATIENCE_S = 20.0
"""After which a test that waits for something fails."""


class GatewayClock(Protocol):
    """Tells the time, and calls back when some of it has passed."""

    def now(self) -> int:
        """Milliseconds since the epoch."""

    def later(self, loop: asyncio.AbstractEventLoop, ms: float, call: Callable[[], None]) -> None:
        """Call within the loop after so many milliseconds."""


class RealClock:
    """Implements `GatewayClock` by the time of the machine."""

    def now(self) -> int:
        """See `GatewayClock`."""
        return int(time.time() * 1000)

    def later(self, loop: asyncio.AbstractEventLoop, ms: float, call: Callable[[], None]) -> None:
        """See `GatewayClock`."""
        loop.call_later(ms / 1000, call)


class ManualClock:
    """Implements `GatewayClock`; time passes when a test says so, and nobody sleeps."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._changed = Condition()
        self._waiting: list[tuple[float, int, asyncio.AbstractEventLoop, Callable[[], None]]] = []
        self._count = 0

    def now(self) -> int:
        """See `GatewayClock`."""
        return self._now

    def later(self, loop: asyncio.AbstractEventLoop, ms: float, call: Callable[[], None]) -> None:
        """See `GatewayClock`."""
        with self._changed:
            self._count += 1
            heappush(self._waiting, (self._now + ms, self._count, loop, call))
            self._changed.notify_all()

    def advance(self, ms: int) -> None:
        """Let time pass; what is due then is called."""
        with self._changed:
            self._now += ms
            while self._waiting and self._waiting[0][0] <= self._now:
                _, _, loop, call = heappop(self._waiting)
                loop.call_soon_threadsafe(call)

    def wait_for(self, count: int) -> None:
        """Wait until so many calls are waiting.

        Raises:
            TimeoutError: There are not that many after a long time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._waiting) >= count, PATIENCE_S):
                raise TimeoutError(f"{len(self._waiting)} of {count} are waiting")
