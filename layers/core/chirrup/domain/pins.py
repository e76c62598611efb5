"""Pinned messages of a conversation."""

from collections.abc import Container
from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.records import Owned, Record

PINS_MAX = 5


@dataclass(frozen=True, slots=True)
class Pins(Record):
    """What is pinned in a conversation.

    Attributes:
        pins: Seq, who pinned it, when (ms since epoch); the newest first.
    """

    KIND: ClassVar[str] = "PINS"
    OF: ClassVar[Owned] = "conversation"

    pins: tuple[tuple[int, str, int], ...] = ()

    @property
    def seqs(self) -> tuple[int, ...]:
        """The messages, the one pinned last first."""
        return tuple(seq for seq, _, _ in self.pins)

    def without(self, seq: int) -> "Pins":
        """The same less a message."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin[0] != seq))

    def with_pin(self, seq: int, user_id: str, now: int) -> "Pins":
        """The same and a message on top."""
        return replace(self, pins=((seq, user_id, now), *self.without(seq).pins))

    def only(self, seqs: Container[int]) -> "Pins":
        """The same less what is not among these messages."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin[0] in seqs))
