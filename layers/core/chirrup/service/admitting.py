"""Members coming and going: all that changes with them, in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chirrup.domain import membership
from chirrup.domain.conversations import Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import Friend
from chirrup.domain.group_entries import GroupEntry
from chirrup.domain.groups import Ban, check_room
from chirrup.domain.joining import JoinRequest, Status
from chirrup.domain.messages import Entry, Json
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name
from chirrup.domain.rights import Role
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.committing import Attempt
from chirrup.service.governing import Governing, Group, change_member

BATCH = 24
"""Users who come in with one entry. Each takes four of the 100 items that a commit may hold:
a member, a quota, a part of the roster, an open request or a ban. Entry and head take two more."""


class Admitting:
    """Declares what is stored when members come and go."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        users: Users,
        governing: Governing,
        friends_only: bool,
        members_max: int,
    ) -> None:
        """Use these.

        Args:
            conversations: Where members are.
            records: Where rosters, quotas, requests, bans and friends are.
            users: Who exists.
            governing: Declares the entries.
            friends_only: Only friends may be brought in.
            members_max: Members that a group may have.
        """
        self._conversations = conversations
        self._records = records
        self._users = users
        self._governing = governing
        self._friends_only = friends_only
        self._members_max = members_max

    def check_room(self, size: int, coming: int) -> None:
        """Refuse more members than a group may have.

        Raises:
            ChirrupError: `group_full`.
        """
        check_room(size, coming, self._members_max)

    def unwelcome(self, user_id: str, invited: Sequence[str]) -> dict[str, ErrorCode]:
        """Those whom a user may not bring into a group, and why."""
        if self._friends_only:
            sides = [Name(user_id, other) for other in invited]
            friends = {name.name for name in self._records.several(Friend, sides)}
            refused = {other: ErrorCode.NOT_FRIENDS for other in invited if other not in friends}
        else:
            known = self._users.profiles(invited).keys()
            refused = {other: ErrorCode.NOT_FOUND for other in invited if other not in known}
        for other in self._conversations.blockers(user_id, invited):
            refused.setdefault(other, ErrorCode.BLOCKED_BY_PEER)
        return refused

    def check_welcome(self, user_id: str, invited: Sequence[str]) -> None:
        """Refuse to bring in somebody who is no friend, or has blocked the user.

        Raises:
            ChirrupError: `not_friends`, `not_found`, `blocked_by_peer`, with `user_id`.
        """
        for other, code in self.unwelcome(user_id, invited).items():
            raise ChirrupError(code, user_id=other)

    def admit(
        self,
        attempt: Attempt,
        group: Group,
        coming: Sequence[str],
        sender_id: str,
        content: Json,
        *,
        founder: str | None = None,
        answered: JoinRequest | None = None,
    ) -> Entry:
        """Have users come in; none of them is in already.

        Open requests of theirs are answered by it, and bans end.

        Args:
            attempt: Of the commit.
            group: As read.
            coming: Who; `BATCH` at most, and the founder.
            sender_id: Who lets them in.
            content: What a client needs to show it.
            founder: Who has just made the group.
            answered: The request of the only one who comes, as it was checked.

        Raises:
            ChirrupError: `group_full`; `conflict` for one who is in too many groups already,
                `rate_limited` for a founder who has made too many.
        """
        self.check_room(group.state.size, len(coming))
        found = self._conversations.mentioned(group.id, coming)
        quotas = self._quotas(coming, founder, attempt.now)
        entry = self._governing.grow(
            attempt,
            group,
            sender_id,
            GroupEntry.CREATED if founder else GroupEntry.JOINED,
            content,
            concerned=coming,
            state=replace(group.state, size=group.state.size + len(coming)),
            new_roster=True,
        )
        for user_id in coming:
            member, _ = found.get(user_id, (Member(group.id, user_id), Settings()))
            role = Role.OWNER if user_id == founder else Role.MEMBER
            changes = membership.joined(member, entry, group.profile.history, role)
            change_member(attempt, member, entry, changes)
            attempt.write(Put(quotas[user_id]))
        muted = {user_id for user_id, (_, settings) in found.items() if settings.muted}
        self._enlist(attempt, group, entry, coming, muted)
        asked = [answered] if answered else self._asked(group, coming)
        attempt.write(*(Put(one.handled(Status.ACCEPTED, sender_id, attempt.now)) for one in asked))
        self._pardon(attempt, group, [user_id for user_id, (one, _) in found.items() if one.banned])
        return entry

    def release(
        self,
        attempt: Attempt,
        group: Group,
        member: Member,
        sender_id: str,
        *,
        ban: bool = False,
    ) -> Entry:
        """Have a member leave, or be removed by another.

        Args:
            attempt: Of the commit.
            group: As read.
            member: Who.
            sender_id: The member, or who removes them.
            ban: They may not come again by themselves.
        """
        user_id = member.user_id
        own = sender_id == user_id
        entry = self._governing.grow(
            attempt,
            group,
            sender_id,
            GroupEntry.LEFT if own else GroupEntry.REMOVED,
            {} if own else {"banned": ban},
            concerned=(user_id,),
            state=replace(group.state, size=group.state.size - 1),
            new_roster=True,
            parting=(user_id,),
        )
        change_member(attempt, member, entry, membership.left(entry, group.state.name, banned=ban))
        chunk = self._chunks(group, [user_id])[chunk_of(user_id)]
        since = {one: seq for one, seq in chunk.since.items() if one != user_id}
        muted = tuple(one for one in chunk.muted if one != user_id)
        quota = self._records.get(Quota, user_id) or Quota(owner=user_id)
        attempt.write(Put(replace(chunk, since=since, muted=muted)), Put(quota.without_group()))
        if user_id in group.profile.admin_ids:
            attempt.write(Put(group.profile.without_admin(user_id)))
        # Left behind by one who was brought in at the very moment of asking.
        asked = self._asked(group, [user_id])
        attempt.write(*(Put(one.handled(Status.WITHDRAWN, user_id, attempt.now)) for one in asked))
        if ban:
            attempt.write(Put(Ban(owner=group.id, name=user_id, by=sender_id, at=attempt.now)))
        return entry

    def _quotas(self, coming: Sequence[str], founder: str | None, now: int) -> dict[str, Quota]:
        stored = self._records.several(Quota, [Name(user_id) for user_id in coming])
        quotas = {}
        for user_id in coming:
            quota = stored.get(Name(user_id)) or Quota(owner=user_id)
            try:
                quota = quota.with_made(now) if user_id == founder else quota
                quotas[user_id] = quota.with_group()
            except ChirrupError as error:
                error.details["user_id"] = user_id
                raise
        return quotas

    def _chunks(self, group: Group, user_ids: Sequence[str]) -> dict[str, RosterChunk]:
        names = {chunk_of(user_id) for user_id in user_ids}
        found = self._records.several(RosterChunk, [Name(group.id, name) for name in names])
        return {
            name: found.get(Name(group.id, name)) or RosterChunk(owner=group.id, name=name)
            for name in names
        }

    def _enlist(
        self, attempt: Attempt, group: Group, entry: Entry, coming: Sequence[str], muted: set[str]
    ) -> None:
        since = membership.first_seen(entry, group.profile.history)
        for name, chunk in self._chunks(group, coming).items():
            ours = [user_id for user_id in coming if chunk_of(user_id) == name]
            silent = [one for one in ours if one in muted and one not in chunk.muted]
            attempt.write(
                Put(
                    replace(
                        chunk,
                        since={**chunk.since, **dict.fromkeys(ours, since)},
                        muted=(*chunk.muted, *silent),
                    )
                )
            )

    def _asked(self, group: Group, user_ids: Sequence[str]) -> list[JoinRequest]:
        """Requests that wait for an answer."""
        names = [Name(group.id, user_id) for user_id in user_ids]
        found = self._records.several(JoinRequest, names).values()
        return [request for request in found if request.status is Status.PENDING]

    def _pardon(self, attempt: Attempt, group: Group, banned: Sequence[str]) -> None:
        names = [Name(group.id, user_id) for user_id in banned]
        bans: Mapping[Name, Ban] = self._records.several(Ban, names)
        attempt.write(*map(Delete, bans.values()))
