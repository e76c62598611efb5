"""Links into a group, which anybody may use who was given one."""

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.records import Owned, Record

LINK_S_MIN = 60
LINK_S = 7 * 24 * 60 * 60
LINK_MAX_S = 31_536_000
LINK_USES_MAX = 10_000
LINKS_MAX = 100
"""Links of one group at a time."""
CODE = r"[A-Za-z0-9_\-]{1,64}"
_CODE = re.compile(CODE)


def is_code(text: str) -> bool:
    """Whether the text may be the code of a link."""
    return _CODE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Invite(Record):
    """A link into a group; `owner` the group, `name` its code.

    Attributes:
        by: Who made it.
        made_at: Milliseconds since the epoch.
        ends_at: When it ends (ms since epoch).
        max_uses: How many users may join by it; None for any number.
        uses: How many have.
    """

    KIND: ClassVar[str] = "INVITE"
    OF: ClassVar[Owned] = "conversation"

    by: str
    made_at: int
    ends_at: int
    max_uses: int | None = None
    uses: int = 0

    @property
    def expires_at(self) -> int:
        """When it is forgotten; see `Record`."""
        return self.ends_at

    def is_good(self, now: int) -> bool:
        """Whether somebody may join by it (now: ms since epoch)."""
        return now < self.ends_at and (self.max_uses is None or self.uses < self.max_uses)

    def used(self) -> "Invite":
        """The same, used once more."""
        return replace(self, uses=self.uses + 1)


@dataclass(frozen=True, slots=True)
class InviteUse(Record):
    """A user has joined by a link that ends at `ends_at` (ms); it is no good to them any more."""

    KIND: ClassVar[str] = "INVITEUSE"
    OF: ClassVar[Owned] = "conversation"

    ends_at: int

    @staticmethod
    def name_of(code: str, user_id: str) -> str:
        """The name of the use of a link by a user."""
        return f"{code}#{user_id}"

    @property
    def expires_at(self) -> int:
        """When it is forgotten; see `Record`."""
        return self.ends_at
