"""Pins on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Emitted, Received, Seq, Timestamp, UserRef
from chirrup.contracts.messages import MessageView
from chirrup.domain.pins import PINS_MAX


class PinMessage(Received):
    """The message to pin."""

    seq: Seq


class PinView(Emitted):
    """A pinned message as it is now."""

    pinned_by: UserRef
    pinned_at: Timestamp
    message: MessageView


class PinList(Emitted):
    """What is pinned, the one pinned last first."""

    items: Annotated[list[PinView], Field(description=f"At most {PINS_MAX}.")]


class PinAck(Emitted):
    """The message is pinned, or is not any more."""

    conversation_id: ConversationRef
    seq: Annotated[Seq, Field(description="Seq of the message.")]
    entry_seq: Annotated[
        Seq | None,
        Field(description="Seq of the entry that says so; absent when nothing had to change."),
    ] = None
