"""What carries jobs to the fan-out in the deployed stack: how to know that all have arrived."""

from functools import cached_property
from typing import Any

from local.processes import wait_until
from tests.e2e.stack import RUNNING, Stack
from tests.e2e.tap import tap
from tests.e2e.wire import PATIENCE_S

NO_CARRIER = "Arrivals"
"""What the queues are called that bring uploads to be looked at."""
COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]


class Carriers:
    """The queues and topics of one stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._tap = tap(stack.local["endpoint_url"])
        # Dead letters that lie there no more.
        self._gone = 0
        # Calls of before there was a tap; a stack that runs already is taken to be idle.
        self._early = self._done() - self.size(self._tap) if self._tap and RUNNING else 0

    @cached_property
    def queues(self) -> dict[str, str]:
        """URLs of the queues that jobs wait in, by logical id."""
        return self._named("Queue")

    @cached_property
    def dead_letters(self) -> dict[str, str]:
        """URLs of the queues of what was given up, by logical id."""
        return self._named("DeadLetters")

    @cached_property
    def sqs(self) -> Any:
        """SQS, with all rights."""
        return self._stack.aws("sqs")

    def settle(self) -> None:
        """Wait until every job that was handed over has been worked off."""
        assert wait_until(self._settled, timeout_s=PATIENCE_S, every_s=0.01), "jobs wait for ever"

    def size(self, url: str) -> int:
        """How many messages there are in a queue, taken ones included."""
        which = {"QueueUrl": url, "AttributeNames": COUNTS}
        found = self.sqs.get_queue_attributes(**which)["Attributes"]
        return sum(int(found[name]) for name in COUNTS)

    def size_of_all(self) -> int:
        """How many jobs there are in all queues."""
        return sum(self.size(url) for url in self.queues.values())

    def visible(self, name: str) -> int:
        """How many dead letters there are in sight: what its alarm looks at."""
        which = {"QueueUrl": self.dead_letters[name], "AttributeNames": COUNTS[:1]}
        return int(self.sqs.get_queue_attributes(**which)["Attributes"][COUNTS[0]])

    def sent_again(self, jobs: int) -> None:
        """Note that so many dead letters were given back to the carrier."""
        self._gone += jobs

    def discard(self, name: str) -> None:
        """Throw the dead letters of a queue away."""
        url = self.dead_letters[name]
        self._gone += self.size(url)
        self.sqs.purge_queue(QueueUrl=url)

    def _named(self, ending: str) -> dict[str, str]:
        found = self._stack.resources.items()
        return {
            name: url
            for name, url in found
            if name.endswith(ending) and not name.startswith(NO_CARRIER)
        }

    def _done(self) -> int:
        return self._stack.runs("fanout")["done"]

    def _settled(self) -> bool:
        if self._tap is None:
            return not self.size_of_all()
        # Each job's call ends well at some time, or among the dead letters.
        given_up = self._gone + sum(map(self.size, self.dead_letters.values()))
        return self.size(self._tap) <= self._done() - self._early + given_up
