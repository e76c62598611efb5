"""Reading a timeline: history by pages, and sync, which catches up on all conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.conversations import Head, Member, Settings, unread
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.domain.messages import Entry, encode_json
from chirrup.ports import Conversations, SideBySide, Timeline
from chirrup.service.access import can_see, member_view, own_conversation, up_to_date
from chirrup.service.actor import Actor
from chirrup.service.quoting import as_now

SYNC_MESSAGES = 100
"""Newest messages of each conversation in one sync."""
SYNC_PAGE = 50
"""Conversations that one page of a sync looks at."""
SYNC_WIDTH = 8
"""Timelines that are read at the same time."""
FRAMING = 200
"""Bytes that the names and numbers of an entry take on the wire, at most, as of a conversation."""
PART_FRAMING = 110
"""The same for its quote, its recall and its edits."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one user sees it.

    Attributes:
        entry: The entry.
        changed: For a change: the message that it changed, as that is now.
        hidden: The user deleted it for themselves; only its seq is shown.
    """

    entry: Entry
    changed: Entry | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, ascending, and whether there are more in the direction of reading."""

    entries: Sequence[Shown]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Synced:
    """One conversation in a sync."""

    conversation: Conversation
    last_seq: int
    read_seq: int
    unread: int
    visible_from_seq: int
    entries: Sequence[Shown]


class Reading:
    """Reads timelines on behalf of a user."""

    def __init__(
        self, *, timeline: Timeline, conversations: Conversations, side_by_side: SideBySide
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._side_by_side = side_by_side

    def history(
        self,
        actor: Actor,
        conversation_id: str,
        *,
        before_seq: int | None = None,
        after_seq: int | None = None,
        limit: int = 50,
        budget: int,
    ) -> Page:
        """A page of one conversation: after a seq, before a seq, or the newest.

        Args:
            actor: Who reads.
            conversation_id: What.
            before_seq: Only entries below it.
            after_seq: Only entries above it; not together with `before_seq`.
            limit: 1-200 entries.
            budget: Bytes that the page may take on the wire; it is cut short there.

        Raises:
            ChirrupError: `not_member`, `not_found`, `invalid_request`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        _, member, settings = member_view(self._conversations, conversation, actor.user_id)
        floor = member.cleared_seq
        if after_seq is not None:
            start = max(after_seq, floor)
            found = self._timeline.after(conversation.id, start, limit + 1)
            entries = self._shown(found[:limit], member, settings)
            kept = _fit(entries, budget)
            return Page(kept, len(found) > len(kept))
        found = self._timeline.before(conversation.id, before_seq, floor, limit + 1)
        entries = self._shown(found[-limit:], member, settings)
        kept = _fit(entries[::-1], budget)[::-1]
        return Page(kept, len(found) > len(kept))

    def sync(
        self, actor: Actor, cursors: Mapping[str, int], page: str | None, *, budget: int
    ) -> tuple[list[Synced], str | None]:
        """The conversations with entries above the client's cursors, by pages.

        Args:
            actor: Who.
            cursors: The highest contiguous seq that the client has, by conversation.
            page: Where the page before ended: a conversation id.
            budget: Bytes that the page may take on the wire.
        """
        views, next_page = self._conversations.views(actor.user_id, page, SYNC_PAGE)
        news = [view for view in views if _has_news(view[0], cursors)]
        synced: list[Synced] = []
        for at in range(0, len(news), SYNC_WIDTH):
            chunk = news[at : at + SYNC_WIDTH]
            readers = [
                partial(self._one, *view, cursors.get(view[0].conversation_id, 0)) for view in chunk
            ]
            for one in self._side_by_side(*readers):
                fitted = _fit_newest(one, budget, force=not synced)
                if fitted is None:
                    return synced, synced[-1].conversation.id
                budget -= _weight_of(fitted)
                if fitted.last_seq:
                    synced.append(fitted)
        return synced, next_page

    def _one(self, head: Head, member: Member, settings: Settings, cursor: int) -> Synced:
        """One conversation above a cursor, with exact unread."""
        member = up_to_date(self._conversations, head, member)
        # Above the head stands what is being sent this moment, or what a crash left: there the
        # sender's own cursor has not moved yet, so it is looked at even if the client has it.
        floor = max(min(cursor, head.last_seq), member.cleared_seq)
        found = self._timeline.before(head.conversation_id, None, floor, SYNC_MESSAGES)
        own = [e for e in found if e.countable and e.sender_id == member.user_id]
        if own and own[-1].seq > member.read_seq:
            member = replace(member, read_seq=own[-1].seq, read_count=own[-1].count)
        last_seq = max(head.last_seq, found[-1].seq if found else 0)
        count = max(head.count, found[-1].count if found else 0)
        news = [entry for entry in found if entry.seq > cursor]
        return Synced(
            conversation=parse_conversation_id(head.conversation_id),
            last_seq=last_seq,
            read_seq=member.read_seq,
            unread=unread(count, member, settings, last_seq=last_seq),
            visible_from_seq=member.cleared_seq + 1,
            entries=self._shown(news, member, settings),
        )

    def _shown(self, entries: Sequence[Entry], member: Member, settings: Settings) -> list[Shown]:
        """Entries with what they refer to, as it is now."""
        known = {entry.seq: entry for entry in entries}
        # A page is no snapshot: a message may have been read before a change of it further on.
        for entry in entries:
            if entry.changes in known and known[entry.changes].revision < entry.revision:
                del known[entry.changes]
        changed = {entry.changes for entry in entries if entry.changes is not None}
        self._complete(known, entries, changed | _quoted(entries))
        self._complete(known, entries, _quoted([known[seq] for seq in changed if seq in known]))
        now = [known.get(entry.seq, entry) for entry in entries]
        return [_show(entry, known, member, settings) for entry in now]

    def _complete(
        self, known: dict[int, Entry], entries: Sequence[Entry], wanted: set[int]
    ) -> None:
        missing = sorted(wanted - known.keys())
        if missing:
            known |= self._timeline.get(entries[0].conversation_id, missing)


def _has_news(head: Head, cursors: Mapping[str, int]) -> bool:
    """Whether the client lacks something; an empty head may have a first message above it."""
    return head.last_seq > cursors.get(head.conversation_id, 0) or head.last_seq == 0


def _quoted(entries: Sequence[Entry]) -> set[int]:
    return {entry.quote.seq for entry in entries if entry.quote}


def _show(entry: Entry, known: Mapping[int, Entry], member: Member, settings: Settings) -> Shown:
    if entry.seq in settings.hidden:
        return Shown(entry, hidden=True)
    if entry.changes is None:
        return Shown(as_now(entry, known))
    changed = known.get(entry.changes)
    # What one has deleted for oneself does not come back by what others do to it.
    if changed is None or not can_see(changed, member, settings):
        return Shown(entry)
    return Shown(entry, changed=as_now(changed, known))


def _weight(shown: Shown) -> int:
    """Bytes on the wire, not less than what it will be."""
    return sum(_weight_of_entry(entry) for entry in (shown.entry, shown.changed) if entry)


def _weight_of_entry(entry: Entry) -> int:
    texts = [entry.conversation_id, entry.client_id, entry.sender_id, entry.type]
    total = FRAMING + len(encode_json(entry.content))
    if entry.quote:
        # A character takes 6 bytes at most: a control character, escaped.
        total += PART_FRAMING + 6 * len(entry.quote.excerpt or "")
        texts += [entry.quote.sender_id, entry.quote.type]
    if entry.recalled:
        total += PART_FRAMING
        texts.append(entry.recalled.by)
    if entry.edits:
        total += PART_FRAMING
    for reaction, users in entry.reactions.items():
        total += PART_FRAMING + 6 * len(reaction) + sum(len(user) + 3 for user in users)
    return total + sum(map(len, texts))


def _weight_of(synced: Synced) -> int:
    own = FRAMING + len(synced.conversation.id)
    return own + sum(map(_weight, synced.entries))


def _fit(entries: Sequence[Shown], budget: int) -> list[Shown]:
    """As many from the beginning as the budget takes, and one at least."""
    kept: list[Shown] = []
    for shown in entries:
        budget -= _weight(shown)
        if budget < 0 and kept:
            break
        kept.append(shown)
    return kept


def _fit_newest(synced: Synced, budget: int, *, force: bool) -> Synced | None:
    """The conversation within the budget: whole, or its newest entries if it must be shown."""
    if _weight_of(synced) <= budget:
        return synced
    if not force:
        return None
    return replace(synced, entries=_fit(synced.entries[::-1], budget)[::-1])
