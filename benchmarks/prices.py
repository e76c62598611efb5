"""AWS's list prices, us-east-1, and what a million messages cost at them.

Source: the pricing pages of API Gateway, Lambda, DynamoDB, SQS and SNS, read in September 2026.
"""

from dataclasses import dataclass

FRAME = 1.00
"""A million WebSocket messages of up to 32 KB, either way."""
INVOCATION = 0.20
GB_SECOND = 13.33
"""A million of them, arm64."""
WRITE_UNIT, READ_UNIT = 0.625, 0.125
SQS, SQS_FIFO, SNS = 0.40, 0.50, 0.50
"""A million requests; a receive and a delete are one each, however many messages they have."""

MEMORY_GB = 0.5
PROCESSOR = 512 / 1769
"""The share of a processor that 512 MB are given. Source: Lambda developer guide, "Memory"."""
TABLE_MS, GATEWAY_MS = 5.0, 15.0
"""Assumed for a round trip to DynamoDB, and for an answer of `@connections`."""
WIDTH = 64
CARRIERS = {
    # Requests to the carrier for a message that shares its batch with nobody.
    "local": 0.0,
    "redis": SNS,
    "rocketmq": 3 * SQS_FIFO,
    "kafka": 3 * SQS,
    "rabbitmq": SNS + 2 * SQS,
}


@dataclass(frozen=True)
class Use:
    """What one message uses.

    Attributes:
        frames: WebSocket messages, in and out; the ack is not among them, as in the budget.
        busy_s: Lambda's time.
        carrier: Dollars a million for requests to the carrier.
    """

    writes: float
    reads: float
    frames: float
    invocations: float
    busy_s: float
    carrier: float = 0.0

    @property
    def dollars(self) -> float:
        """A million of such messages, the acks not counted."""
        return (
            self.writes * WRITE_UNIT
            + self.reads * READ_UNIT
            + self.frames * FRAME
            + self.invocations * INVOCATION
            + self.busy_s * MEMORY_GB * GB_SECOND
            + self.carrier
        )


def send_s(rounds: float, cpu_ms: float) -> float:
    """How long the sending function is busy with all but pushes."""
    return (rounds * TABLE_MS + cpu_ms / PROCESSOR) / 1000


def push_s(pushes: float, cpu_us: float) -> float:
    """How long a function is busy with pushes: with waiting, or with its share of a processor."""
    waiting = -(-pushes // WIDTH) * GATEWAY_MS
    working = pushes * cpu_us / 1000 / PROCESSOR
    return max(waiting, working) / 1000


def floor(recipients: int) -> float:
    """The least that any design on these services can cost: one write, one call, N pushes."""
    return 1.9 + FRAME * recipients


def usual(recipients: int) -> float:
    """A usual design: a transaction and an index (six units), boto3, a queue between."""
    per_push = FRAME + 0.00085 * MEMORY_GB * GB_SECOND * 3.5
    return 6 * WRITE_UNIT + FRAME + 0.9 + 3 * SQS + recipients * per_push
