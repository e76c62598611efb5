"""Ways into a group: requests that somebody answers, and links that anybody may use."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.records import Record

DAY_MS = 24 * 60 * 60 * 1000
REQUEST_MS = 7 * DAY_MS
"""How long a request can be answered."""
KEPT_MS = 30 * DAY_MS
"""How long a request is known after that, so that late answers are refused with the reason."""
LINK_S = 7 * 24 * 60 * 60
LINK_MAX_S = 31_536_000
LINK_USES_MAX = 10_000
LINKS_MAX = 100
"""Links of one group at a time."""


CODE = r"[A-Za-z0-9_\-]{1,64}"
"""What the codes of links look like."""

_CODE = re.compile(CODE)


def is_code(text: str) -> bool:
    """Whether the text may be the code of a link."""
    return _CODE.fullmatch(text) is not None


class Status(StrEnum):
    """What has become of a request."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class JoinRequest(Record):
    """The last request of a user to come into a group; `owner` the group, `name` the user.

    Attributes:
        asked_at: When it was made, or made anew (ms since epoch).
        text: What the user says for themselves.
        invited_by: The member who invited the user; None for one who asked.
        handled_by: Who has answered.
        handled_at: Milliseconds since the epoch; 0 before.
    """

    KIND: ClassVar[str] = "REQUEST"
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

    asked_at: int
    text: str | None = None
    invited_by: str | None = None
    status: Status = Status.PENDING
    handled_by: str | None = None
    handled_at: int = 0

    @property
    def expires_at(self) -> int:
        """When it is forgotten; see `Record`."""
        return self.asked_at + REQUEST_MS + KEPT_MS

    def is_open(self, now: int) -> bool:
        """Whether it waits for an answer (now: ms since epoch)."""
        return self.status is Status.PENDING and now < self.asked_at + REQUEST_MS

    def check_open(self, now: int) -> None:
        """Refuse an answer to one that waits for none.

        Raises:
            ChirrupError: `request_handled`, `request_expired`.
        """
        if self.status is not Status.PENDING:
            raise ChirrupError(ErrorCode.REQUEST_HANDLED)
        if not self.is_open(now):
            raise ChirrupError(ErrorCode.REQUEST_EXPIRED)

    def handled(self, status: Status, user_id: str, now: int) -> "JoinRequest":
        """The same, answered."""
        return replace(self, status=status, handled_by=user_id, handled_at=now)


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
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

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
    """A user has joined by a link, which is no good to them any more; `owner` the group.

    Attributes:
        ends_at: The end of the link (ms since epoch).
    """

    KIND: ClassVar[str] = "INVITEUSE"
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

    ends_at: int

    @staticmethod
    def name_of(code: str, user_id: str) -> str:
        """The name of the use of a link by a user."""
        return f"{code}#{user_id}"

    @property
    def expires_at(self) -> int:
        """When it is forgotten; see `Record`."""
        return self.ends_at
