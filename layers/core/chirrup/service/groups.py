"""Groups: making them, changing their rules and who leads them, dissolving them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import partial
from typing import Any

from chirrup.domain import ids
from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import GroupEntry, Way
from chirrup.domain.groups import GroupProfile, History, JoinMode
from chirrup.domain.ids import parse_conversation_id
from chirrup.domain.messages import payload_digest
from chirrup.domain.occasions import Occasion
from chirrup.domain.records import Name
from chirrup.domain.rights import Act, GroupState, Role, check_act
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.service.access import active_view, own_group
from chirrup.service.actor import Actor
from chirrup.service.admitting import BATCH, Admitting
from chirrup.service.appearance import Appearance
from chirrup.service.committing import Attempt, Committing
from chirrup.service.governing import Governing, Group

_OF_STATE = frozenset(one.name for one in fields(GroupState))
"""What stands on the head; the rest of what can be changed stands in the profile."""


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group as somebody wants it made; what is None is left to the installation.

    Attributes:
        member_ids: Its first members, beside who makes it.
    """

    client_id: str
    name: str
    member_ids: Sequence[str] = ()
    avatar: str | None = None
    description: str | None = None
    join_mode: JoinMode | None = None
    history: History | None = None
    member_invite: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """A group as one of its members sees it."""

    head: Head
    state: GroupState
    profile: GroupProfile
    member: Member


class GroupService:
    """What is done with a group as a whole."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        governing: Governing,
        admitting: Admitting,
        appearance: Appearance,
        clock: Clock,
        history: History,
    ) -> None:
        """Use these.

        Args:
            conversations: Where heads and members are.
            records: Where profiles are.
            committing: Stores the changes.
            governing: Declares them.
            admitting: Declares who comes in.
            appearance: Looks at names, descriptions and avatars.
            clock: For times.
            history: What newcomers see of a new group, where its maker does not say.
        """
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._governing = governing
        self._admitting = admitting
        self._appearance = appearance
        self._clock = clock
        self._history = history

    def create(self, actor: Actor, new: NewGroup) -> OwnGroup:
        """Make a group, or find the one that an earlier attempt made, and complete it.

        Raises:
            ChirrupError: `idempotency_conflict`, `group_full`, `not_friends`, `not_found`,
                `blocked_by_peer`, `sensitive_word`, `media_not_found`, `media_not_allowed`,
                `conflict`, `rate_limited`; `not_member` for one who has made it and left.
        """
        group_id = ids.group_id(actor.user_id, new.client_id)
        first = [one for one in dict.fromkeys(new.member_ids) if one != actor.user_id]
        self._admitting.check_room(1, len(first))
        made = self._committing.run(partial(self._make, actor, new, group_id, first))
        done = first[: BATCH - 1] if made else []
        rest = [user_id for user_id in first if user_id not in done]
        for at in range(0, len(rest), BATCH):
            self._committing.run(partial(self._complete, actor, group_id, rest[at : at + BATCH]))
        return self.get(actor, group_id)

    def _make(
        self, actor: Actor, new: NewGroup, group_id: str, first: Sequence[str], attempt: Attempt
    ) -> bool:
        """Make it with as many as one commit takes; False if it was made before."""
        digest = _digest(new)
        attempt.head(group_id)
        made = self._records.get(GroupProfile, group_id)
        if made:
            if made.digest != digest:
                raise ChirrupError(ErrorCode.IDEMPOTENCY_CONFLICT, conversation_id=group_id)
            return False
        self._admitting.check_welcome(actor.user_id, first)
        written = Occasion(actor.user_id, "group", group_id, new.client_id)
        shown = {"name": new.name, "description": new.description, "avatar": new.avatar}
        new = replace(new, **self._appearance.checked(written, shown))
        chosen = {
            "join_mode": new.join_mode,
            "history": new.history or self._history,
            "member_invite": new.member_invite,
        }
        profile = GroupProfile(
            owner=group_id,
            creator_id=actor.user_id,
            digest=digest,
            leader_id=actor.user_id,
            created_at=attempt.now,
            avatar=new.avatar,
            description=new.description,
            **{name: value for name, value in chosen.items() if value is not None},  # type: ignore[arg-type]
        )
        conversation = parse_conversation_id(group_id)
        group = Group(conversation, GroupState(new.name, size=0), profile)
        attempt.write(Put(profile))
        coming = [actor.user_id, *first[: BATCH - 1]]
        content = {"name": new.name}
        self._admitting.admit(attempt, group, coming, actor.user_id, content, founder=actor.user_id)
        return True

    def _complete(
        self, actor: Actor, group_id: str, batch: Sequence[str], attempt: Attempt
    ) -> None:
        """Have those come in who never did; whoever left since, or is no friend now, does not."""
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        state = standing.group.state
        if standing.role is not Role.OWNER or state.dissolved or state.banned:
            return
        known = self._conversations.members(group_id, batch)
        missing = [user_id for user_id in batch if user_id not in known]
        unwelcome = self._admitting.unwelcome(actor.user_id, missing) if missing else {}
        coming = [user_id for user_id in missing if user_id not in unwelcome]
        if coming:
            content = {"way": Way.INVITED.value, "invited_by": actor.user_id}
            self._admitting.admit(attempt, standing.group, coming, actor.user_id, content)

    def get(self, actor: Actor, group_id: str) -> OwnGroup:
        """One of one's groups.

        Raises:
            ChirrupError: `invalid_request`, `not_member`.
        """
        conversation = own_group(group_id)
        now = self._clock.now()
        head, member, _ = active_view(self._conversations, conversation, actor.user_id, now)
        profile = self._records.get(GroupProfile, conversation.id)
        if head.group is None or profile is None:
            raise ChirrupError(ErrorCode.NOT_MEMBER)
        return OwnGroup(head, head.group, profile, member)

    def list(
        self, actor: Actor, after: str | None, limit: int
    ) -> tuple[list[OwnGroup], str | None]:
        """A page of one's groups, by id; those that one has left are passed over."""
        views, next_ = self._conversations.views(actor.user_id, after, limit, "g_")
        in_ = [(head, member) for head, member, _ in views if member.role and head.group]
        names = [Name(head.conversation_id) for head, _ in in_]
        profiles = self._records.several(GroupProfile, names)
        return [
            OwnGroup(head, head.group, profiles[Name(head.conversation_id)], member)
            for head, member in in_
            if head.group and Name(head.conversation_id) in profiles
        ], next_

    def change(self, actor: Actor, group_id: str, changes: Mapping[str, Any]) -> OwnGroup:
        """Change the rules of a group, or what it looks like; muting all has an entry of its own.

        Args:
            actor: Who.
            group_id: Which.
            changes: Fields of `GroupState` and `GroupProfile` by name.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `sensitive_word`, `media_not_found`, `media_not_allowed`.
        """
        muted_all = changes.get("muted_all")
        others = {name: value for name, value in changes.items() if name != "muted_all"}
        if others or muted_all is None:
            self._committing.run(partial(self._change, actor, group_id, others))
        if muted_all is not None:
            self._committing.run(partial(self._mute_all, actor, group_id, muted_all))
        return self.get(actor, group_id)

    def _change(
        self, actor: Actor, group_id: str, changes: Mapping[str, Any], attempt: Attempt
    ) -> None:
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check(Act.CHANGE)
        group = standing.group
        changes = self._appearance.checked(Occasion(actor.user_id, "group", group_id), changes)
        new = {
            name: value
            for name, value in changes.items()
            if value != getattr(group.state if name in _OF_STATE else group.profile, name)
        }
        of_state = {name: value for name, value in new.items() if name in _OF_STATE}
        of_profile = {name: value for name, value in new.items() if name not in _OF_STATE}
        if not new:
            return
        if of_profile:
            attempt.write(Put(replace(group.profile, **of_profile)))
        self._governing.grow(
            attempt,
            group,
            actor.user_id,
            GroupEntry.UPDATED,
            {"changes": {name: _plain(value) for name, value in new.items()}},
            state=replace(group.state, **of_state) if of_state else None,
        )

    def _mute_all(self, actor: Actor, group_id: str, muted: bool, attempt: Attempt) -> None:
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check(Act.MUTE_ALL)
        group = standing.group
        if group.state.muted_all != muted:
            self._governing.grow(
                attempt,
                group,
                actor.user_id,
                GroupEntry.MUTED_ALL if muted else GroupEntry.UNMUTED_ALL,
                {},
                state=replace(group.state, muted_all=muted),
            )

    def dissolve(self, actor: Actor, group_id: str) -> None:
        """End a group; its members can still read it, and leave.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `owner_required`.
        """

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            group = standing.group
            if group.state.dissolved:
                raise ChirrupError(ErrorCode.GROUP_DISSOLVED)
            check_act(Act.DISSOLVE, standing.role)
            self._governing.grow(
                attempt,
                group,
                actor.user_id,
                GroupEntry.DISSOLVED,
                {},
                state=replace(group.state, dissolved=True),
            )

        self._committing.run(build)


def _plain(value: object) -> object:
    return value.value if isinstance(value, StrEnum) else value


def _digest(new: NewGroup) -> str:
    said = {
        "name": new.name,
        "member_ids": sorted(set(new.member_ids)),
        "avatar": new.avatar,
        "description": new.description,
        "join_mode": new.join_mode,
        "history": new.history,
        "member_invite": new.member_invite,
    }
    return payload_digest("group", said, None)
