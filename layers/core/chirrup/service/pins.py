"""Pins: messages that a conversation keeps in view."""

from collections.abc import Sequence
from dataclasses import dataclass

from chirrup.domain.conversations import Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, Kind
from chirrup.domain.messages import Entry, Json
from chirrup.domain.pins import PINS_MAX, Pins
from chirrup.domain.rights import Act, check_act, check_alive
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.ports.timelines import Timeline
from chirrup.service.access import (
    active_view,
    audience_of,
    can_see,
    check_writing,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.quoting import as_seen

PINNED = "system.pinned"
UNPINNED = "system.unpinned"
GROUP_PINNED = "system.group_pinned"
GROUP_UNPINNED = "system.group_unpinned"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pinned message as it is now, who pinned it, and when (ms since epoch)."""

    entry: Entry
    user_id: str
    at: int


class Pinning:
    """Pins messages, each change an entry of the timeline; by the owner and admins in groups."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        clock: Clock,
        friends_only: bool,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._clock = clock
        self._friends_only = friends_only

    def list(self, actor: Actor, conversation_id: str) -> list[Pinned]:
        """The pinned messages that the user may see, the one pinned last first.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        _, member, settings = active_view(
            self._conversations, conversation, actor.user_id, self._clock.now()
        )
        pins = self._pins(conversation)
        known = self._with_quoted(conversation, pins.seqs)
        return [
            Pinned(as_seen(known[seq], known, member), user_id, at)
            for seq, user_id, at in pins.pins
            if seq in known and can_see(known[seq], member, settings)
        ]

    def pin(self, actor: Actor, conversation_id: str, seq: int) -> int | None:
        """Pin a message; the seq of the entry that says so, None where it was pinned already.

        Raises:
            ChirrupError: `not_found`, `already_recalled`; `pin_limit` with the pinned seqs;
                `admin_required`, and what `access.check_writing` refuses.
        """
        conversation = own_conversation(conversation_id, actor.user_id)

        def build(attempt: Attempt) -> int | None:
            member, settings = self._scene(attempt, actor, conversation)
            if not member.sees(seq) or seq in settings.hidden:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            pins = self._pins(conversation)
            if seq in pins.seqs:
                return None
            entry = self._grown(attempt, conversation, member, seq, pinned=True)
            # Read after the end that the entry takes: a recall meanwhile would take that place.
            found = self._timeline.get(conversation.id, (seq, *pins.seqs))
            _check_pinnable(found.get(seq))
            kept = pins.only(found)
            if len(kept.pins) >= PINS_MAX:
                raise ChirrupError(ErrorCode.PIN_LIMIT, limit=PINS_MAX, seqs=list(kept.seqs))
            attempt.write(Put(kept.with_pin(seq, actor.user_id, attempt.now)))
            return entry.seq

        return self._committing.run(build)

    def unpin(self, actor: Actor, conversation_id: str, seq: int) -> int | None:
        """Unpin a message; the seq of the entry that says so, None where it was not pinned.

        Also one that the user does not see, which would keep its place for ever otherwise.

        Raises:
            ChirrupError: `not_found`, `admin_required`, and what `access.check_writing` refuses.
        """
        conversation = own_conversation(conversation_id, actor.user_id)

        def build(attempt: Attempt) -> int | None:
            member, _ = self._scene(attempt, actor, conversation)
            pins = self._pins(conversation)
            if seq not in pins.seqs:
                return None
            entry = self._grown(attempt, conversation, member, seq, pinned=False)
            attempt.write(Put(pins.without(seq)))
            return entry.seq

        return self._committing.run(build)

    def _scene(
        self, attempt: Attempt, actor: Actor, conversation: Conversation
    ) -> tuple[Member, Settings]:
        """Member and settings of one who may pin here now, read after the end of the timeline."""
        attempt.head(conversation.id)
        head, member, settings = active_view(
            self._conversations, conversation, actor.user_id, attempt.now
        )
        if conversation.kind is Kind.GROUP:
            if head.group:
                check_alive(head.group)
            check_act(Act.PIN, member.role)
        else:
            friends_only = self._friends_only
            check_writing(conversation, head, member, friends_only=friends_only, now=attempt.now)
        return member, settings

    def _grown(
        self,
        attempt: Attempt,
        conversation: Conversation,
        member: Member,
        seq: int,
        *,
        pinned: bool,
    ) -> Entry:
        group = conversation.kind is Kind.GROUP
        if group:
            type_ = GROUP_PINNED if pinned else GROUP_UNPINNED
        else:
            type_ = PINNED if pinned else UNPINNED
        content: Json = {"pinned_seq": seq, **({"user_ids": []} if group else {})}
        peer = conversation.peer_of(member.user_id)
        muted = (peer,) if peer and member.muted_by_peer else ()
        return attempt.grow(
            conversation.id,
            member.user_id,
            type_,
            content,
            lambda head, entry: audience_of(conversation, head, entry.seq, muted=muted),
        )

    def _pins(self, conversation: Conversation) -> Pins:
        return self._records.get(Pins, conversation.id) or Pins(owner=conversation.id)

    def _with_quoted(self, conversation: Conversation, seqs: Sequence[int]) -> dict[int, Entry]:
        """Messages by seq, and what they quote."""
        if not seqs:
            return {}
        known = self._timeline.get(conversation.id, seqs)
        quoted = {one.quote.seq for one in known.values() if one.quote} - known.keys()
        return known | (self._timeline.get(conversation.id, sorted(quoted)) if quoted else {})


def _check_pinnable(entry: Entry | None) -> None:
    if entry is None or not entry.countable:
        raise ChirrupError(ErrorCode.NOT_FOUND)
    if entry.recalled:
        raise ChirrupError(ErrorCode.ALREADY_RECALLED)
