"""Hits: texts in which words were found, kept for those who look after them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from chirrup.domain.occasions import Occasion
from chirrup.domain.records import Owned, Record
from chirrup.domain.words import Action

KEPT_MS = 90 * 24 * 60 * 60 * 1000
FOUND_MAX = 50
"""Different words of one text that are noted; a text with more of them is noted as such."""


class Status(StrEnum):
    """Whether anybody has to look at a hit."""

    NONE = "none"
    WAITING = "waiting"
    HANDLED = "handled"


class Outcome(StrEnum):
    """What came of the review."""

    APPROVED = "approved"
    RECALLED = "recalled"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Found:
    """A word in a field of a text; never the text itself."""

    field: str
    word_id: str
    word: str
    category: str
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Record):
    """What is kept for 90 days from `at` on (ms since epoch)."""

    at: int

    @property
    def expires_at(self) -> int:
        """When it is forgotten; see `Record`."""
        return self.at + KEPT_MS


@dataclass(frozen=True, slots=True)
class Hit(Kept):
    """Words were found in what a user wrote; `owner` the month, `name` the id.

    Attributes:
        found: The words, each once for each field; at most 50.
        more: How many others there were.
        action: The strictest of all.
        handled_at: When somebody handled it (ms since epoch); 0 for never.
    """

    KIND: ClassVar[str] = "HIT"
    OF: ClassVar[Owned] = "catalog"

    occasion: Occasion
    found: tuple[Found, ...]
    action: Action
    more: int = 0
    status: Status = Status.NONE
    outcome: Outcome | None = None
    handled_by: str = ""
    handled_at: int = 0


@dataclass(frozen=True, slots=True)
class HitNoted(Kept):
    """The same texts of the same occasion were noted; `owner` by `noted`."""

    KIND: ClassVar[str] = "NOTED"
    OF: ClassVar[Owned] = "catalog"


@dataclass(frozen=True, slots=True)
class Waiting(Kept):
    """A hit waits for somebody to look at it; `name` its id."""

    KIND: ClassVar[str] = "WAITING"
    OF: ClassVar[Owned] = "catalog"
    OWNER: ClassVar[str] = "HIT#WAITING"
