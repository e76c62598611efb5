"""Messages on the wire: what clients ask for, and what they get."""

from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator

from chirrup.contracts.base import (
    ClientId,
    ConversationId,
    Cursor,
    Emitted,
    Received,
    Seq,
    Timestamp,
    UserId,
)
from chirrup.contracts.content import MessageType
from chirrup.domain.messages import REACTION_BYTES_MAX

HISTORY_MAX = 200
CURSORS_MAX = 1000


class QuoteRef(Received):
    """Which message of the same conversation is quoted."""

    seq: Seq


class NewMessage(Received):
    """A message to be sent, wherever the conversation is named elsewhere."""

    client_id: ClientId
    type: MessageType
    content: dict[str, Any]
    quote: QuoteRef | None = None
    attempt: Annotated[int, Field(ge=1, description="2 or more marks a retry.")] = 1


class SendMessage(NewMessage):
    """A message to be sent: to a conversation, or to a user."""

    conversation_id: ConversationId | None = None
    to: UserId | None = None

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.conversation_id is None) == (self.to is None):
            raise ValueError("either conversation_id or to")
        return self


class MessageRef(Received):
    """A message."""

    conversation_id: ConversationId
    seq: Seq


class EditContent(Received):
    """The new content of a text."""

    content: dict[str, Any]


class EditMessage(MessageRef):
    """A message and its new content."""

    content: dict[str, Any]


class Reaction(Received):
    """A reaction: any emoji of at most 16 bytes."""

    reaction: Annotated[str, Field(min_length=1, max_length=REACTION_BYTES_MAX)]

    @field_validator("reaction")
    @classmethod
    def _short(cls, reaction: str) -> str:
        if len(reaction.encode()) > REACTION_BYTES_MAX or not reaction.strip():
            raise ValueError("blank or too long")
        return reaction


class React(Reaction, MessageRef):
    """A message and a reaction to it."""


class ReadUpTo(Received):
    """How far one has read."""

    seq: Seq


class ReadConversation(ReadUpTo):
    """A conversation and how far one has read it."""

    conversation_id: ConversationId


class TypingIn(Received):
    """Where one is typing."""

    conversation_id: ConversationId


class HistoryQuery(Received):
    """Which page of a conversation: before a seq, after a seq, or the newest."""

    before_seq: Seq | None = None
    after_seq: Cursor | None = None
    limit: Annotated[int, Field(ge=1, le=HISTORY_MAX)] = 50

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.before_seq is not None and self.after_seq is not None:
            raise ValueError("either before_seq or after_seq")
        return self


class History(HistoryQuery):
    """A conversation, and which page of it."""

    conversation_id: ConversationId


class Sync(Received):
    """What the client has: the highest contiguous seq of each conversation it knows."""

    cursors: Annotated[dict[ConversationId, Cursor], Field(max_length=CURSORS_MAX)] = Field(
        default_factory=dict
    )
    page: Annotated[str, Field(min_length=1, max_length=256)] | None = None


class Ping(Received):
    """Nothing; keeps an idle socket open."""


class QuoteView(Emitted):
    """A quoted message as it was when it was quoted; without excerpt once it is recalled."""

    seq: Seq
    sender_id: str
    type: str
    excerpt: str | None = None


class ReactionView(Emitted):
    """A reaction, how often, and by whom."""

    reaction: str
    count: int
    user_ids: list[str]


class RecalledView(Emitted):
    """Who recalled a message, and when."""

    by: str
    at: Timestamp


class MessageView(Emitted):
    """An entry of a timeline.

    A change (`system.recalled`, `system.edited`, `system.reacted`) has `content.seq`, the message
    that it changed, and in `changed` that message as it is now.
    """

    conversation_id: str
    seq: Seq
    client_id: str
    sender_id: str
    type: str
    content: dict[str, Any]
    sent_at: Timestamp
    quote: QuoteView | None = None
    edited_at: Timestamp | None = None
    version: Annotated[int, Field(description="How often it was edited.")] | None = None
    reactions: list[ReactionView] | None = None
    recalled: RecalledView | None = None
    changed: "MessageView | None" = None
    hidden: Annotated[bool, Field(description="Deleted by you, for you.")] | None = None


class SentAck(Emitted):
    """The message is stored; `duplicate` if an earlier attempt had stored it."""

    conversation_id: str
    seq: Seq
    sent_at: Timestamp
    duplicate: bool


class ChangeAck(Emitted):
    """The message was changed: `seq` is the message's, `change_seq` that of the change."""

    conversation_id: str
    seq: Seq
    change_seq: Annotated[int, Field(description="Absent when nothing had to change.")] | None = (
        None
    )


class ReadAck(Emitted):
    """The read cursor, and what is left to read."""

    conversation_id: str
    read_seq: Cursor
    unread: int


class TypingAck(Emitted):
    """Nothing."""


class HistoryPage(Emitted):
    """Entries in ascending order."""

    messages: list[MessageView]
    has_more: bool


class SyncedConversation(Emitted):
    """A conversation that has entries above the client's cursor: its newest ones."""

    conversation_id: str
    kind: str
    last_seq: Cursor
    read_seq: Cursor
    unread: int
    visible_from_seq: Seq
    messages: list[MessageView]


class SyncPage(Emitted):
    """A page of a sync."""

    conversations: list[SyncedConversation]
    next_page: str | None = None


class PingAck(Emitted):
    """The server's time."""

    now: Timestamp
