"""Reading a timeline: history by pages, and sync, which catches up on all conversations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from chirrup.domain.conversations import (
    End,
    Head,
    Member,
    Settings,
    end_of,
    mentions,
    unread,
)
from chirrup.domain.ids import parse_conversation_id
from chirrup.domain.messages import Entry
from chirrup.ports import Clock, SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import can_see, member_view, own_conversation
from chirrup.service.actor import Actor
from chirrup.service.enrolment import Enrolment
from chirrup.service.pages import Page, Shown, Synced, fit, fit_newest, weight_of
from chirrup.service.parting import as_left
from chirrup.service.quoting import as_seen

SYNC_MESSAGES = 100
"""Newest messages of each conversation in one sync."""
SYNC_PAGE = 50
"""Conversations that one page of a sync looks at."""
SYNC_WIDTH = 8
"""Timelines that are read at the same time."""
LAG_MS = 10_000
"""What was changed so long before a sync is told again: clocks differ, and writes take time."""


class Reading:
    """Reads timelines on behalf of a user."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        enrolment: Enrolment,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._enrolment = enrolment
        self._clock = clock
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
        _, member, settings = member_view(
            self._conversations,
            conversation,
            actor.user_id,
            self._clock.now(),
            self._enrolment.enrol,
        )
        if after_seq is not None:
            found = visible_after(self._timeline, member, after_seq, limit + 1)
            entries = self.shown(found[:limit], member, settings)
            kept = fit(entries, budget)
            return Page(kept, len(found) > len(kept))
        found = visible_before(self._timeline, member, before_seq, 0, limit + 1)
        entries = self.shown(found[-limit:], member, settings)
        kept = fit(entries[::-1], budget)[::-1]
        return Page(kept, len(found) > len(kept))

    def sync(
        self,
        actor: Actor,
        cursors: Mapping[str, int],
        page: str | None,
        *,
        since: int | None = None,
        budget: int,
    ) -> tuple[list[Synced], str | None]:
        """The conversations with news for the client, by pages.

        News are entries above the client's cursors and, where the client says when it last
        synced, what the user changed on other devices since.

        Args:
            actor: Who.
            cursors: The highest contiguous seq that the client has, by conversation.
            page: Where the page before ended: a conversation id.
            since: When the client began its last sync (ms since epoch, our clock).
            budget: Bytes that the page may take on the wire.
        """
        views, next_page = self._enrolment.views(actor.user_id, page, SYNC_PAGE)
        news = [view for view in views if _has_news(view, cursors, since)]
        synced: list[Synced] = []
        for at in range(0, len(news), SYNC_WIDTH):
            chunk = news[at : at + SYNC_WIDTH]
            readers = [
                partial(self._one, *view, cursors.get(view[0].conversation_id, 0)) for view in chunk
            ]
            for one in self._side_by_side(*readers):
                fitted = fit_newest(one, budget, force=not synced)
                if fitted is None:
                    return synced, synced[-1].conversation.id
                budget -= weight_of(fitted)
                if fitted.last_seq:
                    synced.append(fitted)
        return synced, next_page

    def _one(self, head: Head, member: Member, settings: Settings, cursor: int) -> Synced:
        """One conversation above a cursor, with exact unread."""
        end = end_of(head, member)
        # Above the head stands what is being sent this moment, or what a crash left: there the
        # sender's own cursor has not moved yet, nor are those noted whom it names, so it is looked
        # at even if the client has it.
        floor = min(cursor, head.last_seq)
        found = visible_before(self._timeline, member, None, floor, SYNC_MESSAGES)
        own = [e for e in found if e.countable and e.sender_id == member.user_id]
        if own and own[-1].seq > member.read_seq:
            last = own[-1]
            member = replace(member, read_seq=last.seq, read_count=last.count, read_alls=last.alls)
        named = {e.seq for e in found if member.user_id in e.mentioned and e.seq > head.last_seq}
        settings = replace(settings, mentioned=settings.mentioned | named)
        if found and found[-1].seq > end.seq:
            end = End(found[-1].seq, found[-1].count, found[-1].alls)
        news = [entry for entry in found if entry.seq > cursor]
        return Synced(
            conversation=parse_conversation_id(head.conversation_id),
            last_seq=end.seq,
            group=head.group,
            member=member,
            settings=settings,
            unread=unread(end, member, settings),
            mentions=mentions(end, member, settings),
            entries=self.shown(news, member, settings),
        )

    def shown(self, entries: Sequence[Entry], member: Member, settings: Settings) -> list[Shown]:
        """Entries of one conversation as the member sees them, with what they refer to."""
        known = {entry.seq: entry for entry in entries}
        # A page is no snapshot: a message may have been read before a change of it further on.
        for entry in entries:
            if entry.changes in known and known[entry.changes].revision < entry.revision:
                del known[entry.changes]
        changed = {entry.changes for entry in entries if entry.changes is not None}
        self._complete(known, entries, changed | _quoted(entries))
        self._complete(known, entries, _quoted([known[seq] for seq in changed if seq in known]))
        if member.left_seq:
            known |= as_left(self._timeline, member, known.values())
        now = [known.get(entry.seq, entry) for entry in entries]
        return [_show(entry, known, member, settings) for entry in now]

    def _complete(
        self, known: dict[int, Entry], entries: Sequence[Entry], wanted: set[int]
    ) -> None:
        missing = sorted(wanted - known.keys())
        if missing:
            known |= self._timeline.get(entries[0].conversation_id, missing)


def visible_after(timeline: Timeline, member: Member, seq: int, limit: int) -> list[Entry]:
    """At most `limit` entries above a seq that a member may see, ascending."""
    found: list[Entry] = []
    for first, last in member.spans():
        if len(found) >= limit or (last is not None and last <= seq):
            continue
        page = timeline.after(member.conversation_id, max(seq, first - 1), limit - len(found))
        found += [entry for entry in page if last is None or entry.seq <= last]
    return found


def visible_before(
    timeline: Timeline, member: Member, seq: int | None, floor: int, limit: int
) -> list[Entry]:
    """At most `limit` newest entries below a seq, above a floor, that a member may see."""
    found: list[Entry] = []
    for first, last in reversed(member.spans()):
        top = seq if last is None else last + 1 if seq is None else min(seq, last + 1)
        low = max(floor, first - 1)
        if len(found) >= limit or (top is not None and top <= low + 1):
            continue
        found = timeline.before(member.conversation_id, top, low, limit - len(found)) + found
    return found


def _has_news(
    view: tuple[Head, Member, Settings], cursors: Mapping[str, int], since: int | None
) -> bool:
    """Whether the client lacks something; an empty head may have a first message above it."""
    head, member, settings = view
    changed = since is not None and max(member.touched_at, settings.touched_at) > since - LAG_MS
    end = end_of(head, member)
    return changed or end.seq > cursors.get(head.conversation_id, 0) or head.last_seq == 0


def _quoted(entries: Sequence[Entry]) -> set[int]:
    return {entry.quote.seq for entry in entries if entry.quote}


def _show(entry: Entry, known: Mapping[int, Entry], member: Member, settings: Settings) -> Shown:
    if entry.seq in settings.hidden:
        return Shown(entry, hidden=True)
    if entry.changes is None:
        return Shown(as_seen(entry, known, member))
    changed = known.get(entry.changes)
    # What one has deleted for oneself does not come back by what others do to it.
    if changed is None or not can_see(changed, member, settings):
        return Shown(entry)
    return Shown(entry, changed=as_seen(changed, known, member))
