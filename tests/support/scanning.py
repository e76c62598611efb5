"""What a plain scan finds: a second opinion for the search, which shares none of its code.

A log remembers what was said, and when it was changed; the scan goes through all of it.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Said:
    """A message: what it said from which seq on, and what is to be known beside.

    Attributes:
        versions: The seq of the message or of its edit, and all its text.
        recalled: By whatever entry.
    """

    sender: str
    type: str
    at: int
    versions: list[tuple[int, str]]
    recalled: bool = False

    def text(self, until: int | None) -> str:
        """What it says, or said when the timeline ended at a seq."""
        seen = [text for seq, text in self.versions if until is None or seq <= until]
        return seen[-1]


@dataclass
class Sees:
    """What a user may see: seqs of stays, both ends included; no end where one is in."""

    stays: list[tuple[int, int | None]]
    hidden: set[int] = field(default_factory=set)
    cleared: int = 0

    @property
    def left(self) -> int | None:
        """Where the last stay has ended; None for one who is in."""
        return self.stays[-1][1]

    def shows(self, seq: int) -> bool:
        """Whether the user may see what stands there."""
        inside = any(first <= seq and (last is None or seq <= last) for first, last in self.stays)
        return inside and seq > self.cleared and seq not in self.hidden


def plain(text: str) -> str:
    """Without case and width."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def scan(
    log: dict[int, Said],
    sees: Sees,
    words: str = "",
    *,
    senders: Iterable[str] | None = None,
    types: Iterable[str] | None = None,
    times: range | None = None,
) -> list[int]:
    """The seqs of the messages that a search must find, the newest first."""
    terms = [plain(word) for word in words.split()]
    return [
        seq
        for seq in sorted(log, reverse=True)
        if sees.shows(seq)
        and not log[seq].recalled
        and (senders is None or log[seq].sender in senders)
        and (types is None or log[seq].type in types)
        and (times is None or log[seq].at in times)
        and all(term in plain(log[seq].text(sees.left)) for term in terms)
    ]
