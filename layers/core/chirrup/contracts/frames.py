"""Frames from the server: acks, errors and pushes."""

from typing import Annotated, Any, Literal

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Emitted, Seq, UserRef
from chirrup.contracts.errors import ErrorBody
from chirrup.contracts.messages import MessageView
from chirrup.contracts.views import message_view
from chirrup.domain.errors import ChirrupError
from chirrup.domain.events import (
    ClosingReason,
    ConversationUpdated,
    Event,
    MessageCreated,
    MessageUpdated,
    ReceiptRead,
    SessionClosing,
    Typing,
)

FrameId = Annotated[
    str,
    Field(
        description="The `id` of the frame that is answered; absent if that had none.",
        examples=["r-17"],
    ),
]


class ErrorFrame(Emitted):
    """The answer to a frame that was refused."""

    type: Literal["error"] = "error"
    id: FrameId | None = None
    error: ErrorBody


class AckFrame(Emitted):
    """The answer to a frame that was carried out."""

    type: Literal["ack"] = "ack"
    id: FrameId | None = None
    data: Annotated[Any, Field(description="What the action gives.")]


class MessageCreatedEvent(Emitted):
    """A new message."""

    event: Literal["message.created"] = "message.created"
    conversation_id: ConversationRef
    seq: Seq
    message: MessageView
    muted: Annotated[
        bool | None, Field(description="True if you have muted the conversation; else absent.")
    ] = None


class MessageUpdatedEvent(Emitted):
    """A changed message: `seq` is that of the change, `message` as it is now."""

    event: Literal["message.updated"] = "message.updated"
    conversation_id: ConversationRef
    seq: Annotated[Seq, Field(description="Seq of the change, not of the message.")]
    message: MessageView


class ReceiptReadEvent(Emitted):
    """Someone has read."""

    event: Literal["receipt.read"] = "receipt.read"
    conversation_id: ConversationRef
    user_id: Annotated[UserRef, Field(description="Who has read; perhaps yourself, elsewhere.")]
    read_seq: Annotated[Seq, Field(description="Up to which seq.")]


class TypingEvent(Emitted):
    """Someone is typing."""

    event: Literal["typing"] = "typing"
    conversation_id: ConversationRef
    user_id: UserRef


class ConversationUpdatedEvent(Emitted):
    """One's own settings, cursor or deletions changed, on another device."""

    event: Literal["conversation.updated"] = "conversation.updated"
    conversation_id: ConversationRef
    changes: Annotated[
        dict[str, Any],
        Field(
            description="Only what changed.",
            json_schema_extra={
                "properties": {
                    **{
                        name: {"type": "boolean"}
                        for name in ("muted", "pinned", "archived", "marked_unread")
                    },
                    "subscribed": {
                        "type": "boolean",
                        "description": "You have come into a channel, or are not in it any more.",
                    },
                    **{
                        name: {"type": ["string", "null"], "description": "Null if deleted."}
                        for name in ("draft", "remark")
                    },
                    "read_seq": {"type": "integer", "description": "The read cursor."},
                    "visible_from_seq": {
                        "type": "integer",
                        "description": "Everything below was deleted for you.",
                    },
                    "hidden_seq": {
                        "type": "integer",
                        "description": "This message was deleted for you.",
                    },
                },
                "additionalProperties": False,
                "minProperties": 1,
            },
        ),
    ]


class SessionClosingEvent(Emitted):
    """The server is about to close this socket."""

    event: Literal["session.closing"] = "session.closing"
    reason: ClosingReason


PushEvent = Annotated[
    MessageCreatedEvent
    | MessageUpdatedEvent
    | ReceiptReadEvent
    | TypingEvent
    | ConversationUpdatedEvent
    | SessionClosingEvent,
    Field(discriminator="event"),
]


class PushFrame(Emitted):
    """Events, in the order of their seqs."""

    type: Literal["push"] = "push"
    events: list[PushEvent]


def error_body(error: ChirrupError) -> ErrorBody:
    """What a client is told of an error."""
    return ErrorBody(
        code=error.code,
        message=error.message,
        retryable=error.retryable,
        details=dict(error.details),
    )


def event_view(event: Event, *, muted: bool = False) -> PushEvent:
    """An event as it is pushed."""
    match event:
        case MessageCreated(entry):
            return MessageCreatedEvent(
                conversation_id=entry.conversation_id,
                seq=entry.seq,
                message=message_view(entry),
                muted=True if muted else None,
            )
        case MessageUpdated(seq, entry):
            return MessageUpdatedEvent(
                conversation_id=entry.conversation_id, seq=seq, message=message_view(entry)
            )
        case ReceiptRead(conversation_id, user_id, read_seq):
            return ReceiptReadEvent(
                conversation_id=conversation_id, user_id=user_id, read_seq=read_seq
            )
        case Typing(conversation_id, user_id):
            return TypingEvent(conversation_id=conversation_id, user_id=user_id)
        case ConversationUpdated(conversation_id, changes):
            return ConversationUpdatedEvent(conversation_id=conversation_id, changes=dict(changes))
        case SessionClosing(reason):
            return SessionClosingEvent(reason=reason)
