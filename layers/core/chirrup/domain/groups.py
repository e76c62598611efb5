"""Groups: what they are, and who may do what in them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.records import Record

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
RECEIPTS_MAX = 500
"""Members up to which senders are told at once who has read."""
TYPING_MAX = 100
"""Members up to which typing is told."""
FOREVER = 2**53 - 1
"""The end of a mute that ends only when somebody ends it (ms since epoch)."""
MUTE_MAX_S = 31_536_000
INVITED_MAX = 50
"""Users whom one request invites."""


class Role(StrEnum):
    """What a member may do; see `ACTS`."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


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


class Act(StrEnum):
    """What the table of rights is about."""

    CHANGE = "change"
    DISSOLVE = "dissolve"
    TRANSFER = "transfer"
    CHANGE_ADMINS = "change_admins"
    KICK = "kick"
    MUTE = "mute"
    MUTE_ALL = "mute_all"
    PIN = "pin"
    ANNOUNCE = "announce"
    APPROVE = "approve"
    LINK = "link"
    MENTION_ALL = "mention_all"


_OWNER = frozenset({Role.OWNER})
_IN_CHARGE = frozenset({Role.OWNER, Role.ADMIN})
ACTS: Mapping[Act, frozenset[Role]] = {
    Act.CHANGE: _IN_CHARGE,
    Act.DISSOLVE: _OWNER,
    Act.TRANSFER: _OWNER,
    Act.CHANGE_ADMINS: _OWNER,
    Act.KICK: _IN_CHARGE,
    Act.MUTE: _IN_CHARGE,
    Act.MUTE_ALL: _IN_CHARGE,
    Act.PIN: _IN_CHARGE,
    Act.ANNOUNCE: _IN_CHARGE,
    Act.APPROVE: _IN_CHARGE,
    Act.LINK: _IN_CHARGE,
    Act.MENTION_ALL: _IN_CHARGE,
}
"""Who may do what; what is not listed every member may do."""


@dataclass(frozen=True, slots=True)
class GroupState:
    """What every send has to know of its group; it stands on the head.

    Attributes:
        name: For lists of conversations.
        size: Members.
        muted_all: Only owner and admins may write.
        slow_s: Seconds between two messages of a member; 0 for no limit.
        dissolved: Nothing can be changed or written any more.
        banned: The platform has stopped the group.
    """

    name: str
    size: int
    muted_all: bool = False
    slow_s: int = 0
    dissolved: bool = False
    banned: bool = False


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
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

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
    OF: ClassVar[Literal["user", "conversation"]] = "conversation"

    by: str
    at: int


def check_act(act: Act, role: Role | None) -> None:
    """Refuse what a role may not do.

    Raises:
        ChirrupError: `not_member` without a role; `owner_required`, `admin_required`.
    """
    if role is None:
        raise ChirrupError(ErrorCode.NOT_MEMBER)
    allowed = ACTS[act]
    if role not in allowed:
        raise ChirrupError(
            ErrorCode.ADMIN_REQUIRED if Role.ADMIN in allowed else ErrorCode.OWNER_REQUIRED
        )


def check_over(role: Role, other: Role) -> None:
    """Refuse an admin who acts on the owner or another admin; the owner may act on all others.

    Raises:
        ChirrupError: `owner_required`.
    """
    if role is not Role.OWNER and other is not Role.MEMBER:
        raise ChirrupError(ErrorCode.OWNER_REQUIRED)


def check_alive(state: GroupState) -> None:
    """Refuse changes of a group that was dissolved, or stopped by the platform.

    Raises:
        ChirrupError: `group_dissolved`, `group_banned`.
    """
    if state.dissolved:
        raise ChirrupError(ErrorCode.GROUP_DISSOLVED)
    if state.banned:
        raise ChirrupError(ErrorCode.GROUP_BANNED)


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


def check_may_write(state: GroupState, role: Role, muted_until: int, now: int) -> None:
    """Refuse writing where the group or its rules do not allow it now.

    Args:
        state: Of the group.
        role: Of who writes.
        muted_until: End of that member's mute (ms since epoch); 0 for none.
        now: Milliseconds since the epoch.

    Raises:
        ChirrupError: `group_dissolved`, `group_banned`, `group_muted`, `member_muted`.
    """
    check_alive(state)
    if state.muted_all and role is Role.MEMBER:
        raise ChirrupError(ErrorCode.GROUP_MUTED)
    if muted_until > now:
        ends = {} if muted_until == FOREVER else {"muted_until": muted_until}
        raise ChirrupError(ErrorCode.MEMBER_MUTED, **ends)


def check_slow(state: GroupState, role: Role, last_sent_at: int, now: int) -> None:
    """Refuse a member who writes again too soon in slow mode; owner and admins may.

    Raises:
        ChirrupError: `rate_limited` with `retry_after_ms`.
    """
    wait = last_sent_at + 1000 * state.slow_s - now
    if state.slow_s and role is Role.MEMBER and wait > 0:
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=wait, reason="slow_mode")
