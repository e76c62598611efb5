"""Who may see and do what in a conversation, checked against what is stored now."""

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.domain.messages import Entry
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
    return head, member, settings


def can_see(entry: Entry | None, member: Member, settings: Settings) -> bool:
    """Whether a member sees an entry: not deleted for themselves, alone or with all before it."""
    return entry is not None and entry.seq > member.cleared_seq and entry.seq not in settings.hidden


def audience_of(conversation: Conversation) -> tuple[str, ...]:
    """The users whose devices learn of what happens in a conversation."""
    return conversation.users
