"""Jobs from SQS queues and SNS topics, worked off a batch at a time."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from chirrup.domain.jobs import Job, NoJob
from chirrup.ports import Clock
from chirrup.ports.fanout import Pusher
from chirrup.transport.queue.records import Record, record_of

_log = logging.getLogger(__name__)

MARGIN_MS = 3_000
"""Left of a function's time when nothing more is begun: for answers under way, and our own."""
LAST_TRY = 3
"""What was not ended in time is given back to its queue, but not this often: then it is left to
sync. So a gateway that is down for long fills no dead-letter queue with what is told already."""
Answer = dict[str, list[dict[str, str]]]


class NotPushed(Exception):
    """A topic's job could not be worked off; Lambda tries again, and then keeps it."""


class Fanout:
    """Works batches off, and says which messages are to be brought again."""

    def __init__(self, *, pusher: Pusher, clock: Clock) -> None:
        self._pusher = pusher
        self._clock = clock

    def handle(self, event: Mapping[str, Any], remaining_ms: int) -> Answer:
        """Push all jobs of an event.

        Args:
            event: From SQS or SNS.
            remaining_ms: Until the function is stopped.

        Returns:
            The messages of a queue that it must bring again; it deletes the others.

        Raises:
            NotPushed: Some message of a topic could not be worked off.
        """
        records = [record_of(one) for one in event["Records"]]
        failed = self._work_off(records, self._clock.now() + remaining_ms - MARGIN_MS)
        if failed and "Sns" in event["Records"][0]:
            raise NotPushed(f"{len(failed)} jobs")
        return {"batchItemFailures": [{"itemIdentifier": one.id} for one in failed]}

    def _work_off(self, records: Sequence[Record], until: int) -> list[Record]:
        """Push, and give back what failed."""
        jobs: list[Job] = []
        known: list[Record] = []
        poison: list[Record] = []
        for record in records:
            try:
                jobs.append(Job.decode(record.body))
                known.append(record)
            except NoJob as error:
                # Its queue gives it to the dead letters in the end; what it says is not told.
                _log.error("not a job", extra={"message_id": record.id, "problem": str(error)})
                poison.append(record)
        pushed = self._pusher.push(jobs, until)
        again: list[Record] = []
        for place in sorted(pushed.unread | pushed.late):
            if place in pushed.unread or known[place].tries < LAST_TRY:
                again.append(known[place])
            else:
                _log.warning("left to sync", extra={"message_id": known[place].id})
        return poison + _with_followers(known, again)


def _with_followers(records: Sequence[Record], failed: Sequence[Record]) -> list[Record]:
    """What failed, and what stands behind it in its group, which would overtake it otherwise.

    Poison holds up nobody: it has no order, and its followers would share its fate.
    """
    ids = {one.id for one in failed}
    groups: set[str] = set()
    given_back = []
    for record in records:
        if record.id in ids or record.group in groups:
            given_back.append(record)
            if record.group is not None:
                groups.add(record.group)
    return given_back
