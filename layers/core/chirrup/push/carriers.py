"""Carriers: SQS and SNS, which bring jobs to the fan-out, each at least once.

Which one stands for which send mode: docs/explanation/send-modes.md.
"""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

from botocore.client import BaseClient
from botocore.config import Config
from botocore.session import Session

from chirrup.domain.jobs import Job
from chirrup.ports import Clock
from chirrup.push.batches import Entry, failed_ids, send_all

CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
)
_KINDS = {
    "p": "private",
    "s": "saved",
    "g": "group",
    "c": "channel",
    "u": "notices",
    "call": "call",
}


def client(service: str, session: Session) -> BaseClient:
    """A client of `sqs` or `sns`, by the region and the credentials of the environment.

    Args:
        service: Which.
        session: One that has made a client before: it has read what botocore knows of AWS, which
            takes a session of its own 70 ms.
    """
    return session.create_client(service, config=CONFIG)


class Topic:
    """An SNS topic; subscribers may choose by the attribute `kind`. Implements `ports.Carrier`."""

    def __init__(self, sns: Any, arn: str, clock: Clock) -> None:  # noqa: ANN401 - botocore's
        self._sns = sns
        self._arn = arn
        self._clock = clock

    def carry(self, jobs: Sequence[Job]) -> None:
        """See `ports.fanout.Carrier`."""
        entries = [
            {
                "Message": job.encode(),
                "MessageAttributes": {
                    "kind": {"DataType": "String", "StringValue": kind_of(job.conversation_id)}
                },
            }
            for job in jobs
        ]
        send_all(entries, self._publish, self._clock)

    def _publish(self, entries: Sequence[Entry]) -> Sequence[str]:
        answer = self._sns.publish_batch(
            TopicArn=self._arn, PublishBatchRequestEntries=list(entries)
        )
        return failed_ids(answer)


class Shards:
    """SQS queues; a conversation always goes through the same one. Implements `ports.Carrier`."""

    def __init__(self, sqs: Any, urls: Sequence[str], clock: Clock) -> None:  # noqa: ANN401
        self._sqs = sqs
        self._urls = urls
        self._clock = clock

    def carry(self, jobs: Sequence[Job]) -> None:
        """See `ports.fanout.Carrier`."""
        by_url: dict[str, list[Entry]] = {}
        for job in jobs:
            by_url.setdefault(self._url_of(job), []).append(self._entry(job))
        for url, entries in by_url.items():
            send_all(entries, partial(self._send, url), self._clock)

    def _url_of(self, job: Job) -> str:
        return self._urls[int(_lane(job), 16) % len(self._urls)]

    def _entry(self, job: Job) -> Entry:
        return {"MessageBody": job.encode()}

    def _send(self, url: str, entries: Sequence[Entry]) -> Sequence[str]:
        return failed_ids(self._sqs.send_message_batch(QueueUrl=url, Entries=list(entries)))


class OrderedQueue(Shards):
    """A FIFO queue: jobs of a conversation arrive in their order. Implements `ports.Carrier`."""

    def __init__(self, sqs: Any, url: str, clock: Clock) -> None:  # noqa: ANN401 - botocore's
        super().__init__(sqs, [url], clock)

    def _entry(self, job: Job) -> Entry:
        body = job.encode()
        return {
            "MessageBody": body,
            "MessageGroupId": _lane(job),
            # Jobs tell when they were dispatched: only a repeated request has the same body.
            "MessageDeduplicationId": hashlib.sha256(body.encode()).hexdigest(),
        }


def kind_of(conversation_id: str) -> str:
    """What subscribers choose by; what has no kind of its own goes with private chats."""
    return _KINDS.get(conversation_id.partition("_")[0], "private")


def _lane(job: Job) -> str:
    """What is carried in order, in hexadecimal digits: one page of one conversation.

    A recipient always stands on the same page, so pages need no order among themselves.
    """
    key = f"{job.conversation_id}#{job.audience.page.number}"
    return hashlib.sha256(key.encode()).hexdigest()
