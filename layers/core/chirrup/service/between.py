"""The requests between two users, as both of them hold them."""

from collections.abc import Iterable
from dataclasses import dataclass

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import FriendRequest, FriendRequestIn, FriendRequestOut
from chirrup.domain.records import Name
from chirrup.ports.records import Delete, Records


@dataclass(frozen=True, slots=True)
class Asking:
    """What a user says who asks for friendship.

    Attributes:
        text: To the other.
        remark: The user's own name for the friend to be.
        source: How they came to know each other.
    """

    text: str | None = None
    remark: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """The requests between two users, in both directions, as one of them sees it.

    Attributes:
        asked: What this user has asked, as this user has it, and as the other has it.
        heard: What the other has asked, likewise.
    """

    asked: tuple[FriendRequestOut | None, FriendRequestIn | None]
    heard: tuple[FriendRequestOut | None, FriendRequestIn | None]

    @staticmethod
    def read(records: Records, user_id: str, peer_id: str) -> "Between":
        """Read all of them."""
        mine, theirs = Name(user_id, peer_id), Name(peer_id, user_id)
        outs = records.several(FriendRequestOut, [mine, theirs])
        ins = records.several(FriendRequestIn, [mine, theirs])
        return Between((outs.get(mine), ins.get(theirs)), (outs.get(theirs), ins.get(mine)))

    def deleted(self) -> list[Delete]:
        """All of them deleted."""
        return deletions((*self.asked, *self.heard))


def deletions(records: Iterable[FriendRequest | None]) -> list[Delete]:
    """Those that exist, deleted."""
    return [Delete(record) for record in records if record]


def requests_of(
    now: int, user_id: str, peer_id: str, asking: Asking, between: Between
) -> tuple[FriendRequestOut, FriendRequestIn]:
    """Both sides of a request, in place of those that there are."""
    out, in_ = between.asked
    return (
        FriendRequestOut(
            owner=user_id,
            name=peer_id,
            version=out.version if out else 0,
            asked_at=now,
            text=asking.text,
            source=asking.source,
            remark=asking.remark,
        ),
        FriendRequestIn(
            owner=peer_id,
            name=user_id,
            version=in_.version if in_ else 0,
            asked_at=now,
            text=asking.text,
            source=asking.source,
        ),
    )


def answerable(between: Between, now: int) -> tuple[FriendRequestOut | None, FriendRequestIn]:
    """What the other has asked, on both sides, if it can be answered.

    Raises:
        ChirrupError: `request_handled`, `request_expired`.
    """
    out, heard = between.heard
    if heard is None:
        raise ChirrupError(ErrorCode.REQUEST_HANDLED)
    if not heard.is_open(now):
        raise ChirrupError(ErrorCode.REQUEST_EXPIRED)
    return out, heard
