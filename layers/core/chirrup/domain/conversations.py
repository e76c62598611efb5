"""Conversations and their members: heads, cursors, exact unread, personal settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chirrup.domain.messages import Entry, excerpt
from chirrup.domain.rates import Rate
from chirrup.domain.recent import Recent

PREVIEW_MAX = 80
"""Characters; keeps the head under 1 KB, so that its update costs one write unit."""
DRAFT_MAX = 4096


@dataclass(frozen=True, slots=True)
class Preview:
    """The last message, as a conversation list shows it."""

    seq: int
    sender_id: str
    type: str
    sent_at: int
    excerpt: str | None = None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Where a conversation's timeline has got to.

    Everything at or below `last_seq` is settled: its sender's member item knows of it.

    Attributes:
        last_seq: The highest seq that is settled.
        count: Countable messages up to `last_seq`.
        last_of: For each user who wrote, the seq of the last message of theirs at or below
            `last_seq`.
        preview: The last message.
    """

    conversation_id: str
    last_seq: int = 0
    count: int = 0
    last_of: Mapping[str, int] = field(default_factory=dict)
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a conversation.

    Attributes:
        read_seq: The read cursor.
        read_count: The running count at the cursor.
        cleared_seq: The user deleted the conversation for themselves up to this seq.
        muted_by_peer: The other side of a private chat has muted it.
        friends: Both sides are friends.
    """

    conversation_id: str
    user_id: str
    read_seq: int = 0
    read_count: int = 0
    cleared_seq: int = 0
    muted_by_peer: bool = False
    friends: bool = False
    rate: Rate = field(default_factory=Rate)
    recent: Recent = field(default_factory=Recent)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user has set for one conversation; on all of their devices.

    Attributes:
        hidden: Seqs of messages that the user deleted for themselves.
        hidden_unread: Those of them by others that were unread when hidden.
        marked_unread: A flag of the user's own; it does not move the cursor.
    """

    muted: bool = False
    pinned: bool = False
    archived: bool = False
    marked_unread: bool = False
    draft: str | None = None
    hidden: frozenset[int] = frozenset()
    hidden_unread: frozenset[int] = frozenset()


def unread(count: int, member: Member, settings: Settings, *, last_seq: int) -> int:
    """Messages of others after the user's read cursor, those hidden aside; never negative.

    Args:
        count: Countable messages up to `last_seq`.
        member: Sending moves one's own cursor, so whatever counts after it is others'.
        settings: For what the user has hidden.
        last_seq: Up to where to count; what is hidden above was not counted in the first place.
    """
    hidden = sum(1 for seq in settings.hidden_unread if member.read_seq < seq <= last_seq)
    return max(0, count - member.read_count - hidden)


def preview_of(entry: Entry) -> Preview:
    """A message as the conversation list shows it."""
    return Preview(
        seq=entry.seq,
        sender_id=entry.sender_id,
        type=entry.type,
        sent_at=entry.sent_at,
        excerpt=excerpt(entry.type, entry.content, PREVIEW_MAX),
        recalled=entry.recalled is not None,
    )
