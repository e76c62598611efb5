"""A send mode on moto's SQS and SNS: what Lambda does between a queue and its function."""

import json
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.session import get_session

from chirrup.ports import Clock
from chirrup.ports.fanout import Carrier
from chirrup.push.carriers import OrderedQueue, Shards, Topic, client
from chirrup.transport.queue.fanout import Fanout, NotPushed
from tests.support.carrying import BATCHES, KINDS, SHARDS, TIME_MS, TRIES

TAKEN_AT_ONCE = 10
"""Source: SQS API reference, ReceiveMessage. Lambda gathers more by asking several times."""
DEAD = "dead-letters"
Received = dict[str, Any]


@dataclass
class AwsCarrying:
    """One send mode with the queues, the topic and the dead letters that the template makes.

    Attributes:
        carrier: What a dispatcher hands jobs to.
        urls: The queues that the fan-out is called with; of a topic, what would be its calls.
        answers: What the fan-out has answered to each call; None where it failed.
    """

    mode: str
    carrier: Carrier
    urls: list[str]
    dead_url: str
    answers: list[dict[str, Any] | None] = field(default_factory=list)

    @staticmethod
    def of(mode: str, clock: Clock) -> "AwsCarrying":
        """A send mode with nothing under way; moto must be on."""
        fifo = ".fifo" if mode == "rocketmq" else ""
        dead = _queue(DEAD + fifo)
        redrive = {"deadLetterTargetArn": _arn(dead), "maxReceiveCount": TRIES[mode]}
        given = {"RedrivePolicy": json.dumps(redrive)}
        if mode == "rocketmq":
            url = _queue("jobs.fifo", **given)
            return AwsCarrying(
                mode, OrderedQueue(client("sqs", get_session()), url, clock), [url], dead
            )
        if mode == "kafka":
            urls = [_queue(name, **given) for name in SHARDS]
            return AwsCarrying(mode, Shards(client("sqs", get_session()), urls, clock), urls, dead)
        topic = boto3.client("sns").create_topic(Name="jobs")["TopicArn"]
        wanted = {"calls": None} if mode == "redis" else KINDS
        urls = [_subscribed(topic, name, kinds, given) for name, kinds in wanted.items()]
        return AwsCarrying(mode, Topic(client("sns", get_session()), topic, clock), urls, dead)

    @property
    def dead(self) -> list[str]:
        """Bodies of the dead letters."""
        return [message["Body"] for message in _received(self.dead_url, 1_000)]

    def put(self, at: int, body: str) -> None:
        """Somebody else writes into one of the queues."""
        group = {"MessageGroupId": "g", "MessageDeduplicationId": body[-50:] or "none"}
        text = json.dumps({"Message": body}) if self.mode == "redis" else body
        fifo = group if self.mode == "rocketmq" else {}
        boto3.client("sqs").send_message(QueueUrl=self.urls[at], MessageBody=text, **fifo)

    def run(self, fanout: Fanout) -> None:
        """Call the fan-out until no queue gives anything any more."""
        while any(self.call(fanout, url) for url in self.urls):
            pass

    def call(self, fanout: Fanout, url: str) -> bool:
        """Call the fan-out with a batch, if there is one; what it gives back waits again."""
        batch = _received(url, BATCHES[self.mode])
        if not batch:
            return False
        failed = self._failed(fanout, batch)
        sqs = boto3.client("sqs")
        for message in batch:
            known = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed:
                sqs.change_message_visibility(**known, VisibilityTimeout=0)
            else:
                sqs.delete_message(**known)
        return True

    def _failed(self, fanout: Fanout, batch: list[Received]) -> set[str]:
        records = [_sns(m) if self.mode == "redis" else _sqs(m) for m in batch]
        try:
            answer = fanout.handle({"Records": records}, TIME_MS)
        except NotPushed:
            self.answers.append(None)
            return {message["MessageId"] for message in batch}
        self.answers.append(dict(answer))
        return {one["itemIdentifier"] for one in answer["batchItemFailures"]}


def _queue(name: str, **attributes: str) -> str:
    fifo = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
    made = boto3.client("sqs").create_queue(QueueName=name, Attributes=fifo | attributes)
    url: str = made["QueueUrl"]
    return url


def _arn(url: str) -> str:
    which = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    arn: str = which["Attributes"]["QueueArn"]
    return arn


def _subscribed(topic: str, name: str, kinds: set[str] | None, given: dict[str, str]) -> str:
    """A queue for some kinds, as they are; or for all of them, in what a function would get."""
    url = _queue(name, **given)
    chosen = {"FilterPolicy": json.dumps({"kind": sorted(kinds)})} if kinds else {}
    raw = {"RawMessageDelivery": "true"} if kinds else {}
    boto3.client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=_arn(url), Attributes=chosen | raw
    )
    return url


def _received(url: str, count: int) -> list[Received]:
    found: list[Received] = []
    while len(found) < count:
        more = boto3.client("sqs").receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(TAKEN_AT_ONCE, count - len(found)),
            AttributeNames=["All"],
            VisibilityTimeout=3_600,
        )
        if not more.get("Messages"):
            break
        found += more["Messages"]
    return found


def _sqs(message: Received) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }


def _sns(message: Received) -> dict[str, Any]:
    """A topic calls a function with what it puts around a message for a queue."""
    around = json.loads(message["Body"])
    return {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "Sns": {"MessageId": message["MessageId"], **around},
    }
