"""What carries jobs to the fan-out in the deployed stack: how to know that all have arrived."""

import json
from functools import cached_property
from typing import Any

from local.processes import wait_until
from tests.e2e.stack import Stack
from tests.e2e.wire import PATIENCE_S

COUNTS = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]


class Carriers:
    """The queues and topics of one stack."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._discarded = 0
        if self._topic:
            self._tap  # noqa: B018 - from the first job on

    @cached_property
    def queues(self) -> dict[str, str]:
        """URLs of the queues that jobs wait in, by logical id."""
        found = self._stack.resources.items()
        return {name: url for name, url in found if name.endswith("Queue")}

    @cached_property
    def dead_letters(self) -> dict[str, str]:
        """URLs of the queues of what was given up, by logical id."""
        found = self._stack.resources.items()
        return {name: url for name, url in found if name.endswith("DeadLetters")}

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

    def discard(self, name: str) -> None:
        """Throw dead letters away."""
        url = self.dead_letters[name]
        self._discarded += self.size(url)
        self.sqs.purge_queue(QueueUrl=url)

    def _settled(self) -> bool:
        if not self._topic:
            return not self.size_of_all()
        # A topic that calls a function keeps no count: a queue beside the function does. A call
        # ends well at some time, or among the dead letters.
        given_up = self._discarded + sum(map(self.size, self.dead_letters.values()))
        return self.size(self._tap) <= self._stack.runs("fanout")["done"] + given_up

    @cached_property
    def _topic(self) -> str | None:
        return self._stack.resources.get("BroadcastTopic")

    @cached_property
    def _tap(self) -> str:
        url: str = self.sqs.create_queue(QueueName="tap")["QueueUrl"]
        which = {"QueueUrl": url, "AttributeNames": ["QueueArn"]}
        arn = self.sqs.get_queue_attributes(**which)["Attributes"]["QueueArn"]
        allowed = {
            "Effect": "Allow",
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
        }
        policy = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
        self.sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
        self._stack.aws("sns").subscribe(TopicArn=self._topic, Protocol="sqs", Endpoint=arn)
        return url
