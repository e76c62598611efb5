"""Recall, edit and reactions: changes of a message, each an entry of the timeline itself."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from chirrup.domain.conversations import Head, Preview, preview_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Audience, MessageUpdated
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
from chirrup.ports import Change, ChangeConflict, Clock, Conversations, Dispatcher, Timeline
from chirrup.service.access import (
    audience_of,
    can_see,
    check_mentions,
    member_view,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.appending import PAUSE_MS, ROUNDS, TAIL, last_of, settle_passed
from chirrup.service.quoting import looked_up

Transform = Callable[[Entry, int], Entry]


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
        dispatcher: Dispatcher,
        clock: Clock,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._dispatcher = dispatcher
        self._clock = clock

    def recall(self, actor: Actor, conversation_id: str, seq: int) -> Changed:
        """Take back one's own message within 5 minutes.

        Raises:
            ChirrupError: `not_found`, `forbidden`, `recall_expired`, `already_recalled`.
        """
        return self._change(
            actor,
            conversation_id,
            seq,
            RECALLED,
            lambda entry, now: recall(entry, actor.user_id, now),
        )

    def edit(self, actor: Actor, conversation_id: str, seq: int, content: Json) -> Changed:
        """Give one's own text another content within 24 hours.

        Raises:
            ChirrupError: `not_found`, `forbidden`, `edit_expired`, `already_recalled`,
                `invalid_request`, `payload_too_large`, `admin_required`.
        """
        if len(encode_json(content)) > CONTENT_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX)
        check_mentions(own_conversation(conversation_id, actor.user_id), content)
        return self._change(
            actor,
            conversation_id,
            seq,
            EDITED,
            lambda entry, now: edit(entry, actor.user_id, content, now),
        )

    def react(
        self, actor: Actor, conversation_id: str, seq: int, reaction: str, *, add: bool
    ) -> Changed:
        """Add or remove a reaction; doing it twice changes nothing.

        Raises:
            ChirrupError: `not_found`, `already_recalled`, `conflict`.
        """
        return self._change(
            actor,
            conversation_id,
            seq,
            REACTED,
            lambda entry, _: react(entry, actor.user_id, reaction, add=add),
        )

    def _change(
        self, actor: Actor, conversation_id: str, seq: int, type_: str, transform: Transform
    ) -> Changed:
        conversation = own_conversation(conversation_id, actor.user_id)
        for round_ in range(ROUNDS):
            head, member, settings = member_view(self._conversations, conversation, actor.user_id)
            target = self._timeline.get(conversation.id, [seq]).get(seq)
            if target is None or not can_see(target, member, settings):
                raise ChirrupError(ErrorCode.NOT_FOUND)
            now = self._clock.now()
            changed = transform(target, now)
            if changed is target:
                return Changed(target, None)
            # Above the head there is something only in a race or after a crash: after a conflict,
            # or when the message to be changed stands there itself.
            above = round_ > 0 or seq > head.last_seq
            passed = (
                tuple(self._timeline.after(conversation.id, head.last_seq, TAIL)) if above else ()
            )
            settle_passed(self._conversations, passed, member)
            end = passed[-1] if passed else None
            entry = Entry(
                conversation_id=conversation.id,
                seq=(end.seq if end else head.last_seq) + 1,
                sender_id=actor.user_id,
                client_id="",
                type=type_,
                content={"seq": seq},
                sent_at=now,
                count=end.count if end else head.count,
                revision=changed.revision,
                changes=seq,
                previous=None if changed.content == target.content else target.content,
            )
            moved = Head(
                conversation_id=conversation.id,
                last_seq=entry.seq,
                count=entry.count,
                last_of=last_of(*passed),
                preview=_preview_after(head, passed, changed),
            )
            try:
                self._timeline.change(Change(entry, changed, read=head, head=moved))
            except ChangeConflict:
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311
                continue
            self._dispatcher.dispatch(
                [MessageUpdated(entry.seq, looked_up(self._timeline, changed))],
                Audience(audience_of(conversation), but_connection=actor.connection_id),
            )
            return Changed(changed, entry.seq)
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)


def _preview_after(head: Head, passed: tuple[Entry, ...], changed: Entry) -> Preview | None:
    """What the list shows where that becomes another: a message passed, or the one changed."""
    messages = [entry.seq for entry in passed if entry.countable]
    shown = messages[-1] if messages else head.preview.seq if head.preview else 0
    if shown == changed.seq:
        return preview_of(changed)
    return next((preview_of(entry) for entry in passed if entry.seq == shown), None)
