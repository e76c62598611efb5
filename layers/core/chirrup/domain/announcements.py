"""Announcements of a group."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from chirrup.domain.records import Record

ANNOUNCEMENTS_MAX = 100
"""Announcements that a group keeps."""
ANNOUNCEMENT_ID = r"a_[0-9A-HJKMNP-TV-Z]{26}"
"""`a_` and 130 bits in Crockford's base 32."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME_MAX = (1 << 50) - 1
_CHANCE_BITS = 80


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
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

    text: str
    author_id: str
    created_at: int
    seq: int
    edited_at: int = 0


def announcement_id(now: int, chance: int) -> str:
    """A new id; ids in ascending order begin with the newest, as pages of records do.

    So it holds the time that is left, 50 bits of it, where a ULID holds the time that has passed.

    Args:
        now: Milliseconds since the epoch.
        chance: 80 random bits.
    """
    bits = (_TIME_MAX - now) << _CHANCE_BITS | chance
    return "a_" + "".join(_DIGITS[bits >> 5 * place & 31] for place in range(25, -1, -1))
