"""Conversations and their members: heads, cursors, exact unread, personal settings."""

from dataclasses import dataclass, field
from typing import NamedTuple

from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import Entry, excerpt
from chirrup.domain.rates import Rate
from chirrup.domain.recent import Recent
from chirrup.domain.rights import GroupState, Role

PREVIEW_MAX = 80
"""Characters; keeps the head under 1 KB, so that its update costs one write unit."""
PREVIEW_BYTES_MAX = 200
"""The same for scripts whose characters take three bytes or four."""
STAYS_MAX = 16
"""Earlier stays in a group that a member item remembers (some 12 bytes each)."""
DRAFT_MAX = 4096
REMARK_MAX = 32
RECEIPTS_MAX = 500
"""Members of a group up to which senders are told at once who has read."""
TYPING_MAX = 100
"""Members of a group up to which typing is told."""


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
        last_of: Whom the last entries concern.
        preview: The last message.
        alls: Messages up to `last_seq` that mention everybody.
        group: The rules of a group; None elsewhere.
        roster: Grows with each change of a group's members, and of who has muted it.
    """

    conversation_id: str
    last_seq: int = 0
    count: int = 0
    last_of: LastOf = field(default_factory=LastOf)
    preview: Preview | None = None
    alls: int = 0
    group: GroupState | None = None
    roster: int = 0


class Span(NamedTuple):
    """Seqs from `first` to `last`, both included; no end where `last` is None."""

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A user in a conversation.

    Attributes:
        read_seq: The read cursor.
        read_count: The running count at the cursor.
        read_alls: The running count of mentions of everybody at the cursor.
        cleared_seq: The user deleted the conversation for themselves up to this seq.
        muted_by_peer: The other side of a private chat has muted it.
        friends: Both sides are friends.
        blocked_by_peer: The other side has blocked this user.
        blocking_peer: This user has blocked the other side.
        role: In a group; None for one who has left.
        since: The first seq that the present stay in a group shows; also in the last stay.
        joined_seq: The entry with which the present stay in a group began, or the last one.
        left_seq: The entry with which the last stay ended; 0 for one who is in.
        left_count: The running count there.
        left_alls: The running count of mentions of everybody there.
        left_name: What the group was called then.
        stays: Earlier stays, the oldest first.
        muted_until: May not write before then (ms since epoch).
        banned: May not join again.
        nickname: What the user wants to be called in the group.
        acl: In a group: the last seq whose change of this member is in here.
        pair: In a private chat: how often friendship and blocks of the two have changed.
        touched_at: When the cursor was moved or something deleted (ms since epoch).
    """

    conversation_id: str
    user_id: str
    read_seq: int = 0
    read_count: int = 0
    read_alls: int = 0
    cleared_seq: int = 0
    muted_by_peer: bool = False
    friends: bool = False
    blocked_by_peer: bool = False
    blocking_peer: bool = False
    role: Role | None = None
    since: int = 1
    joined_seq: int = 0
    left_seq: int = 0
    left_count: int = 0
    left_alls: int = 0
    left_name: str | None = None
    stays: tuple[Span, ...] = ()
    muted_until: int = 0
    banned: bool = False
    nickname: str | None = None
    acl: int = 0
    pair: int = 0
    touched_at: int = 0
    rate: Rate = field(default_factory=Rate)
    recent: Recent = field(default_factory=Recent)

    def could_read(self, seq: int) -> bool:
        """Whether the user was in, and saw it, when something was written: as the senders ask.

        Who has joined since may see it as well, but has not read it.
        """
        return self.since <= seq and self.joined_seq <= seq

    @property
    def known_seq(self) -> int:
        """Every entry up to it that concerns this user's sending is reflected in here."""
        return max(self.recent.last_seq, self.acl)

    def spans(self) -> tuple[Span, ...]:
        """What the user may see, ascending: the stays, less what they deleted for themselves."""
        first = self.cleared_seq + 1
        return tuple(
            Span(max(span.first, first), span.last)
            for span in self._all_stays
            if span.last is None or span.last >= max(span.first, first)
        )

    @property
    def _all_stays(self) -> tuple[Span, ...]:
        return (*self.stays, Span(self.since, self.left_seq or None))

    def was_in(self, seq: int) -> bool:
        """Whether a seq is from a stay, if the user has deleted it for themselves or not."""
        return any(
            first <= seq and (last is None or seq <= last) for first, last in self._all_stays
        )

    def sees(self, seq: int) -> bool:
        """Whether the user may see what stands at a seq."""
        return any(first <= seq and (last is None or seq <= last) for first, last in self.spans())

    @property
    def visible_from(self) -> int:
        """The first seq that the user may see, or could."""
        spans = self.spans()
        return spans[0].first if spans else self.cleared_seq + 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user has set for one conversation; on all of their devices.

    Attributes:
        hidden: Seqs of messages that the user deleted for themselves.
        hidden_unread: Those of them by others that were unread when hidden.
        hidden_alls: Those of them that mentioned everybody.
        mentioned: Seqs of messages that name the user; those at or below the cursor may be gone.
        marked_unread: A flag of the user's own; it does not move the cursor.
        remark: The user's own name for the conversation.
        touched_at: When something of it was changed (ms since epoch).
    """

    muted: bool = False
    pinned: bool = False
    archived: bool = False
    marked_unread: bool = False
    draft: str | None = None
    hidden: frozenset[int] = frozenset()
    hidden_unread: frozenset[int] = frozenset()
    hidden_alls: frozenset[int] = frozenset()
    mentioned: frozenset[int] = frozenset()
    remark: str | None = None
    touched_at: int = 0


@dataclass(frozen=True, slots=True)
class End:
    """Where a timeline ends for one user, or a cursor stands: seq, and the running counts there."""

    seq: int
    count: int
    alls: int


def end_of(head: Head, member: Member) -> End:
    """The end that a member sees: the head's, or where they left the group."""
    if member.left_seq:
        return End(member.left_seq, member.left_count, member.left_alls)
    return End(head.last_seq, head.count, head.alls)


def unread(end: End, member: Member, settings: Settings) -> int:
    """Messages of others after the user's read cursor, those hidden aside; never negative.

    Sending moves one's own cursor, so whatever counts after it is others'. What is hidden above
    the end was not counted in the first place.
    """
    hidden = sum(member.read_seq < seq <= end.seq for seq in settings.hidden_unread)
    return max(0, end.count - member.read_count - hidden)


def mentions(end: End, member: Member, settings: Settings) -> int:
    """How many of those unread messages mention the user, by name or as one of all.

    As they were sent: a message that was recalled or edited counts until it is read, as it does
    among the unread.
    """
    hidden = sum(member.read_seq < seq <= end.seq for seq in settings.hidden_alls)
    named = sum(member.read_seq < seq <= end.seq for seq in settings.mentioned - settings.hidden)
    return max(0, end.alls - member.read_alls - hidden) + named


def preview_of(entry: Entry) -> Preview:
    """A message as the conversation list shows it."""
    text = excerpt(entry.type, entry.content, PREVIEW_MAX)
    return Preview(
        seq=entry.seq,
        sender_id=entry.sender_id,
        type=entry.type,
        sent_at=entry.sent_at,
        excerpt=text and text.encode()[:PREVIEW_BYTES_MAX].decode(errors="ignore"),
        recalled=entry.recalled is not None,
    )
