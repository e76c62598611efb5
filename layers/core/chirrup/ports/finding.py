"""Finding messages: where they may be, and in which order conversations are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chirrup.domain.conversations import Span
    from chirrup.domain.finding import Criteria


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a timeline that is to be searched, from its end.

    Attributes:
        spans: What the user may see, ascending.
        end: The last seq that is known; where the last span is open, there may be more above it.
        below: Only what is below this seq; None for all.
        edited_since: Also messages that were edited since then (ms since epoch), whatever they say
            now; None where what they say now is what the user sees.
    """

    conversation_id: str
    spans: tuple[Span, ...]
    end: int
    below: int | None = None
    edited_since: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a stretch, as far as it was searched.

    Attributes:
        seqs: Of messages that may be wanted, descending.
        reached: Everything from this seq on was searched; None for the whole stretch.
        looked: How many entries that took, of those that a page may look at.
    """

    seqs: tuple[int, ...]
    reached: int | None
    looked: int


class Finder(Protocol):
    """Finds candidates: whoever asks reads them anew, and drops what is not wanted, or not now.

    So it may know of the last seconds too little, and find too much, but of what is older it must
    miss nothing that it says it has searched.
    """

    def find(self, stretches: Sequence[Stretch], criteria: Criteria, entries: int) -> list[Found]:
        """Search stretches in their order, as far as that is wanted.

        Args:
            stretches: Where.
            criteria: What.
            entries: How many entries to look at, about; a few hundred more may be fewer requests.

        Returns:
            One for each stretch that was come to, in their order: of all but the last one, all
            was searched. At least one, if there was a stretch.
        """


class Activity(Protocol):
    """The conversations of a user, those left included; read with eventual consistency."""

    def ids(self, user_id: str) -> list[str]:
        """Their ids, ascending."""

    def newest_first(self, user_id: str) -> list[str]:
        """Their ids, the one with the last message first."""
