"""Who may do what in a group, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chirrup.domain.errors import ChirrupError, ErrorCode

FOREVER = 2**53 - 1
"""The end of a mute that ends only when somebody ends it (ms since epoch)."""


class Role(StrEnum):
    """What a member may do; see `ACTS`."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


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
