"""Carriers: SQS and SNS, which bring jobs to the fan-out, each at least once.

Which one stands for which send mode is said in docs/explanation/send-modes.md.
"""

import hashlib
import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import get_session

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.jobs import Job
from chirrup.ports import Clock

_log = logging.getLogger(__name__)

BATCH = 10
"""Entries of one request. Source: SQS and SNS API references."""
BATCH_BYTES = 250_000
"""Of all entries of one request together: SNS takes 256 KiB, attributes included."""
ROUNDS = 4
PAUSE_MS = 30
CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
)
Entry = dict[str, Any]
_KINDS = {
    "p": "private",
    "s": "saved",
    "g": "group",
    "c": "channel",
    "u": "notices",
    "call": "call",
}
Send = Callable[[Sequence[Entry]], Sequence[str]]
"""Sends a batch of entries; gives the ids of those that were not taken."""


def client(service: str) -> BaseClient:
    """A client of `sqs` or `sns`, by the region and the credentials of the environment."""
    return get_session().create_client(service, config=CONFIG)


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
        _carry(entries, self._publish, self._clock)

    def _publish(self, entries: Sequence[Entry]) -> Sequence[str]:
        answer = self._sns.publish_batch(
            TopicArn=self._arn, PublishBatchRequestEntries=list(entries)
        )
        return _failed(answer)


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
            _carry(entries, partial(self._send, url), self._clock)

    def _url_of(self, job: Job) -> str:
        return self._urls[int(_lane(job), 16) % len(self._urls)]

    def _entry(self, job: Job) -> Entry:
        return {"MessageBody": job.encode()}

    def _send(self, url: str, entries: Sequence[Entry]) -> Sequence[str]:
        return _failed(self._sqs.send_message_batch(QueueUrl=url, Entries=list(entries)))


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


def _carry(entries: Sequence[Entry], send: Send, clock: Clock) -> None:
    for batch in _batches(entries):
        _send(batch, send, clock)


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        length = len((entry.get("MessageBody") or entry["Message"]).encode()) + BATCH
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append({"Id": str(len(batch)), **entry})
        size += length
    if batch:
        yield batch


def _send(batch: list[Entry], send: Send, clock: Clock) -> None:
    """Send a batch, and again what was not taken of it."""
    for round_ in range(ROUNDS):
        if round_:
            clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311 - no secret
        try:
            failed = set(send(batch))
        except (ClientError, BotoCoreError) as error:
            code = getattr(error, "response", {}).get("Error", {}).get("Code")
            _log.error("not handed over", extra={"error": code or type(error).__name__})
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
        batch = [entry for entry in batch if entry["Id"] in failed]
        if not batch:
            return
    _log.error("not handed over", extra={"jobs": len(batch)})
    raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)


def _failed(answer: Mapping[str, Any]) -> list[str]:
    return [entry["Id"] for entry in answer.get("Failed", ())]
