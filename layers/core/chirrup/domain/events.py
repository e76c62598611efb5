"""What is told to connected devices; hints only, since the timeline holds the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    # Only named in signatures: whoever opens and closes sockets loads no messages.
    from chirrup.domain.messages import Entry, Json

ClosingReason = Literal["replaced", "too_many_devices", "expired", "ended"]


@dataclass(frozen=True, slots=True)
class MessageCreated:
    """A message was stored."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class MessageUpdated:
    """A message was changed: `seq` is that of the change, `entry` the message as it is now."""

    seq: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """A user has read up to a seq."""

    conversation_id: str
    user_id: str
    read_seq: int


@dataclass(frozen=True, slots=True)
class Typing:
    """A user is typing."""

    conversation_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class ConversationUpdated:
    """A user's own settings, cursor or deletions of a conversation changed; for their devices.

    Attributes:
        changes: Only what changed, by its wire name.
    """

    conversation_id: str
    changes: Json


@dataclass(frozen=True, slots=True)
class SessionClosing:
    """The socket is about to be closed by the server."""

    reason: ClosingReason


Event = (
    MessageCreated | MessageUpdated | ReceiptRead | Typing | ConversationUpdated | SessionClosing
)
