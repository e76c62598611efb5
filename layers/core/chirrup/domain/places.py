"""Places in a search over many conversations, as cursors that clients bring back."""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from chirrup.domain.ids import CONVERSATION_ID_MAX, short_hash

RECENT_MAX = 100
"""Conversations whose order a cursor keeps: those with the last messages when a search begins."""
PLACE_MAX = 1_500
"""Characters of the longest cursor."""
_HASH = 8
_PLACE = re.compile(
    rf"([0-9]{{1,16}})\.([0-9]{{1,3}})\.((?:[A-Za-z0-9_-]{{{_HASH}}}){{0,{RECENT_MAX}}})"
    rf"\.([!-~]{{0,{CONVERSATION_ID_MAX}}})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a search goes on: in the recent conversations, or then in the others, by their ids.

    Attributes:
        recent: Marks of the recent ones, in the order that they had when the search began.
        at: Which of them is next; their number when all are done.
        id: Of the others: the one that is next where `below` says so, else the last one done.
        below: Only below this seq of the next one; 0 for all of it.
    """

    recent: tuple[str, ...] = field(default=())
    at: int = 0
    id: str = ""
    below: int = 0

    def text(self) -> str:
        """The cursor."""
        plain = f"{self.below}.{self.at}.{''.join(self.recent)}.{self.id}"
        return urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()


def mark(conversation_id: str) -> str:
    """What tells a conversation from the others of a user: 48 bits of a hash."""
    return short_hash(conversation_id)[:_HASH]


def parse_place(cursor: str) -> Place | None:
    """The place that a cursor names; None if it is none."""
    try:
        plain = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    found = _PLACE.fullmatch(plain)
    if found is None:
        return None
    below, at, marks, id_ = found.groups()
    recent = tuple(marks[place : place + _HASH] for place in range(0, len(marks), _HASH))
    return Place(recent, int(at), id_, int(below)) if int(at) <= len(recent) else None
