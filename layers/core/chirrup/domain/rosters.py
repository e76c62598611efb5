"""The rosters of groups: who is to be told, in records that are read whole at little cost."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from chirrup.domain.records import Owned, Record

CHUNKS = 64
"""Records that a roster is spread over: of 10,000 members each holds some 160 (6 KB), of 10 one.
All are read by one query, so a small roster costs as little as one record would."""


@dataclass(frozen=True, slots=True)
class RosterChunk(Record):
    """A part of a roster; `name` tells which one.

    Attributes:
        since: By user: the first seq that they see of their present stay.
        muted: Those who have muted the group.
    """

    KIND: ClassVar[str] = "ROSTER"
    OF: ClassVar[Owned] = "conversation"

    since: Mapping[str, int] = field(default_factory=dict)
    muted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """All members of a group.

    Attributes:
        since: By user: the first seq that they see of their present stay.
        muted: Those who have muted the group.
    """

    since: Mapping[str, int]
    muted: frozenset[str]

    @staticmethod
    def of(chunks: Iterable[RosterChunk]) -> "Roster":
        """The roster that chunks make up."""
        since: dict[str, int] = {}
        muted: set[str] = set()
        for chunk in chunks:
            since |= chunk.since
            muted |= set(chunk.muted)
        return Roster(since, frozenset(muted))


def chunk_of(user_id: str) -> str:
    """Which part of a roster a user stands in."""
    return f"{hashlib.sha256(user_id.encode()).digest()[0] % CHUNKS:02d}"
