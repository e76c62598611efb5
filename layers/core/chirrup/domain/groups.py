"""Groups: what they are, and how one comes into them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.records import Owned, Record
from chirrup.domain.rights import Role

NAME_MAX = 64
DESCRIPTION_MAX = 500
ADMINS_MAX = 10
SLOW_MAX_S = 3600
GROUPS_A_DAY = 100
GROUPS_MAX = 3_000
"""Groups that a user may be in."""
REQUEST_TEXT_MAX = 255
ANNOUNCEMENT_MAX = 2048
NICKNAME_MAX = 32
MUTE_MAX_S = 31_536_000
INVITED_MAX = 50
"""Users whom one request invites."""


class JoinMode(StrEnum):
    """How one comes to be a member."""

    FREE = "free"
    APPROVAL = "approval"
    INVITE = "invite"
    CLOSED = "closed"


class History(StrEnum):
    """What those see who join later: what comes after their joining, or everything."""

    JOIN = "join"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class GroupProfile(Record):
    """What a group is, beside what stands on its head; its `owner` is the conversation id.

    Attributes:
        creator_id: Who made it.
        digest: Of the request that made it: another one under the same client_id is a conflict.
        leader_id: The present owner.
        admin_ids: In the order in which they were made admins.
        member_invite: Members may invite.
        announcement_id: The announcement on top; empty for none.
        created_at: Milliseconds since the epoch.
    """

    KIND: ClassVar[str] = "PROFILE"
    OF: ClassVar[Owned] = "conversation"

    creator_id: str
    digest: str
    leader_id: str
    created_at: int
    admin_ids: tuple[str, ...] = ()
    avatar: str | None = None
    description: str | None = None
    join_mode: JoinMode = JoinMode.APPROVAL
    history: History = History.JOIN
    member_invite: bool = True
    announcement_id: str = ""

    @property
    def in_charge(self) -> tuple[str, ...]:
        """The owner and the admins."""
        return (self.leader_id, *self.admin_ids)

    def with_admin(self, user_id: str) -> "GroupProfile":
        """The same and an admin.

        Raises:
            ChirrupError: `conflict` when there are enough.
        """
        if len(self.admin_ids) >= ADMINS_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_admins", limit=ADMINS_MAX)
        return replace(self, admin_ids=(*self.admin_ids, user_id))

    def without_admin(self, user_id: str) -> "GroupProfile":
        """The same less an admin."""
        return replace(self, admin_ids=tuple(one for one in self.admin_ids if one != user_id))

    def led_by(self, user_id: str) -> "GroupProfile":
        """The same under another owner; the former one becomes an admin where there is room."""
        rest = self.without_admin(user_id).admin_ids
        admins = (*rest, self.leader_id) if len(rest) < ADMINS_MAX else rest
        return replace(self, leader_id=user_id, admin_ids=admins)


@dataclass(frozen=True, slots=True)
class Ban(Record):
    """One who was removed and may not come again by themselves; `owner` the group, `name` the user.

    `Member.banned` says the same where joining looks; this is for the list of them.

    Attributes:
        by: Who removed the user.
        at: Milliseconds since the epoch.
    """

    KIND: ClassVar[str] = "BAN"
    OF: ClassVar[Owned] = "conversation"

    by: str
    at: int


def check_inviting(profile: GroupProfile, role: Role) -> None:
    """Refuse a member who may not invite others; the owner and admins always may.

    Raises:
        ChirrupError: `admin_required`.
    """
    open_ = profile.member_invite and profile.join_mode is not JoinMode.CLOSED
    if role is Role.MEMBER and not open_:
        raise ChirrupError(ErrorCode.ADMIN_REQUIRED)


def check_room(size: int, coming: int, limit: int) -> None:
    """Refuse more members than a group may have.

    Raises:
        ChirrupError: `group_full` with `limit`.
    """
    if coming and size + coming > limit:
        raise ChirrupError(ErrorCode.GROUP_FULL, limit=limit)
