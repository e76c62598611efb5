"""How long a push waits, and how often it is tried."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what.

    Attributes:
        width: Requests under way at once. API Gateway takes 10,000 a second for all functions of
            an account; one with 64 at 15 ms takes 4,000 of them.
        answer_s: An answer; `@connections` gives it within some ten milliseconds.
        slow_s: An answer for a connection that has been slow lately. Its frames are sent as any
            others are, only nobody waits until they have arrived.
        pause_ms: Before another attempt, on average; it doubles each time.
        attempts: For a frame.
        attempts_unanswered: For a frame whose requests were not answered.
    """

    width: int = 64
    answer_s: float = 1.0
    slow_s: float = 0.1
    pause_ms: float = 50
    attempts: int = 4
    attempts_unanswered: int = 2


USUAL = Patience()
