"""Members: inviting, leaving, removing, muting them; what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import GroupEntry, Way
from chirrup.domain.groups import Ban, JoinMode, check_inviting
from chirrup.domain.joining import JoinRequest
from chirrup.domain.occasions import Occasion
from chirrup.domain.records import Name
from chirrup.domain.rights import FOREVER, Act, Role, check_act, check_over
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Delete, MemberChange, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.admitting import BATCH, Admitting
from chirrup.service.committing import Attempt, Committing
from chirrup.service.governing import Governing, Standing, change_member
from chirrup.service.notices import tell_in_charge
from chirrup.service.screening import Screening


@dataclass(frozen=True, slots=True)
class Invited:
    """What has become of those who were invited.

    Attributes:
        added: Those who are members now.
        awaiting: Those whom the owner or an admin has to let in.
    """

    added: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()


class Membership:
    """What is done with the members of a group."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        governing: Governing,
        admitting: Admitting,
        screening: Screening,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._governing = governing
        self._admitting = admitting
        self._screening = screening

    def invite(self, actor: Actor, group_id: str, user_ids: Sequence[str]) -> Invited:
        """Bring users in; those who are in already are passed over.

        Where joining needs approval, those whom a plain member invites wait for it.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `already_member` when all are, `group_full`, `conflict`; `not_friends`,
                `not_found`, `blocked_by_peer` and, for one who is banned, `forbidden` with
                `user_id`.
        """
        left = list(dict.fromkeys(user_ids))
        done = Invited()
        while left:
            step = self._committing.run(partial(self._invite, actor, group_id, left))
            handled = {*step.added, *step.awaiting}
            if not handled:
                break
            done = Invited(done.added + step.added, done.awaiting + step.awaiting)
            left = [user_id for user_id in left if user_id not in handled]
        if not done.added and not done.awaiting:
            raise ChirrupError(ErrorCode.ALREADY_MEMBER)
        return done

    def _invite(
        self, actor: Actor, group_id: str, user_ids: Sequence[str], attempt: Attempt
    ) -> Invited:
        """Bring in as many as one commit takes, once all of them may come."""
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check()
        group, role = standing.group, standing.role
        check_inviting(group.profile, role)
        found = self._conversations.members(group.id, user_ids)
        self._governing.check_current(attempt, group, found.values())
        strangers = [one for one in user_ids if one not in found or not found[one].role]
        if not strangers:
            return Invited()
        if role is Role.MEMBER:
            for user_id in strangers:
                if user_id in found and found[user_id].banned:
                    raise ChirrupError(ErrorCode.FORBIDDEN, user_id=user_id, reason="banned")
        self._admitting.check_welcome(actor.user_id, strangers)
        self._admitting.check_room(group.state.size, len(strangers))
        batch = strangers[:BATCH]
        if role is Role.MEMBER and group.profile.join_mode is JoinMode.APPROVAL:
            self._propose(attempt, standing, batch)
            return Invited(awaiting=tuple(batch))
        content = {"way": Way.INVITED.value, "invited_by": actor.user_id}
        self._admitting.admit(attempt, group, batch, actor.user_id, content)
        return Invited(added=tuple(batch))

    def _propose(self, attempt: Attempt, standing: Standing, user_ids: Sequence[str]) -> None:
        """Make requests of an invitation; what the users have said for themselves stays."""
        group, by = standing.group, standing.member.user_id
        earlier = self._records.several(JoinRequest, [Name(group.id, one) for one in user_ids])
        for user_id in user_ids:
            known = earlier.get(Name(group.id, user_id))
            asked = JoinRequest(
                owner=group.id,
                name=user_id,
                version=known.version if known else 0,
                asked_at=attempt.now,
                text=known.text if known and known.is_open(attempt.now) else None,
                invited_by=by,
            )
            attempt.write(Put(asked))
        content = {"user_ids": list(user_ids), "invited_by": by}
        tell_in_charge(attempt, group, by, content)

    def leave(self, actor: Actor, group_id: str) -> None:
        """Leave a group, also one that was dissolved or that the platform has stopped.

        Raises:
            ChirrupError: `not_member`, `owner_cannot_leave`.
        """

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            if standing.role is Role.OWNER and not standing.group.state.dissolved:
                raise ChirrupError(ErrorCode.OWNER_CANNOT_LEAVE)
            self._admitting.release(attempt, standing.group, standing.member, actor.user_id)

        self._committing.run(build)

    def remove(self, actor: Actor, group_id: str, user_id: str, *, ban: bool) -> None:
        """Remove another member; oneself is to leave.

        Args:
            actor: Who removes.
            group_id: Where from.
            user_id: Whom.
            ban: Only the owner or an admin can bring the user back.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `owner_required`, `not_found`, `owner_cannot_leave`.
        """
        if user_id == actor.user_id:
            self.leave(actor, group_id)
            return

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            standing.check(Act.KICK)
            member, role = self._governing.other(attempt, standing.group, user_id)
            check_over(standing.role, role)
            self._admitting.release(attempt, standing.group, member, actor.user_id, ban=ban)

        self._committing.run(build)

    def bans(
        self, actor: Actor, group_id: str, after: str | None, limit: int
    ) -> tuple[list[Ban], str | None]:
        """A page of those who were removed and banned, by user id.

        Raises:
            ChirrupError: `not_member`, `admin_required`.
        """

        def build(attempt: Attempt) -> tuple[list[Ban], str | None]:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            check_act(Act.KICK, standing.role)
            return self._records.page(Ban, group_id, after, limit)

        return self._committing.run(build)

    def lift_ban(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Let somebody who was banned come again.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `not_found`.
        """

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            standing.check(Act.KICK)
            group = standing.group
            member = self._conversations.member(group.id, user_id)
            ban = self._records.get(Ban, group.id, user_id)
            if member is None or ban is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            entry = self._governing.grow(
                attempt,
                group,
                actor.user_id,
                GroupEntry.UPDATED,
                {"unbanned": True},
                concerned=(user_id,),
            )
            change_member(attempt, member, entry, {"banned": None})
            attempt.write(Delete(ban))

        self._committing.run(build)

    def mute(self, actor: Actor, group_id: str, user_id: str, seconds: int | None) -> None:
        """Stop a member from writing.

        Args:
            actor: Who does it.
            group_id: Where.
            user_id: Whom.
            seconds: How long; None until somebody ends it.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `owner_required`, `cannot_target_self`, `not_found`.
        """

        def build(attempt: Attempt) -> None:
            until = FOREVER if seconds is None else attempt.now + 1000 * seconds
            self._mute(attempt, actor, group_id, user_id, until)

        self._committing.run(build)

    def unmute(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Let a member write again; one who is not muted stays so.

        Raises:
            ChirrupError: As for `mute`.
        """
        self._committing.run(lambda attempt: self._mute(attempt, actor, group_id, user_id, 0))

    def _mute(
        self, attempt: Attempt, actor: Actor, group_id: str, user_id: str, until: int
    ) -> None:
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check(Act.MUTE)
        if user_id == actor.user_id:
            raise ChirrupError(ErrorCode.CANNOT_TARGET_SELF)
        member, role = self._governing.other(attempt, standing.group, user_id)
        check_over(standing.role, role)
        if not until and member.muted_until <= attempt.now:
            return
        entry = self._governing.grow(
            attempt,
            standing.group,
            actor.user_id,
            GroupEntry.MUTED if until else GroupEntry.UNMUTED,
            {} if until in (0, FOREVER) else {"until": until},
            concerned=(user_id,),
        )
        change_member(attempt, member, entry, {"muted_until": until or None})

    def rename(self, actor: Actor, group_id: str, nickname: str | None) -> None:
        """Set what one wants to be called in the group; None for one's own name.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `sensitive_word`.
        """

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            standing.check()
            written = Occasion(actor.user_id, "nickname", group_id)
            kept = self._screening.fields(written, {"nickname": nickname})
            attempt.write(MemberChange(group_id, actor.user_id, kept))

        self._committing.run(build)
