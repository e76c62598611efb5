"""Which conversations hold an upload."""

from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.records import Owned, Record

FIRST, LAST = 20, 20
"""Uses of one upload in one conversation that are remembered: the first, for those who saw only
them, and the last. Where there are more, a client that says which message it means is served all
the same."""


@dataclass(frozen=True, slots=True)
class MediaUse(Record):
    """A conversation holds an upload; `owner` the upload, `name` the conversation.

    Attributes:
        seqs: A message that holds it stands at one of these seqs or somewhat above; ascending.
    """

    KIND: ClassVar[str] = "MEDIAUSE"
    OF: ClassVar[Owned] = "catalog"

    seqs: tuple[int, ...] = ()

    def used_from(self, seq: int) -> "MediaUse":
        """The same with another use."""
        seqs = sorted({*self.seqs, seq})
        kept = seqs if len(seqs) <= FIRST + LAST else seqs[:FIRST] + seqs[-LAST:]
        return replace(self, seqs=tuple(kept))
