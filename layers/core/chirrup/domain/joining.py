"""Requests to come into a group, which somebody answers."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.records import Owned, Record

DAY_MS = 24 * 60 * 60 * 1000
REQUEST_MS = 7 * DAY_MS
"""How long a request can be answered."""
KEPT_MS = 30 * DAY_MS
"""How long a request is known after that, so that late answers are refused with the reason."""


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
    OF: ClassVar[Owned] = "conversation"

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
