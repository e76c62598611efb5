"""Which conversations hold an upload."""

from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.records import Owned, Record

SEQS_MAX = 20
"""Uses of one upload in one conversation that are remembered, the newest."""


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
        return replace(self, seqs=tuple(sorted({*self.seqs, seq}))[-SEQS_MAX:])
