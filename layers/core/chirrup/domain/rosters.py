"""Rosters of groups and channels: who is to be told, in records read whole at little cost."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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

    def with_muted(self, user_id: str, *, muted: bool) -> "RosterChunk":
        """The same once somebody has muted, or has not."""
        left = tuple(one for one in self.muted if one != user_id)
        return replace(self, muted=(*left, user_id) if muted else left)

    def with_user(self, user_id: str, since: int, *, muted: bool) -> "RosterChunk":
        """The same with one more."""
        added = replace(self, since={**self.since, user_id: since})
        return added.with_muted(user_id, muted=muted)

    def without(self, user_id: str) -> "RosterChunk":
        """The same with one less."""
        since = {one: seq for one, seq in self.since.items() if one != user_id}
        return replace(self, since=since).with_muted(user_id, muted=False)


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
