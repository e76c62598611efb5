"""Requests for friendship, from asking to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chirrup.domain.conversations import Head
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Audience
from chirrup.domain.friends import (
    FRIEND_ADDED,
    REQUEST_ACCEPTED,
    REQUEST_RECEIVED,
    REQUEST_REJECTED,
    Friend,
    FriendRequest,
    FriendRequestIn,
    FriendRequestOut,
)
from chirrup.domain.messages import Entry
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name
from chirrup.ports import Clock, Conversations, Delete, Profile, Put, Records, Users
from chirrup.service.access import audience_of
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.friends import Known, profiles_of
from chirrup.service.pairs import Pair

Direction = Literal["in", "out"]
Status = Literal["pending", "accepted", "expired"]


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
class Request:
    """A request as one of its sides sees it, and the profile of the other."""

    record: FriendRequest
    profile: Profile
    direction: Direction
    status: Status


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


class FriendRequests:
    """What users do who want to be friends."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        users: Users,
        committing: Committing,
        clock: Clock,
        auto_accept: bool,
    ) -> None:
        """Use these.

        Args:
            conversations: For the member items of both.
            records: For requests, friends and quotas.
            users: For profiles.
            committing: Stores and tells.
            clock: For what has expired.
            auto_accept: Whoever asks becomes a friend at once.
        """
        self._conversations = conversations
        self._records = records
        self._users = users
        self._committing = committing
        self._clock = clock
        self._auto_accept = auto_accept

    def list(
        self, actor: Actor, direction: Direction, after: str | None, limit: int
    ) -> tuple[list[Request], str | None]:
        """A page of requests to or from the user, by the other's id; expired ones say so."""
        kind = FriendRequestIn if direction == "in" else FriendRequestOut
        found, next_ = self._records.page(kind, actor.user_id, after, limit)
        now = self._clock.now()
        profiles = profiles_of(self._users, [one.name for one in found])
        return [
            Request(
                one, profiles[one.name], direction, "pending" if one.is_open(now) else "expired"
            )
            for one in found
        ], next_

    def ask(self, actor: Actor, user_id: str, asking: Asking) -> Request:
        """Ask a user for friendship; asking again refreshes the request.

        Where the other has asked as well, or nobody needs to be asked, both are friends at once.

        Raises:
            ChirrupError: `cannot_target_self`, `not_found`, `already_friends`,
                `blocked_by_peer`; `forbidden` when the user blocks the other; `conflict` when one
                of them has too many friends.
        """
        profile = self._users.get(user_id)

        def build(attempt: Attempt) -> Request:
            pair = Pair.read(self._conversations, actor.user_id, user_id)
            if profile is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            check_asking(pair)
            between = Between.read(self._records, actor.user_id, user_id)
            out, in_ = _requests(attempt.now, actor.user_id, user_id, asking, between)
            heard_out, heard = between.heard
            if heard and heard.is_open(attempt.now):
                theirs = heard_out.remark if heard_out else None
                self._befriend(attempt, pair, (asking.remark, theirs), heard.source)
                attempt.write(*between.deleted())
                return Request(out, profile, "out", "accepted")
            if self._auto_accept:
                turned = Pair(pair.conversation, pair.peer, pair.me)
                self._befriend(attempt, turned, (None, asking.remark), asking.source)
                attempt.write(*between.deleted())
                return Request(out, profile, "out", "accepted")
            attempt.write(Put(out), Put(in_), *pair.changed())
            before = between.asked[1]
            if before is None or not before.is_open(attempt.now):
                said = {"text": asking.text} if asking.text else {}
                content = {"user_id": actor.user_id, **said}
                attempt.notify(user_id, actor.user_id, REQUEST_RECEIVED, content)
            return Request(out, profile, "out", "pending")

        return self._committing.run(build)

    def accept(self, actor: Actor, user_id: str, remark: str | None) -> Known:
        """Accept a user's request, once.

        Raises:
            ChirrupError: `cannot_target_self`, `request_handled`, `request_expired`; `conflict`
                when one of them has too many friends.
        """

        def build(attempt: Attempt) -> Friend:
            pair = Pair.read(self._conversations, actor.user_id, user_id)
            between = Between.read(self._records, actor.user_id, user_id)
            out, heard = _answerable(between, attempt.now)
            theirs = out.remark if out else None
            attempt.write(*between.deleted())
            return self._befriend(attempt, pair, (remark, theirs), heard.source)

        friend = self._committing.run(build)
        return Known(friend, profiles_of(self._users, [user_id])[user_id])

    def reject(self, actor: Actor, user_id: str, reason: str | None) -> None:
        """Reject a user's request, once.

        Raises:
            ChirrupError: `request_handled`, `request_expired`.
        """

        def build(attempt: Attempt) -> None:
            between = Between.read(self._records, actor.user_id, user_id)
            _answerable(between, attempt.now)
            attempt.write(*deletions(between.heard))
            content = {"user_id": actor.user_id, **({"reason": reason} if reason else {})}
            attempt.notify(user_id, actor.user_id, REQUEST_REJECTED, content)

        self._committing.run(build)

    def withdraw(self, actor: Actor, user_id: str) -> None:
        """Withdraw one's own request, open or expired.

        Raises:
            ChirrupError: `request_handled` when there is none.
        """

        def build(attempt: Attempt) -> None:
            between = Between.read(self._records, actor.user_id, user_id)
            if not any(between.asked):
                raise ChirrupError(ErrorCode.REQUEST_HANDLED)
            attempt.write(*deletions(between.asked))

        self._committing.run(build)

    def _befriend(
        self,
        attempt: Attempt,
        pair: Pair,
        remarks: tuple[str | None, str | None],
        source: str | None,
    ) -> Friend:
        """Make both friends, in what this attempt stores.

        Args:
            attempt: Stores it.
            pair: As the one sees it who accepts.
            remarks: For the other by who accepts, and for who accepts by the other.
            source: As the request says.

        Returns:
            The other, as a friend of the one who accepts.
        """
        me, peer = pair.me.user_id, pair.peer.user_id
        mine = Friend(owner=me, name=peer, since=attempt.now, source=source, remark=remarks[0])
        theirs = Friend(owner=peer, name=me, since=attempt.now, source=source, remark=remarks[1])
        quotas = self._records.several(Quota, [Name(me), Name(peer)])
        attempt.write(
            Put(mine),
            Put(theirs),
            *(Put(quotas.get(Name(one), Quota(owner=one)).with_friend()) for one in (me, peer)),
            *pair.changed({"friends": True}, {"friends": True}),
        )

        def told(head: Head, entry: Entry) -> Audience:
            return audience_of(pair.conversation, head, entry.seq, muted=pair.muted)

        content = {"user_ids": list(pair.conversation.users)}
        attempt.grow(pair.conversation.id, me, FRIEND_ADDED, content, told)
        attempt.notify(peer, me, REQUEST_ACCEPTED, {"user_id": me})
        return mine


def check_asking(pair: Pair) -> None:
    """Refuse a request that cannot lead to a new friendship.

    Raises:
        ChirrupError: `already_friends`, `blocked_by_peer`; `forbidden` when the user blocks the
            other.
    """
    if pair.me.friends:
        raise ChirrupError(ErrorCode.ALREADY_FRIENDS)
    if pair.me.blocked_by_peer:
        raise ChirrupError(ErrorCode.BLOCKED_BY_PEER)
    if pair.me.blocking_peer:
        raise ChirrupError(ErrorCode.FORBIDDEN, reason="blocking_peer")


def _requests(
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


def _answerable(between: Between, now: int) -> tuple[FriendRequestOut | None, FriendRequestIn]:
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
