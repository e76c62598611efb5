"""Entries sent to SQS and SNS in batches, and again as far as they were not taken."""

import logging
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Clock

_log = logging.getLogger(__name__)

BATCH = 10
"""Entries of one request. Source: SQS and SNS API references."""
BATCH_BYTES = 250_000
"""Of all entries of one request together: SNS takes 256 KiB, attributes included."""
ROUNDS = 4
PAUSE_MS = 30
Entry = dict[str, Any]
Send = Callable[[Sequence[Entry]], Sequence[str]]
"""Sends a batch of entries; gives the ids of those that were not taken."""


def send_all(entries: Sequence[Entry], send: Send, clock: Clock) -> None:
    """Send entries in as few batches as hold them.

    Raises:
        ChirrupError: `temporarily_unavailable` when not all were taken.
    """
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
            # Time-outs have a response, too: None.
            answer = getattr(error, "response", None) or {}
            code = answer.get("Error", {}).get("Code") or type(error).__name__
            _log.error("not handed over", extra={"error": code})
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
        batch = [entry for entry in batch if entry["Id"] in failed]
        if not batch:
            return
    _log.error("not handed over", extra={"jobs": len(batch)})
    raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)


def failed_ids(answer: Mapping[str, Any]) -> list[str]:
    """The ids of the entries that were not taken."""
    return [entry["Id"] for entry in answer.get("Failed", ())]
