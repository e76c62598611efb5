"""Recall, edit and reactions: changes of a message, each an entry of the timeline itself."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from chirrup.domain.conversations import Head, Member, Preview, preview_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageUpdated
from chirrup.domain.ids import Conversation, Kind
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    EDITED,
    REACTED,
    RECALLED,
    Entry,
    Json,
    edit,
    encode_json,
    react,
    recall,
)
from chirrup.domain.occasions import Occasion
from chirrup.domain.pins import Pins
from chirrup.domain.rights import Role, check_alive
from chirrup.ports import Clock, Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records, Write
from chirrup.ports.timelines import Change, ChangeConflict, Timeline
from chirrup.service.access import (
    active_view,
    audience_of,
    can_see,
    check_mentions,
    check_users_write,
    check_writing,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.appending import PAUSE_MS, ROUNDS, TAIL
from chirrup.service.quoting import looked_up
from chirrup.service.screening import Screening
from chirrup.service.settling import Settling


@dataclass(frozen=True, slots=True)
class Scene:
    """Who changes something where, as read.

    Attributes:
        now: Before the reading (ms since epoch).
    """

    conversation: Conversation
    head: Head
    member: Member
    now: int


Transform = Callable[[Scene, Entry], Entry]


@dataclass(frozen=True, slots=True)
class Changed:
    """The message as it is now, and the seq of the change; None when nothing had to change."""

    entry: Entry
    change_seq: int | None


class Changing:
    """Changes messages; the change, the message and the head are stored together or not at all."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        records: Records,
        dispatcher: Dispatcher,
        settling: Settling,
        screening: Screening,
        clock: Clock,
        friends_only: bool,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._records = records
        self._dispatcher = dispatcher
        self._settling = settling
        self._screening = screening
        self._clock = clock
        self._friends_only = friends_only

    def recall(self, actor: Actor, conversation_id: str, seq: int) -> Changed:
        """Take back one's own message within 5 minutes; in charge of a group any, at any time.

        An admin may not take back the owner's. A pinned message is unpinned.

        Raises:
            ChirrupError: `not_found`, `not_member`, `forbidden`, `recall_expired`,
                `already_recalled`, `group_dissolved`, `group_banned`.
        """

        def taken_back(scene: Scene, entry: Entry) -> Entry:
            if scene.head.group:
                check_alive(scene.head.group)
            in_charge = self._may_recall(scene, entry)
            return recall(entry, actor.user_id, scene.now, in_charge=in_charge)

        return self._change(actor, conversation_id, seq, RECALLED, taken_back)

    def edit(self, actor: Actor, conversation_id: str, seq: int, content: Json) -> Changed:
        """Give one's own text another content within 24 hours.

        Raises:
            ChirrupError: `not_found`, `forbidden`, `edit_expired`, `already_recalled`,
                `invalid_request`, `payload_too_large`, `admin_required`, `sensitive_word`, and what
                `access.check_writing` refuses.
        """
        if len(encode_json(content)) > CONTENT_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX)

        def edited(scene: Scene, entry: Entry) -> Entry:
            self._check_writing(scene)
            check_mentions(self._conversations, scene.conversation, scene.member, content)
            changed = edit(entry, actor.user_id, content, scene.now)
            written = Occasion.edit(actor.user_id, entry)
            return replace(changed, content=self._screening.content(written, entry.type, content))

        return self._change(actor, conversation_id, seq, EDITED, edited)

    def react(
        self, actor: Actor, conversation_id: str, seq: int, reaction: str, *, add: bool
    ) -> Changed:
        """Add or remove a reaction; doing it twice changes nothing.

        Raises:
            ChirrupError: `not_found`, `already_recalled`, `conflict`, `sensitive_word`, and what
                `access.check_writing` refuses.
        """

        def reacted(scene: Scene, entry: Entry) -> Entry:
            if add:
                self._check_writing(scene)
                self._check_reaction(entry, actor, reaction)
            elif scene.head.group:
                # To take something back is not to write.
                check_alive(scene.head.group)
            return react(entry, actor.user_id, reaction, add=add)

        return self._change(actor, conversation_id, seq, REACTED, reacted)

    def _change(
        self, actor: Actor, conversation_id: str, seq: int, type_: str, transform: Transform
    ) -> Changed:
        conversation = own_conversation(conversation_id, actor.user_id)
        if conversation.kind is Kind.CHANNEL:
            check_users_write(conversation)
        for round_ in range(ROUNDS):
            now = self._clock.now()
            head, member, settings = active_view(
                self._conversations, conversation, actor.user_id, now
            )
            target = self._timeline.get(conversation.id, [seq]).get(seq)
            if target is None or not can_see(target, member, settings):
                raise ChirrupError(ErrorCode.NOT_FOUND)
            scene = Scene(conversation, head, member, now)
            changed = transform(scene, target)
            if changed is target:
                return Changed(target, None)
            # Above the head there is something only in a race or after a crash: after a conflict,
            # or when the message to be changed stands there itself.
            above = round_ > 0 or seq > head.last_seq
            passed = (
                tuple(self._timeline.after(conversation.id, head.last_seq, TAIL)) if above else ()
            )
            if any(entry.governs for entry in passed):
                continue  # What was checked holds no more; the head has moved on meanwhile.
            self._settling.passed(passed, member)
            change = self._planned(scene, type_, target, changed, passed)
            try:
                self._timeline.change(change)
            except ChangeConflict:
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311
                continue
            self._dispatcher.dispatch(
                [MessageUpdated(change.entry.seq, looked_up(self._timeline, changed))],
                audience_of(conversation, head, _lowest(changed), but=actor),
            )
            return Changed(changed, change.entry.seq)
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)

    def _planned(
        self, scene: Scene, type_: str, target: Entry, changed: Entry, passed: tuple[Entry, ...]
    ) -> Change:
        head, end = scene.head, passed[-1] if passed else None
        entry = Entry(
            conversation_id=scene.conversation.id,
            seq=(end.seq if end else head.last_seq) + 1,
            sender_id=scene.member.user_id,
            client_id="",
            type=type_,
            content={"seq": target.seq},
            sent_at=scene.now,
            count=end.count if end else head.count,
            alls=end.alls if end else head.alls,
            revision=changed.revision,
            changes=target.seq,
            previous=None if changed.content == target.content else target.content,
        )
        moved = Head(
            conversation_id=scene.conversation.id,
            last_seq=entry.seq,
            count=entry.count,
            last_of=head.last_of.after(passed, self._clock.now()),
            preview=_preview_after(head, passed, changed),
            alls=entry.alls,
        )
        unpinned = self._unpinned(target) if changed.recalled else ()
        return Change(entry, changed, read=head, head=moved, records=unpinned)

    def _check_reaction(self, entry: Entry, actor: Actor, reaction: str) -> None:
        """Refuse one that holds a word: a reaction that is masked would be none."""
        written = Occasion(actor.user_id, "reaction", entry.conversation_id, "", entry.seq)
        if self._screening.text(written, "reaction", reaction) != reaction:
            raise ChirrupError(ErrorCode.SENSITIVE_WORD, field="reaction")

    def _check_writing(self, scene: Scene) -> None:
        check_writing(
            scene.conversation,
            scene.head,
            scene.member,
            friends_only=self._friends_only,
            now=scene.now,
        )

    def _may_recall(self, scene: Scene, entry: Entry) -> bool:
        """Whether the actor runs the group, and the message is not the owner's to an admin."""
        role = scene.member.role
        if role is None or role is Role.MEMBER:
            return False
        if role is Role.OWNER or entry.sender_id == scene.member.user_id:
            return True
        sender = self._conversations.member(scene.conversation.id, entry.sender_id)
        return sender is None or sender.role is not Role.OWNER

    def _unpinned(self, target: Entry) -> tuple[Write, ...]:
        """The pins without a message, if it is pinned."""
        pins = self._records.get(Pins, target.conversation_id)
        if pins is None or target.seq not in pins.seqs:
            return ()
        return (Put(pins.without(target.seq)),)


def _lowest(changed: Entry) -> int:
    """The lowest seq that a changed message shows."""
    return changed.quote.seq if changed.quote and changed.quote.excerpt else changed.seq


def _preview_after(head: Head, passed: tuple[Entry, ...], changed: Entry) -> Preview | None:
    """What the list shows where that becomes another: a message passed, or the one changed."""
    messages = [entry.seq for entry in passed if entry.countable]
    shown = messages[-1] if messages else head.preview.seq if head.preview else 0
    if shown == changed.seq:
        return preview_of(changed)
    return next((preview_of(entry) for entry in passed if entry.seq == shown), None)
