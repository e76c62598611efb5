"""Who may see and do what in a conversation, checked against what is stored now."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chirrup.domain import rights
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, Kind, parse_conversation_id
from chirrup.domain.messages import MENTION_ALL, Entry, Json
from chirrup.ports.conversations import Conversations
from chirrup.service.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence


Enrol = Callable[[Conversation, str], bool]
"""Makes the row of a user who has none where everybody is in; tells whether there is one now."""


def _nobody(_: Conversation, __: str) -> bool:
    return False


def own_conversation(conversation_id: str, user_id: str) -> Conversation:
    """Take an id apart and refuse outsiders before anything is read, where the id tells.

    Raises:
        ChirrupError: `invalid_request`, `not_member`.
    """
    conversation = parse_conversation_id(conversation_id)
    if not conversation.stored_members and user_id not in conversation.users:
        raise ChirrupError(ErrorCode.NOT_MEMBER)
    return conversation


def own_group(group_id: str) -> Conversation:
    """Take a group's id apart.

    Raises:
        ChirrupError: `invalid_request` for the id of what is no group; `not_member`.
    """
    conversation = parse_conversation_id(group_id)
    if conversation.kind is not Kind.GROUP:
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="group_id", problem="is not a group")
    return conversation


def absent(conversation: Conversation) -> ChirrupError:
    """What is said of a conversation that is not there for this user.

    Of a group nobody learns by it whether it exists. One's own conversation may not be begun yet.
    """
    others = conversation.stored_members
    return ChirrupError(ErrorCode.NOT_MEMBER if others else ErrorCode.NOT_FOUND)


def member_view(
    conversations: Conversations,
    conversation: Conversation,
    user_id: str,
    now: int,
    enrol: Enrol = _nobody,
) -> tuple[Head, Member, Settings]:
    """Head, member and settings of one's own conversation, or of a group that one was in.

    Args:
        conversations: Where.
        conversation: Which.
        user_id: Who asks.
        now: Before the reading (ms since epoch).
        enrol: Makes the row of a user who has none in a channel.

    Raises:
        ChirrupError: `not_found` when nobody has written in it yet, `not_member`.
    """
    head, member, settings = conversations.view(conversation.id, user_id)
    if member is None and enrol(conversation, user_id):
        head, member, settings = conversations.view(conversation.id, user_id)
    if member is None or (head is None and conversation.kind is not Kind.CHANNEL):
        raise absent(conversation)
    # A channel is there, and has subscribers, before anything is said in it.
    head = head or Head(conversation.id)
    return head, up_to_date(conversations, head, member, now), settings


def active_view(
    conversations: Conversations, conversation: Conversation, user_id: str, now: int
) -> tuple[Head, Member, Settings]:
    """The same for one who is in it now.

    Raises:
        ChirrupError: `not_found`, `not_member`.
    """
    head, member, settings = member_view(conversations, conversation, user_id, now)
    if conversation.kind is Kind.GROUP and member.role is None:
        raise ChirrupError(ErrorCode.NOT_MEMBER)
    return head, member, settings


def up_to_date(conversations: Conversations, head: Head, member: Member, now: int) -> Member:
    """The member, not older than the head.

    Items that are read together are no snapshot. A head that knows of a message of this user
    beyond their cursor is newer than the member, which would count that message as unread.
    """
    known = max(member.read_seq, member.acl)
    if not head.last_of.newer_than(known, member.user_id, now):
        return member
    return conversations.member(member.conversation_id, member.user_id) or member


def can_see(entry: Entry | None, member: Member, settings: Settings) -> bool:
    """Whether a member sees an entry: from a stay of theirs, and not deleted for themselves."""
    return entry is not None and member.sees(entry.seq) and entry.seq not in settings.hidden


def check_users_write(conversation: Conversation) -> None:
    """Refuse whatever a user would write, or change, where only the server writes.

    Raises:
        ChirrupError: `forbidden`.
    """
    if conversation.kind in (Kind.NOTICES, Kind.CHANNEL):
        raise ChirrupError(ErrorCode.FORBIDDEN, reason=conversation.kind.value)


def check_writing(
    conversation: Conversation, head: Head, member: Member, *, friends_only: bool, now: int
) -> None:
    """Refuse what a user may not write, or change of what is written, now.

    Raises:
        ChirrupError: `forbidden` where only the server writes, and to one whom one has blocked;
            `blocked_by_peer`, `not_friends`; `not_member`, `group_dissolved`, `group_banned`,
            `group_muted`, `member_muted`.
    """
    check_users_write(conversation)
    match conversation.kind:
        case Kind.PRIVATE if member.blocked_by_peer:
            raise ChirrupError(ErrorCode.BLOCKED_BY_PEER)
        case Kind.PRIVATE if member.blocking_peer:
            raise ChirrupError(ErrorCode.FORBIDDEN, reason="blocking_peer")
        case Kind.PRIVATE if friends_only and not member.friends:
            raise ChirrupError(ErrorCode.NOT_FRIENDS)
        case Kind.GROUP:
            if member.role is None or head.group is None:
                raise ChirrupError(ErrorCode.NOT_MEMBER)
            rights.check_may_write(head.group, member.role, member.muted_until, now)


def check_mentions(
    conversations: Conversations, conversation: Conversation, member: Member, content: Json
) -> None:
    """Refuse a text that names others than members.

    Raises:
        ChirrupError: `admin_required` for `all`, `invalid_request` for a stranger.
    """
    named: Sequence[str] = content.get("mentions", ())
    if not named:
        return
    if MENTION_ALL in named:
        if member.role not in rights.ACTS[rights.Act.MENTION_ALL]:
            raise ChirrupError(ErrorCode.ADMIN_REQUIRED)
        named = [user_id for user_id in named if user_id != MENTION_ALL]
    if conversation.kind is Kind.GROUP:
        found = conversations.members(conversation.id, list(dict.fromkeys(named)))
        present = {user_id for user_id, one in found.items() if one.role}
    else:
        present = set(conversation.users)
    if not present.issuperset(named):
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="content.mentions", problem="names a non-member"
        )


def audience_of(
    conversation: Conversation,
    head: Head,
    seq: int,
    *,
    above: int = 0,
    but: Actor | None = None,
    muted: tuple[str, ...] = (),
) -> Audience:
    """Those whose devices learn of what happens in a conversation.

    Args:
        conversation: Where.
        head: As it was read, not before what happened was allowed.
        seq: The lowest seq that is shown.
        above: Only those members of a group who see no seq up to this one; 0 for all.
        but: Who gets the answer, on the socket that asked.
        muted: Who has muted a private chat.
    """
    members = None
    if conversation.kind is Kind.GROUP:
        size = head.group.size if head.group else 0
        members = Members(conversation.id, head.roster, seq, above, size)
    return Audience(
        user_ids=conversation.users,
        but_connection=but.connection_id if but else None,
        muted=muted,
        members=members,
    )
