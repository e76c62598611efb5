"""Messages on the wire: what clients ask for, and what they get."""

from typing import Annotated, Any, Self

from pydantic import Field, field_validator, model_validator

from chirrup.contracts.base import (
    NOT_BLANK,
    ClientId,
    ConversationId,
    ConversationRef,
    Cursor,
    Emitted,
    Received,
    Seq,
    Timestamp,
    Unread,
    UserId,
    UserRef,
    just_one,
    not_both,
)
from chirrup.contracts.content import MessageType, TypeRef
from chirrup.domain.messages import REACTION_BYTES_MAX

HISTORY_MAX = 200
REACTORS_SHOWN = 100
"""Users named in one message, so that a push with the longest content fits a 32 KB frame."""


class QuoteRef(Received):
    """Which message of the same conversation is quoted."""

    seq: Seq


class NewMessage(Received):
    """A message to be sent, wherever the conversation is named elsewhere."""

    client_id: ClientId
    type: MessageType
    content: dict[str, Any]
    quote: QuoteRef | None = None
    attempt: Annotated[
        int, Field(ge=1, description="2 or more marks a retry, with the same client_id.")
    ] = 1


class SendMessage(NewMessage):
    """A message to be sent: to a conversation, or to a user."""

    model_config = just_one("conversation_id", "to")

    conversation_id: ConversationId | None = None
    to: Annotated[
        UserId | None, Field(description="Instead: the other side of a private chat.")
    ] = None

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

    reaction: Annotated[
        str,
        Field(
            min_length=1,
            max_length=REACTION_BYTES_MAX,
            description="At most 16 bytes of UTF-8, not blank.",
            examples=["👍"],
            json_schema_extra={**NOT_BLANK},
        ),
    ]

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

    model_config = not_both("before_seq", "after_seq")

    before_seq: Annotated[Seq | None, Field(description="Only entries below it.")] = None
    after_seq: Annotated[
        Cursor | None, Field(description="Only entries above it; not together with before_seq.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=HISTORY_MAX, description="Entries at most.")] = 50

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.before_seq is not None and self.after_seq is not None:
            raise ValueError("either before_seq or after_seq")
        return self


class History(HistoryQuery):
    """A conversation, and which page of it."""

    conversation_id: ConversationId


class Ping(Received):
    """Nothing; keeps an idle socket open."""


class QuoteView(Emitted):
    """A quoted message as it was when it was quoted; without excerpt once it is recalled."""

    seq: Seq
    sender_id: UserRef
    type: TypeRef
    excerpt: Annotated[str | None, Field(description="The beginning of its text.")] = None


class ForwardedView(Emitted):
    """Who wrote what was forwarded, and when; not where, which may be nobody else's business."""

    sender_id: UserRef
    sent_at: Timestamp


class ReactionView(Emitted):
    """A reaction, how often, and by whom."""

    reaction: Annotated[str, Field(examples=["👍"])]
    count: int
    user_ids: Annotated[
        list[UserRef],
        Field(
            description=(
                "In the order in which they reacted; only the first where a message has more than "
                f"{REACTORS_SHOWN} reactions in all."
            )
        ),
    ]


class RecalledView(Emitted):
    """Who recalled a message, and when."""

    by: UserRef
    at: Timestamp


class MessageView(Emitted):
    """An entry of a timeline.

    A change (`system.recalled`, `system.edited`, `system.reacted`) has `content.seq`, the message
    that it changed, and in `changed` that message as it is now.
    """

    conversation_id: ConversationRef
    seq: Seq
    client_id: Annotated[str, Field(description="As its sender gave it; empty in a change.")]
    sender_id: UserRef
    type: str
    content: dict[str, Any]
    sent_at: Timestamp
    quote: QuoteView | None = None
    forwarded_from: Annotated[
        ForwardedView | None, Field(description="The first message of those that were forwarded.")
    ] = None
    edited_at: Annotated[Timestamp | None, Field(description="When it was edited last.")] = None
    version: Annotated[int | None, Field(description="How often it was edited.")] = None
    reactions: list[ReactionView] | None = None
    recalled: RecalledView | None = None
    changed: "MessageView | None" = None
    hidden: Annotated[
        bool | None, Field(description="True if you deleted it for yourself; its content is empty.")
    ] = None


class SentAck(Emitted):
    """The message is stored; `duplicate` if an earlier attempt had stored it."""

    conversation_id: ConversationRef
    seq: Seq
    sent_at: Timestamp
    duplicate: Annotated[bool, Field(description="An earlier attempt had stored it.")]


class ChangeAck(Emitted):
    """The message was changed: `seq` is the message's, `change_seq` that of the change."""

    conversation_id: ConversationRef
    seq: Annotated[Seq, Field(description="Seq of the message.")]
    change_seq: Annotated[
        Seq | None, Field(description="Seq of the change; absent when nothing had to change.")
    ] = None


class ReadAck(Emitted):
    """The read cursor, and what is left to read."""

    conversation_id: ConversationRef
    read_seq: Annotated[Cursor, Field(description="The read cursor now; it never moves back.")]
    unread: Unread


class TypingAck(Emitted):
    """Nothing."""


class HistoryPage(Emitted):
    """Entries in ascending order."""

    messages: list[MessageView]
    has_more: Annotated[bool, Field(description="Whether there is more in this direction.")]


class PingAck(Emitted):
    """The server's time."""

    now: Timestamp
