"""What the gateway double does to a request: as a test says, or at random."""

from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import NamedTuple


class How(Enum):
    """The way in which an answer comes."""

    WHOLE = "whole"
    SLOW_BODY = "the head at once, the body after the latency"
    CUT = "the head and half of the body, then the socket is closed"
    CHUNKED = "in chunks, without a length"
    UNSIZED = "without a length, up to the end of the socket"
    HANG_UP = "whole, and then the socket is closed without a word of it"
    RESET = "not at all: the socket is reset before the request has any effect"
    RESET_AFTER = "not at all: the socket is reset after the frame was delivered"
    STALL = "not at all: the socket stays open"


class Reply(NamedTuple):
    """What becomes of one request.

    Attributes:
        status: Of the answer; only with success is a frame delivered.
        latency_ms: Until the answer.
        how: It comes.
        duplicated: The frame reaches the device twice.
        reordered: The frame reaches the device after the next one.
        inform: `100 Continue` comes first.
    """

    status: int = 200
    latency_ms: float = 0
    how: How = How.WHOLE
    duplicated: bool = False
    reordered: bool = False
    inform: bool = False


GONE, THROTTLED, FAILED, LARGE = 410, 429, 500, 413


@dataclass
class Faults:
    """How often something goes wrong, each as a share of all posts.

    Attributes:
        random: Decides; its seed makes a run repeatable.
        gone: The connection does not exist any more from now on.
        throttled: 429.
        failed: 500, 502 or 503.
        reset: The socket is reset, half of the times after the frame was delivered.
        duplicated: The frame reaches the device twice.
        reordered: It reaches the device after the next one.
        slow_body: The body of the answer comes later than its head.
    """

    random: Random
    gone: float = 0
    throttled: float = 0
    failed: float = 0
    reset: float = 0
    duplicated: float = 0
    reordered: float = 0
    slow_body: float = 0

    def reply(self, latency_ms: float) -> Reply:
        """What becomes of the next post."""
        draw = self.random.random()
        for share, reply in (
            (self.gone, Reply(GONE, latency_ms)),
            (self.throttled, Reply(THROTTLED, latency_ms)),
            (self.failed, Reply(self.random.choice((FAILED, 502, 503)), latency_ms)),
            (self.reset, Reply(how=self.random.choice((How.RESET, How.RESET_AFTER)))),
        ):
            if draw < share:
                return reply
            draw -= share
        return Reply(
            200,
            latency_ms,
            How.SLOW_BODY if self.random.random() < self.slow_body else How.WHOLE,
            duplicated=self.random.random() < self.duplicated,
            reordered=self.random.random() < self.reordered,
        )
