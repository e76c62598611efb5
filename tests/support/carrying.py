"""A send mode in memory: the real carrier, its queues, and the real fan-out behind them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chirrup.ports import Clock
from chirrup.ports.fanout import Carrier
from chirrup.push.carriers import OrderedQueue, Shards, Topic
from chirrup.transport.queue.fanout import Fanout, NotPushed
from tests.fakes.queues import Broken, FakeSns, FakeSqs, Waiting

CARRYING = ("redis", "rocketmq", "kafka", "rabbitmq")
SHARDS = [f"shard-{number}" for number in range(1, 5)]
KINDS: dict[str, set[str]] = {
    "private": {"private", "saved", "notices"},
    "group": {"group"},
    "channel": {"channel"},
    "call": {"call"},
}
BATCHES = {"redis": 1, "rocketmq": 10, "kafka": 1_000, "rabbitmq": 10}
"""As in template.yaml."""
TRIES = {"redis": 3, "rocketmq": 3, "kafka": 5, "rabbitmq": 5}
TIME_MS = 30_000
Shuffle = Callable[[list[Waiting]], list[Waiting]]


@dataclass
class Carrying:
    """One send mode.

    Attributes:
        carrier: What a dispatcher hands jobs to.
        dead: Bodies of the dead letters.
        batch: Messages in one call at most.
        shuffle: The order in which what waits is given out, and how often.
    """

    mode: str
    carrier: Carrier
    sqs: FakeSqs
    broken: Broken
    batch: int
    dead: list[str] = field(default_factory=list)
    shuffle: Shuffle = lambda waiting: waiting

    @staticmethod
    def of(mode: str, clock: Clock) -> "Carrying":
        """A send mode with nothing under way."""
        sqs = FakeSqs()
        batch = BATCHES[mode]
        if mode == "rocketmq":
            return Carrying(mode, OrderedQueue(sqs, "jobs.fifo", clock), sqs, sqs.broken, batch)
        if mode == "kafka":
            return Carrying(mode, Shards(sqs, SHARDS, clock), sqs, sqs.broken, batch)
        wanted: dict[str, set[str] | None] = {"calls": None} if mode == "redis" else {**KINDS}
        sns = FakeSns(sqs, wanted)
        topic = Topic(sns, "arn:aws:sns:us-east-1:123456789012:jobs", clock)
        return Carrying(mode, topic, sqs, sns.broken, batch)

    @property
    def waiting(self) -> int:
        """How many messages are under way."""
        return sum(len(queue) for queue in self.sqs.queues.values())

    def run(self, fanout: Fanout) -> None:
        """Call the fan-out until nothing waits any more."""
        while self.waiting:
            self.call(fanout)

    def call(self, fanout: Fanout) -> None:
        """Call the fan-out with a batch of each queue; what it gives back waits again."""
        for url, queue in self.sqs.queues.items():
            batch = self.shuffle(queue)[: self.batch]
            if batch:
                for message in batch:
                    message.received += 1
                failed = self._failed(fanout, batch)
                done = {message.id for message in batch} - failed
                left = [message for message in queue if message.id not in done]
                tries = TRIES[self.mode]
                self.dead += [one.body for one in left if one.received >= tries]
                self.sqs.queues[url] = [one for one in left if one.received < tries]

    def _failed(self, fanout: Fanout, batch: list[Waiting]) -> set[str]:
        try:
            answer = fanout.handle(self.event(batch), TIME_MS)
        except NotPushed:
            return {message.id for message in batch}
        return {one["itemIdentifier"] for one in answer["batchItemFailures"]}

    def event(self, batch: list[Waiting]) -> dict[str, Any]:
        """What Lambda calls the function with."""
        if self.mode == "redis":
            return {"Records": [{"Sns": {"MessageId": m.id, "Message": m.body}} for m in batch]}
        return {
            "Records": [
                {
                    "messageId": message.id,
                    "body": message.body,
                    "attributes": {
                        "ApproximateReceiveCount": str(message.received),
                        **({"MessageGroupId": message.group} if message.group else {}),
                    },
                }
                for message in batch
            ]
        }
