"""Requests for friendship, from asking to the answer."""

from dataclasses import dataclass
from typing import Literal

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import (
    REQUEST_RECEIVED,
    REQUEST_REJECTED,
    Friend,
    FriendRequest,
    FriendRequestIn,
    FriendRequestOut,
)
from chirrup.ports import Clock, Profile, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.service.actor import Actor
from chirrup.service.befriending import befriend
from chirrup.service.between import Asking, Between, answerable, deletions, requests_of
from chirrup.service.committing import Attempt, Committing
from chirrup.service.friends import Known, profiles_of
from chirrup.service.pairs import Pair

Direction = Literal["in", "out"]
Status = Literal["pending", "accepted", "expired"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as one of its sides sees it, and the profile of the other."""

    record: FriendRequest
    profile: Profile
    direction: Direction
    status: Status


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
            out, in_ = requests_of(attempt.now, actor.user_id, user_id, asking, between)
            heard_out, heard = between.heard
            if heard and heard.is_open(attempt.now):
                theirs = heard_out.remark if heard_out else None
                befriend(self._records, attempt, pair, (asking.remark, theirs), heard.source)
                attempt.write(*between.deleted())
                return Request(out, profile, "out", "accepted")
            if self._auto_accept:
                turned = Pair(pair.conversation, pair.peer, pair.me)
                befriend(self._records, attempt, turned, (None, asking.remark), asking.source)
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
            out, heard = answerable(between, attempt.now)
            theirs = out.remark if out else None
            attempt.write(*between.deleted())
            return befriend(self._records, attempt, pair, (remark, theirs), heard.source)

        friend = self._committing.run(build)
        return Known(friend, profiles_of(self._users, [user_id])[user_id])

    def reject(self, actor: Actor, user_id: str, reason: str | None) -> None:
        """Reject a user's request, once.

        Raises:
            ChirrupError: `request_handled`, `request_expired`.
        """

        def build(attempt: Attempt) -> None:
            between = Between.read(self._records, actor.user_id, user_id)
            answerable(between, attempt.now)
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
