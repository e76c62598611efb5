"""SQS and SNS in memory, as far as carriers use them; tests/contract holds them against moto."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from botocore.exceptions import ClientError

BATCH = 10
BYTES = {"sqs": 1024 * 1024, "sns": 256 * 1024}
_LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
_LANE = re.compile(r"[A-Za-z0-9!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~]{1,128}")


@dataclass
class Waiting:
    """A message in a queue.

    Attributes:
        received: How often it was given out.
    """

    id: str
    body: str
    group: str | None = None
    received: int = 0


@dataclass
class Broken:
    """What goes wrong with the next requests.

    Attributes:
        error: Every request is answered with it.
        not_taken: So many entries of each request are not taken, in the next `rounds` of them.
    """

    error: str | None = None
    not_taken: int = 0
    rounds: int = 0

    def check(self, operation: str) -> None:
        """Raise the error, if there is one."""
        if self.error:
            raise ClientError({"Error": {"Code": self.error, "Message": ""}}, operation)

    def split(self, entries: Sequence[dict[str, Any]]) -> tuple[list[Any], dict[str, Any]]:
        """The entries that are taken, and the answer."""
        first = 0
        if self.rounds:
            self.rounds -= 1
            first = self.not_taken
        failed = [{"Id": e["Id"], "SenderFault": False, "Code": "x"} for e in entries[:first]]
        taken = list(entries[first:])
        return taken, {"Successful": [{"Id": e["Id"]} for e in taken], "Failed": failed}


@dataclass
class FakeSqs:
    """Implements the one request to SQS that carriers make.

    Attributes:
        queues: What waits, by URL; a URL that ends in `.fifo` is one of a FIFO queue.
        requests: How many entries each request had.
    """

    queues: dict[str, list[Waiting]] = field(default_factory=dict)
    broken: Broken = field(default_factory=Broken)
    requests: list[int] = field(default_factory=list)
    _ids: Any = field(default_factory=lambda: count(1))
    _known: set[tuple[str, str]] = field(default_factory=set)

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> Any:
        """As SQS does it."""
        self.broken.check("SendMessageBatch")
        _check([entry["MessageBody"] for entry in Entries], Entries, "sqs")
        self.requests.append(len(Entries))
        taken, answer = self.broken.split(Entries)
        for entry in taken:
            self._send(QueueUrl, entry)
        return answer

    def put(self, url: str, body: str, group: str | None = None) -> None:
        """A message that came in some other way."""
        self.queues.setdefault(url, []).append(Waiting(f"m{next(self._ids)}", body, group))

    def _send(self, url: str, entry: dict[str, Any]) -> None:
        group = entry.get("MessageGroupId")
        if url.endswith(".fifo"):
            key = entry["MessageGroupId"], entry["MessageDeduplicationId"]
            assert all(_LANE.fullmatch(part) for part in key), key
            if key in self._known:
                return
            self._known.add(key)
        self.put(url, entry["MessageBody"], group)


@dataclass
class FakeSns:
    """Implements the one request to SNS that carriers make.

    Attributes:
        sqs: Where it delivers to.
        subscriptions: The kinds that each queue wants, by URL; None for all.
        requests: How many entries each request had.
    """

    sqs: FakeSqs
    subscriptions: dict[str, set[str] | None]
    broken: Broken = field(default_factory=Broken)
    requests: list[int] = field(default_factory=list)

    def publish_batch(
        self,
        *,
        TopicArn: str,
        PublishBatchRequestEntries: list[dict[str, Any]],
    ) -> Any:
        """As SNS does it."""
        self.broken.check("PublishBatch")
        entries = PublishBatchRequestEntries
        _check([entry["Message"] for entry in entries], entries, "sns")
        self.requests.append(len(entries))
        taken, answer = self.broken.split(entries)
        for entry in taken:
            kind = entry["MessageAttributes"]["kind"]["StringValue"]
            for url, kinds in self.subscriptions.items():
                if kinds is None or kind in kinds:
                    self.sqs.put(url, entry["Message"])
        return answer


def _check(bodies: list[str], entries: list[dict[str, Any]], service: str) -> None:
    """What both services refuse."""
    ids = [entry["Id"] for entry in entries]
    if not 1 <= len(entries) <= BATCH or len(set(ids)) != len(ids):
        raise ClientError({"Error": {"Code": "TooManyEntries", "Message": ""}}, service)
    # Attributes count, too; those of ours take less than a hundred bytes an entry.
    if sum(len(body.encode()) + 100 for body in bodies) > BYTES[service]:
        raise ClientError({"Error": {"Code": "BatchRequestTooLong", "Message": ""}}, service)
    if not all(_LEGAL.fullmatch(body) for body in bodies):
        raise ClientError({"Error": {"Code": "InvalidMessageContents", "Message": ""}}, service)
