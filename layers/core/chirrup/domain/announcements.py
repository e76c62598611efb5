"""Announcements of a group."""

from dataclasses import dataclass
from typing import ClassVar

from chirrup.domain.records import Owned, Record

ANNOUNCEMENTS_MAX = 100
"""Announcements that a group keeps."""
ANNOUNCEMENT_ID = r"a_[0-9A-HJKMNP-TV-Z]{11}"
"""`a_` and 55 bits in Crockford's base 32."""
REPEAT_MS = 5 * 60 * 1000
"""So long the same words of the same user are taken for a request that was sent again."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SEQ_MAX = (1 << 55) - 1


@dataclass(frozen=True, slots=True)
class Announcement(Record):
    """An announcement; its `owner` is the group, its `name` the id.

    Attributes:
        text: As it is now.
        author_id: Who made it.
        created_at: Milliseconds since the epoch.
        seq: Of the entry that says it: who has read up to there has read it.
        edited_at: When its text was changed last (ms since epoch); 0 for never.
    """

    KIND: ClassVar[str] = "ANNOUNCEMENT"
    OF: ClassVar[Owned] = "conversation"

    text: str
    author_id: str
    created_at: int
    seq: int
    edited_at: int = 0

    def repeats(self, text: str, user_id: str, now: int) -> bool:
        """Whether these words of a user (ms since epoch) are this announcement, said again."""
        recent = now - self.created_at <= REPEAT_MS
        return recent and (self.text, self.author_id) == (text, user_id)


def announcement_id(seq: int) -> str:
    """The id of an announcement that an entry tells first.

    In ascending order ids begin with the newest, as pages of records do: it holds how far the seq
    is from the last that there could be.
    """
    left = _SEQ_MAX - seq
    return "a_" + "".join(_DIGITS[left >> 5 * place & 31] for place in range(10, -1, -1))
