"""Who may see and do what in a conversation, checked against what is stored now."""

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.domain.messages import Entry, Json
from chirrup.ports import Conversations


def own_conversation(conversation_id: str, user_id: str) -> Conversation:
    """Take an id apart and refuse outsiders before anything is read.

    Raises:
        ChirrupError: `invalid_request`, `not_member`.
    """
    conversation = parse_conversation_id(conversation_id)
    if user_id not in conversation.users:
        raise ChirrupError(ErrorCode.NOT_MEMBER)
    return conversation


def member_view(
    conversations: Conversations, conversation: Conversation, user_id: str
) -> tuple[Head, Member, Settings]:
    """Head, member and settings of one's own conversation.

    Raises:
        ChirrupError: `not_found` when nobody has written in it yet.
    """
    head, member, settings = conversations.view(conversation.id, user_id)
    if head is None or member is None:
        raise ChirrupError(ErrorCode.NOT_FOUND)
    return head, up_to_date(conversations, head, member), settings


def up_to_date(conversations: Conversations, head: Head, member: Member) -> Member:
    """The member, not older than the head.

    Items that are read together are no snapshot. A head that knows of a message of this user
    beyond their cursor is newer than the member, which would count that message as unread.
    """
    if head.last_of.get(member.user_id, 0) <= member.read_seq:
        return member
    return conversations.member(member.conversation_id, member.user_id) or member


def can_see(entry: Entry | None, member: Member, settings: Settings) -> bool:
    """Whether a member sees an entry: not deleted for themselves, alone or with all before it."""
    return entry is not None and entry.seq > member.cleared_seq and entry.seq not in settings.hidden


def check_mentions(conversation: Conversation, content: Json) -> None:
    """Refuse a text that names others than members.

    Raises:
        ChirrupError: `admin_required` for `all`, `invalid_request` for a stranger.
    """
    for user_id in content.get("mentions", ()):
        if user_id == "all":
            raise ChirrupError(ErrorCode.ADMIN_REQUIRED)
        if user_id not in conversation.users:
            raise ChirrupError(
                ErrorCode.INVALID_REQUEST, field="content.mentions", problem="names a non-member"
            )


def audience_of(conversation: Conversation) -> tuple[str, ...]:
    """The users whose devices learn of what happens in a conversation."""
    return conversation.users
