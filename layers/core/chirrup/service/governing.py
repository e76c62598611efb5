"""Changes of groups: reading what they are checked on, and having them stored with their entry.

The head is read first. When the entry of a change comes to stand at the end that was read, nothing
was changed in between, so that what was read after the head, and checked, still holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import GroupEntry
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import Entry, Json
from chirrup.domain.rights import Act, GroupState, Role, check_act, check_alive
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import CommitConflict, MemberChange, Records
from chirrup.service.access import audience_of, own_group
from chirrup.service.committing import Attempt


@dataclass(frozen=True, slots=True)
class Group:
    """A group, as read for a change."""

    conversation: Conversation
    state: GroupState
    profile: GroupProfile

    @property
    def id(self) -> str:
        """Its id."""
        return self.conversation.id


@dataclass(frozen=True, slots=True)
class Standing:
    """Who acts in which group, as read for a change."""

    group: Group
    member: Member
    role: Role

    def check(self, *acts: Act) -> None:
        """Refuse what the group is not up to any more, or the user may not do.

        Raises:
            ChirrupError: `group_dissolved`, `group_banned`, `owner_required`, `admin_required`.
        """
        check_alive(self.group.state)
        for act in acts:
            check_act(act, self.role)


class Governing:
    """Reads groups and their members, and declares their changes."""

    def __init__(self, *, conversations: Conversations, records: Records) -> None:
        self._conversations = conversations
        self._records = records

    def group(self, attempt: Attempt, group_id: str) -> Group | None:
        """A group, if there is one.

        Raises:
            ChirrupError: `invalid_request`, `not_member`.
        """
        conversation = own_group(group_id)
        head = attempt.head(conversation.id)
        profile = self._records.get(GroupProfile, conversation.id)
        if head is None or head.group is None or profile is None:
            return None
        return Group(conversation, head.group, profile)

    def standing(self, attempt: Attempt, group_id: str, user_id: str) -> Standing:
        """A group, and who acts in it.

        Raises:
            ChirrupError: `invalid_request`; `not_member`, also where there is no such group.
        """
        group = self.group(attempt, group_id)
        member = self._member(attempt, group.id, user_id) if group else None
        if group is None or member is None or member.role is None:
            raise ChirrupError(ErrorCode.NOT_MEMBER)
        return Standing(group, member, member.role)

    def _member(self, attempt: Attempt, group_id: str, user_id: str) -> Member | None:
        """A member, not older than the head: another item of a transaction may be seen before."""
        member = self._conversations.member(group_id, user_id)
        head = attempt.head(group_id)
        if head and head.last_of.seq(user_id) > (member.known_seq if member else 0):
            raise CommitConflict
        return member

    def check_current(self, attempt: Attempt, group: Group, members: Iterable[Member]) -> None:
        """Begin again where one of these came or went after the head was read, which counts them.

        Raises:
            CommitConflict: One did.
        """
        head = attempt.head(group.id)
        if head and any(member.acl > head.last_seq for member in members):
            raise CommitConflict

    def other(self, attempt: Attempt, group: Group, user_id: str) -> tuple[Member, Role]:
        """Another member, and their role.

        Raises:
            ChirrupError: `not_found` for one who is not in the group.
        """
        member = self._member(attempt, group.id, user_id)
        if member is None or member.role is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return member, member.role

    def grow(
        self,
        attempt: Attempt,
        group: Group,
        sender_id: str,
        type_: GroupEntry,
        content: Json,
        *,
        concerned: Sequence[str] = (),
        state: GroupState | None = None,
        new_roster: bool = False,
        parting: Sequence[str] = (),
    ) -> Entry:
        """Have the entry of a change stored.

        Args:
            attempt: Of the commit.
            group: Which one.
            sender_id: Who makes the change.
            type_: What is changed.
            content: What a client needs to show it.
            concerned: The users whose member items it changes.
            state: The rules as they shall be; None leaves them.
            new_roster: Members come or go.
            parting: Users who are told though they are no members any more.
        """

        def audience(head: Head, entry: Entry) -> Audience:
            everybody = audience_of(group.conversation, head, entry.seq)
            return replace(everybody, user_ids=tuple(parting))

        return attempt.grow(
            group.id,
            sender_id,
            type_.value,
            {**content, "user_ids": list(concerned)},
            audience,
            group=state,
            new_roster=new_roster,
        )


def change_member(
    attempt: Attempt, member: Member, entry: Entry, changes: Mapping[str, Any]
) -> None:
    """Have fields of a member changed, by an entry that concerns them."""
    attempt.write(
        MemberChange(
            member.conversation_id,
            member.user_id,
            {"acl": entry.seq, **changes},
            expected={"acl": member.acl},
        )
    )
