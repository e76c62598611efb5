"""Where in a timeline a time is: so that a search by time need not read what is older or newer."""

from collections.abc import Sequence
from dataclasses import replace

from chirrup.domain.conversations import Span
from chirrup.domain.finding import Criteria
from chirrup.ports.finding import Stretch
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.models import EntryItem

LATE_MS = 60_000
"""By so much an entry may seem older than one before it: a function takes its time first, ends
within 30 s, and stores the entry in between; and clocks differ."""
PROBES = 15
"""Entries that are looked at in one request; each cuts what is left to a sixteenth."""


class Times:
    """Cuts stretches to the times that are searched."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def cut(self, stretch: Stretch, criteria: Criteria, worth: int) -> Stretch:
        """The part of a stretch that may hold messages of these times.

        Args:
            stretch: Where.
            criteria: Since when, and until when.
            worth: Leave a stretch of fewer entries alone: they are read in one request.
        """
        spans = stretch.spans
        if not spans or (criteria.since is None and criteria.until is None):
            return stretch
        low = spans[0].first
        high = stretch.end if spans[-1].last is None else spans[-1].last
        if stretch.below is not None:
            high = min(high, stretch.below - 1)
        if high - low < worth:
            return stretch
        id_ = stretch.conversation_id
        if criteria.since is not None:
            low = self._first(id_, low, high, criteria.since - LATE_MS)
            spans = _above(spans, low)
        if criteria.until is not None and stretch.below is None:
            end = self._first(id_, low, high, criteria.until + LATE_MS)
            # Past the known end there may be more, but nothing older.
            stretch = replace(stretch, below=end) if end <= high else stretch
        return replace(stretch, spans=spans)

    def _first(self, conversation_id: str, low: int, high: int, time: int) -> int:
        """A seq that was not sent before a time (ms since epoch), while the one below it was.

        One above `high` if the last one was sent before it; `low` if none was. Entries that
        are gone have been sent before.
        """
        first, end = low, high + 1
        while first < end:
            count = min(PROBES, end - first)
            probes = [first + (end - first) * at // count for at in range(count)]
            late = self._late(conversation_id, probes, time)
            end = min(late, default=end)
            first = max((probe + 1 for probe in probes if probe < end), default=first)
        return end

    def _late(self, conversation_id: str, seqs: Sequence[int], time: int) -> set[int]:
        """Those of some entries that were not sent before a time."""
        keys = [(EntryItem, conversation_id, seq) for seq in seqs]
        found = self._dynamo.batch_get(keys, consistent=False, only=("sent_at",))
        return {int(one["seq"]["N"]) for one in found if int(one["sent_at"]["N"]) >= time}


def _above(spans: Sequence[Span], low: int) -> tuple[Span, ...]:
    """What is left of spans from a seq on."""
    return tuple(
        Span(max(first, low), last) for first, last in spans if last is None or last >= low
    )
