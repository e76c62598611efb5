"""What carries jobs to the fan-out, as a running stack has it: its queues, full and empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

COUNTS = (
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
)
CARRIER_OF = {
    "BroadcastDeadLetters": "BroadcastTopic",
    "OrderedDeadLetters": "OrderedQueue",
    "ShardDeadLetters": "Shard1Queue",
    **{f"{kind}DeadLetters": f"{kind}Queue" for kind in ("Private", "Group", "Channel", "Call")},
}
"""Where the jobs of each queue of dead letters came from, by logical ids of the template. Any shard
will do: a job is worked off alike in all of them."""
OF_MODE = {
    "redis": ("Broadcast",),
    "rocketmq": ("Ordered",),
    "kafka": ("Shard",),
    "rabbitmq": ("Private", "Group", "Channel", "Call"),
}
"""What the names of a send mode's resources begin with."""


@dataclass(frozen=True)
class Carriers:
    """The carriers of one stack.

    Attributes:
        sqs: A client.
        found: Physical ids of the stack's resources by logical id.
    """

    sqs: Any
    found: dict[str, str]

    @staticmethod
    def of(cloudformation: Any, sqs: Any, stack: str) -> "Carriers":
        """Those of a stack."""
        pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
        return Carriers(
            sqs,
            {
                one["LogicalResourceId"]: one.get("PhysicalResourceId", "")
                for page in pages
                for one in page["StackResourceSummaries"]
            },
        )

    @property
    def dead_letters(self) -> dict[str, str]:
        """URLs of the queues of dead letters."""
        return {name: url for name, url in self.found.items() if name in CARRIER_OF}

    def dead_letters_of(self, mode: str) -> dict[str, str]:
        """Those of a send mode."""
        names = OF_MODE.get(mode, ())
        return {name: url for name, url in self.dead_letters.items() if name.startswith(names)}

    def queues(self, mode: str) -> dict[str, str]:
        """URLs of the queues in which jobs of a send mode wait."""
        names = OF_MODE.get(mode, ())
        return {
            name: url
            for name, url in self.found.items()
            if name.endswith("Queue") and name.startswith(names)
        }

    def waiting(self, urls: Iterable[str]) -> int:
        """How many messages there are in queues, those included that are being worked off."""
        total = 0
        for url in urls:
            which = {"QueueUrl": url, "AttributeNames": list(COUNTS)}
            found = self.sqs.get_queue_attributes(**which)["Attributes"]
            total += sum(int(found.get(name, 0)) for name in COUNTS)
        return total
