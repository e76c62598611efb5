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


@dataclass(frozen=True, slots=True)
class Members:
    """Those members of a group who may see what an event shows.

    Attributes:
        conversation_id: The group.
        roster: `Head.roster` when the event was stored: an older roster will not do.
        seq: The lowest seq that the event shows: who sees only later ones is not told.
        above: Only those who see no seq up to this one; 0 for all.
    """

    conversation_id: str
    roster: int
    seq: int
    above: int = 0


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event goes to.

    Attributes:
        user_ids: All devices of these users.
        but_connection: The connection that caused the event, which gets its answer as a reply.
        muted: Users among them who have muted the conversation: pushed to, but flagged.
        members: And all devices of these members of a group.
        but_user: No device of this user.
    """

    user_ids: tuple[str, ...] = ()
    but_connection: str | None = None
    muted: tuple[str, ...] = ()
    members: Members | None = None
    but_user: str | None = None
