"""How fast one user may write into one conversation."""

from dataclasses import dataclass

from chirrup.domain.errors import ChirrupError, ErrorCode

INTERVAL_MS = 100
"""10 messages a second, on average."""
BURST = 20
MINUTE_MS = 60_000
PER_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Rate:
    """The state of a user's rate in a conversation.

    Attributes:
        due: The time (ms since epoch) at which the bucket is empty again (generic cell rate
            algorithm: each message moves it on by 100 ms).
        minute: When the present minute began (ms since epoch).
        sent: Messages in that minute.
    """

    due: int = 0
    minute: int = 0
    sent: int = 0

    def charged(self, now: int) -> "Rate":
        """The state after one more message.

        Raises:
            ChirrupError: `rate_limited` with `retry_after_ms`.
        """
        ahead = self.due - now - (BURST - 1) * INTERVAL_MS
        if ahead > 0:
            raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=ahead)
        due = max(self.due, now) + INTERVAL_MS
        if now - self.minute >= MINUTE_MS:
            return Rate(due, now, 1)
        if self.sent >= PER_MINUTE:
            raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=self.minute + MINUTE_MS - now)
        return Rate(due, self.minute, self.sent + 1)
