"""Frames from the server: acks, errors and pushes."""

from typing import Annotated, Any, Literal

from pydantic import Field

from chirrup.contracts.base import Emitted, Seq
from chirrup.contracts.messages import MessageView
from chirrup.contracts.views import message_view
from chirrup.domain.errors import ChirrupError
from chirrup.domain.events import (
    ConversationUpdated,
    Event,
    MessageCreated,
    MessageUpdated,
    ReceiptRead,
    SessionClosing,
    Typing,
)

FRAME_BYTES_MAX = 32 * 1024
"""One frame of API Gateway; a push is never larger."""


class ErrorBody(Emitted):
    """What went wrong."""

    code: str
    message: str
    retryable: bool
    details: dict[str, Any]


class ErrorFrame(Emitted):
    """The answer to a frame that was refused."""

    type: Literal["error"] = "error"
    id: str | None = None
    error: ErrorBody


class AckFrame(Emitted):
    """The answer to a frame that was carried out."""

    type: Literal["ack"] = "ack"
    id: str | None = None
    data: Any


class MessageCreatedEvent(Emitted):
    """A new message."""

    event: Literal["message.created"] = "message.created"
    conversation_id: str
    seq: Seq
    message: MessageView
    muted: bool | None = None


class MessageUpdatedEvent(Emitted):
    """A changed message: `seq` is that of the change, `message` as it is now."""

    event: Literal["message.updated"] = "message.updated"
    conversation_id: str
    seq: Seq
    message: MessageView


class ReceiptReadEvent(Emitted):
    """Someone has read."""

    event: Literal["receipt.read"] = "receipt.read"
    conversation_id: str
    user_id: str
    read_seq: Seq


class TypingEvent(Emitted):
    """Someone is typing."""

    event: Literal["typing"] = "typing"
    conversation_id: str
    user_id: str


class ConversationUpdatedEvent(Emitted):
    """One's own settings, cursor or deletions changed, on another device."""

    event: Literal["conversation.updated"] = "conversation.updated"
    conversation_id: str
    changes: dict[str, Any]


class SessionClosingEvent(Emitted):
    """The server is about to close this socket."""

    event: Literal["session.closing"] = "session.closing"
    reason: str


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
