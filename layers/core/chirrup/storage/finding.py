"""Finding messages by reading timelines backwards."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from pynamodb.expressions.condition import Condition

from chirrup.domain.finding import NOTICE, Criteria
from chirrup.ports import SideBySide
from chirrup.ports.finding import Found, Stretch
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.failures import Raw
from chirrup.storage.models import EntryItem
from chirrup.storage.search_times import Times

CHUNK = 500
"""Entries of one request; of ordinary messages they are a fifth of the 1 MB that it may read."""
CHUNKS_MAX = 8
"""Requests of one go, side by side."""
LEAN = ("seq", "type", "content", "edited_at")
"""What is to be known of an entry; less to send and to decode, though not to pay."""


class _Chunk(NamedTuple):
    """Seqs from `low` to `high`, both included; no end where `high` is None."""

    low: int
    high: int | None
    size: int


class _Read(NamedTuple):
    """Candidates in a chunk, descending, and from which seq on it was read."""

    seqs: list[int]
    reached: int


class DynamoFinder:
    """Implements `ports.finding.Finder`.

    A timeline has no gaps, so it is cut into parts of known size, which are read side by side. They
    are read with eventual consistency, at half the price: what is found is read anew anyway.
    """

    def __init__(self, dynamo: Dynamo, side_by_side: SideBySide) -> None:
        self._dynamo = dynamo
        self._side_by_side = side_by_side
        self._times = Times(dynamo)

    def find(self, stretches: Sequence[Stretch], criteria: Criteria, entries: int) -> list[Found]:
        """See `ports.finding.Finder`; one query for each 500 entries, 8 at most."""
        # Each asks for itself where its times are, so that it goes on from any cursor.
        stretches = self._side_by_side(
            *(partial(self._times.cut, stretch, criteria, CHUNK) for stretch in stretches)
        )
        plan: list[tuple[Stretch, list[_Chunk], bool]] = []
        room = min(max(1, entries // CHUNK), CHUNKS_MAX)
        for stretch in stretches:
            chunks = list(islice(_chunks(stretch), room + 1))
            plan.append((stretch, chunks[:room], len(chunks) <= room))
            room -= len(chunks[:room])
            if not room:
                break
        requests = [
            partial(self._read, stretch, chunk, criteria)
            for stretch, chunks, _ in plan
            for chunk in chunks
        ]
        reads: Iterator[_Read] = iter(self._side_by_side(*requests))
        found: list[Found] = []
        for _, chunks, whole in plan:
            found.append(_together(zip(chunks, islice(reads, len(chunks)), strict=True), whole))
            if found[-1].reached is not None:
                break
        return found

    def _read(self, stretch: Stretch, chunk: _Chunk, criteria: Criteria) -> _Read:
        seq = EntryItem.seq
        items, more = self._dynamo.query(
            EntryItem,
            stretch.conversation_id,
            seq >= chunk.low if chunk.high is None else seq.between(chunk.low, chunk.high),
            limit=CHUNK,
            forward=False,
            consistent=False,
            where=_where(criteria),
            only=LEAN,
        )
        seqs = [
            int(item["seq"]["N"])
            for item in items
            if not criteria.terms
            or _edited(item, stretch.edited_since)
            or criteria.match(item["type"]["S"], json.loads(item["content"]["S"]))
        ]
        return _Read(seqs, int(more["seq"]["N"]) if more else chunk.low)


def _edited(item: Raw, since: int | None) -> bool:
    return since is not None and int(item.get("edited_at", {"N": "-1"})["N"]) >= since


def _chunks(stretch: Stretch) -> Iterator[_Chunk]:
    """A stretch in parts, from its end."""
    for first, last in reversed(stretch.spans):
        tops = [top for top in (last, stretch.below and stretch.below - 1) if top is not None]
        if tops:
            top = min(tops)
        else:
            low = max(first, stretch.end - CHUNK + 1)
            yield _Chunk(low, None, max(1, stretch.end - low + 1))
            top = low - 1
        while top >= first:
            low = max(first, top - CHUNK + 1)
            yield _Chunk(low, top, top - low + 1)
            top = low - 1


def _together(parts: Iterable[tuple[_Chunk, _Read]], whole: bool) -> Found:
    """What was found in the parts of a stretch, up to the first that was not read to its end."""
    seqs: list[int] = []
    looked, reached = 0, None
    for chunk, read in parts:
        seqs += read.seqs
        looked += chunk.size
        reached = read.reached
        if reached > chunk.low:
            return Found(tuple(seqs), reached, looked)
    return Found(tuple(seqs), None if whole else reached, looked)


def _where(criteria: Criteria) -> Condition:
    """What DynamoDB itself can leave out: all but the words."""
    type_, sent_at = EntryItem.type, EntryItem.sent_at
    where: Condition = EntryItem.changes.does_not_exist() & EntryItem.recalled_by.does_not_exist()
    if criteria.type is not None:
        where &= type_ == criteria.type
    else:
        where &= ~type_.startswith("system.") & ~type_.startswith(NOTICE)
    if criteria.sender_id is not None:
        where &= EntryItem.sender_id == criteria.sender_id
    if criteria.since is not None:
        where &= sent_at >= criteria.since
    if criteria.until is not None:
        where &= sent_at < criteria.until
    return where
