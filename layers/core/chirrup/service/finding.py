"""Finding messages: in one conversation, or in all of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.finding import Criteria
from chirrup.domain.places import Place, parse_place
from chirrup.ports import Clock, SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.finding import Activity, Finder, Found, Stretch
from chirrup.ports.timelines import Timeline
from chirrup.service.access import can_see, member_view, own_conversation
from chirrup.service.actor import Actor
from chirrup.service.pages import Shown, fit, weight_of_shown
from chirrup.service.reading import LAG_MS, Reading
from chirrup.service.search_order import Step, steps_from

ENTRIES_MAX = 4_000
"""Entries that one page looks at, at most; then the cursor says where to go on."""
FIRST_GO = 1_000
"""Entries of them that are looked at before all others."""
CONVERSATIONS_MAX = 40
"""Conversations that one page looks into, at most."""
WIDTH = 8
"""Conversations that are looked into at the same time."""

View = tuple[Head, Member, Settings]


@dataclass(slots=True)
class Results:
    """A page of results.

    Attributes:
        messages: As the user sees them; newest first in each conversation.
        place: Where to go on; None when all was searched.
    """

    messages: list[Shown] = field(default_factory=list)
    place: Place | None = None


class Finding:
    """Searches messages on behalf of a user, who finds just what they can read."""

    def __init__(
        self,
        *,
        finder: Finder,
        activity: Activity,
        timeline: Timeline,
        conversations: Conversations,
        reading: Reading,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._finder = finder
        self._activity = activity
        self._timeline = timeline
        self._conversations = conversations
        self._reading = reading
        self._clock = clock
        self._side_by_side = side_by_side

    def search(
        self,
        actor: Actor,
        criteria: Criteria,
        conversation_id: str | None,
        cursor: str | None,
        *,
        limit: int,
        budget: int,
    ) -> Results:
        """A page of results. It may hold fewer than asked for, or none, and not be the last.

        Args:
            actor: Who searches.
            criteria: What.
            conversation_id: Where; None for all of the user's conversations.
            cursor: Where the page before ended.
            limit: Messages at most.
            budget: Bytes that they may take on the wire; one more may be too much.

        Raises:
            ChirrupError: `invalid_request` for a bad cursor; `not_member`, `not_found`.
        """
        steps = self._steps(actor, conversation_id, cursor)
        page = _Page(limit, budget)
        while steps and page.has_room:
            steps = self._go_on(actor, steps, criteria, page, only=conversation_id is not None)
        return Results(page.messages, steps[0].place if steps else None)

    def _steps(self, actor: Actor, conversation_id: str | None, cursor: str | None) -> list[Step]:
        place = parse_place(cursor) if cursor else None
        if conversation_id is None:
            fits = place is None or bool(place.recent)
        else:
            own_conversation(conversation_id, actor.user_id)
            fits = place is None or place == Place(id=conversation_id, below=place.below)
        if not fits or (cursor and not place):
            raise ChirrupError(ErrorCode.INVALID_REQUEST, field="cursor", problem="is not valid")
        if conversation_id is None:
            return steps_from(self._activity, actor.user_id, place)
        return [Step(conversation_id, place or Place(id=conversation_id))]

    def _go_on(
        self, actor: Actor, steps: list[Step], criteria: Criteria, page: "_Page", *, only: bool
    ) -> list[Step]:
        """Search the next conversations; give back what is still to be searched."""
        batch, rest = steps[:WIDTH], steps[WIDTH:]
        views = self._side_by_side(*(partial(self._view, actor, step, only) for step in batch))
        seen = [(step, view) for step, view in zip(batch, views, strict=True) if view]
        stretches = [self._stretch(step, *view) for step, view in seen]
        found = self._finder.find(stretches, criteria, page.next_go())
        left = [step for step, _ in seen]
        for (step, (_, member, settings)), one in zip(seen, found, strict=False):
            if not page.has_room:
                break
            left.pop(0)
            below = self._take(step.conversation_id, member, settings, one, criteria, page)
            if below is not None:
                left.insert(0, Step(step.conversation_id, step.below(below)))
                break
        return left + rest

    def _view(self, actor: Actor, step: Step, only: bool) -> View | None:
        """What the user may see of a conversation, as it is stored now; None for nothing."""
        conversation = own_conversation(step.conversation_id, actor.user_id)
        now = self._clock.now()
        try:
            return member_view(self._conversations, conversation, actor.user_id, now)
        except ChirrupError as error:
            # In between, one's own conversation may have gone; where it was asked for, say so.
            if only or error.code not in (ErrorCode.NOT_FOUND, ErrorCode.NOT_MEMBER):
                raise
            return None

    def _stretch(self, step: Step, head: Head, member: Member, _: Settings) -> Stretch:
        return Stretch(
            conversation_id=step.conversation_id,
            spans=member.spans(),
            end=head.last_seq,
            below=step.place.below or None,
            edited_since=self._time_of_leaving(member) if member.left_seq else None,
        )

    def _time_of_leaving(self, member: Member) -> int:
        """When a member has left (ms since epoch), not later than that; 0 where nobody knows."""
        found = self._timeline.get(member.conversation_id, [member.left_seq])
        return found[member.left_seq].sent_at - LAG_MS if found else 0

    def _take(
        self,
        conversation_id: str,
        member: Member,
        settings: Settings,
        found: Found,
        criteria: Criteria,
        page: "_Page",
    ) -> int | None:
        """Put on the page what was found; below which seq to go on, None if all was searched."""
        seqs = found.seqs[: page.left]
        wanted = self._wanted(conversation_id, seqs, member, settings, criteria)
        kept = page.add(wanted, found.looked)
        if kept < len(wanted):
            return wanted[kept - 1].entry.seq
        return found.reached if seqs == found.seqs else seqs[-1]

    def _wanted(
        self,
        conversation_id: str,
        seqs: Sequence[int],
        member: Member,
        settings: Settings,
        criteria: Criteria,
    ) -> list[Shown]:
        """Those of the candidates that are wanted, as the member sees them now."""
        found = self._timeline.get(conversation_id, seqs)
        entries = [
            found[seq]
            for seq in seqs
            if seq in found and criteria.allow(found[seq]) and can_see(found[seq], member, settings)
        ]
        # Who has left sees a message as it was then, perhaps before an edit.
        if not member.left_seq:
            entries = [one for one in entries if criteria.match(one.type, one.content)]
        shown = self._reading.shown(entries, member, settings)
        return [one for one in shown if criteria.match(one.entry.type, one.entry.content)]


@dataclass(slots=True)
class _Page:
    """A page that fills, and what it may still cost."""

    limit: int
    budget: int
    entries: int = ENTRIES_MAX
    conversations: int = CONVERSATIONS_MAX
    goes: int = 0
    messages: list[Shown] = field(default_factory=list)

    @property
    def left(self) -> int:
        """How many messages it has room for."""
        return self.limit - len(self.messages)

    @property
    def has_room(self) -> bool:
        """Whether the search goes on."""
        return min(self.left, self.budget, self.entries, self.conversations) > 0

    def next_go(self) -> int:
        """How many entries to look at next: first a few, since most pages fill soon."""
        self.goes += 1
        return FIRST_GO if self.goes == 1 else self.entries

    def add(self, wanted: Sequence[Shown], looked: int) -> int:
        """Add as many as the budget takes, and one at least; how many that were."""
        kept = fit(wanted, self.budget)
        self.messages += kept
        whole = len(kept) == len(wanted)
        self.budget = self.budget - sum(map(weight_of_shown, kept)) if whole else 0
        self.entries -= looked
        self.conversations -= 1
        return len(kept)
