"""Sending a message: the path that everything else stands on.

What the order of its writes proves stands in `appending`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chirrup.domain.contents import AS_SENT, names_in
from chirrup.domain.conversations import End, Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import Conversation, private_id
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    Entry,
    Json,
    Quote,
    encode_json,
    excerpt,
    mentions_all,
    payload_digest,
)
from chirrup.domain.occasions import Occasion
from chirrup.domain.rates import Rate
from chirrup.domain.rights import check_slow
from chirrup.ports import Clock, Dispatcher, SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import (
    audience_of,
    can_see,
    check_mentions,
    check_users_write,
    check_writing,
    member_view,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.appending import Appended, append, head_at
from chirrup.service.quoting import looked_up, without_excerpt
from chirrup.service.retrying import find_earlier, found_again, stored_above
from chirrup.service.screening import Screening
from chirrup.service.senders import Composed, Draft, Sender, Senders
from chirrup.service.settling import Settling

if TYPE_CHECKING:
    # Few messages need it, so it is loaded with the first of them.
    from chirrup.service.composing import Composing


@dataclass(frozen=True, slots=True)
class Sent:
    """The stored message, and whether it had been stored before."""

    entry: Entry
    duplicate: bool


class Sending:
    """Stores a message once, tells the devices, and only then answers."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        dispatcher: Dispatcher,
        settling: Settling,
        screening: Screening,
        clock: Clock,
        side_by_side: SideBySide,
        composing: Callable[[], "Composing"],
        friends_only: bool,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._dispatcher = dispatcher
        self._settling = settling
        self._screening = screening
        self._clock = clock
        self._side_by_side = side_by_side
        self._composing = composing
        self._friends_only = friends_only
        self._senders = Senders(
            conversations=conversations,
            screening=screening,
            clock=clock,
            friends_only=friends_only,
        )

    def send(self, actor: Actor, draft: Draft) -> Sent:
        """Send a message, or find the one that an earlier attempt stored.

        Raises:
            ChirrupError: `payload_too_large`, `invalid_request`, `not_member`, `not_found`,
                `cannot_target_self`, `idempotency_conflict`, `conflict`, what
                `access.check_writing`, `access.check_mentions` and `composing.compose` refuse,
                `rate_limited`, `sensitive_word`, `invalid_quote`, `temporarily_unavailable`.
        """
        if len(encode_json(draft.content)) > CONTENT_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX)
        conversation = self._conversation(actor, draft)
        sender = self._screening.alongside(
            lambda: self._senders.read(conversation, draft, actor.user_id)
        )
        digest = payload_digest(draft.type, draft.content, draft.quote_seq)
        earlier = find_earlier(
            self._timeline, sender.head, sender.member, draft.client_id, draft.attempt
        )
        if earlier:
            _same_payload(earlier, digest)
            self._finish(
                actor, sender, found_again(self._timeline, sender.head, earlier), sender.head
            )
            return Sent(earlier, duplicate=True)
        appended, rate, latest = self._store(draft, sender, digest)
        self._settling.passed(appended.passed, sender.member)
        self._settling.own(appended.entry, sender.member, rate)
        if appended.duplicate:
            _same_payload(appended.entry, digest)
        self._finish(actor, sender, appended, latest)
        return Sent(appended.entry, appended.duplicate)

    def _store(
        self, draft: Draft, sender: Sender, digest: str
    ) -> tuple[Appended, Rate | None, Head]:
        """The stored message; the rate after it, None when it is not charged; the latest head."""
        conversation, head, member = sender.conversation, sender.head, sender.member
        user_id, now = member.user_id, self._clock.now()
        latest = head

        def entry_after(end: End) -> Entry:
            return Entry(
                conversation_id=conversation.id,
                seq=end.seq + 1,
                sender_id=user_id,
                client_id=draft.client_id,
                type=composed.type,
                content=composed.content,
                sent_at=now,
                count=end.count + 1,
                digest=digest,
                quote=quote,
                alls=end.alls + mentions_all(composed.type, composed.content),
                forwarded=composed.forwarded,
            )

        def passing(entry: Entry) -> None:
            nonlocal latest
            if entry.countable and entry.sender_id == user_id and head.group and member.role:
                # Sent at the same moment: what the member item knows is older.
                check_slow(head.group, member.role, entry.sent_at, now)
            if entry.governs:
                # Who may write was changed by an entry below ours: what was checked holds no more.
                latest, again = self._senders.again(conversation, user_id, entry)
                self._check(conversation, latest, again, draft, now)

        try:
            rate = self._check(conversation, head, member, draft, now)
            content = self._screened(sender, draft, draft.type, draft.content)
            quote = self._quote(sender, draft.quote_seq)
            composed = self._composed(sender, replace(draft, content=content))
            appended = append(self._timeline, self._clock, head, entry_after, passing)
        except ChirrupError:
            # What a crashed attempt stored is sent, even if it would be refused by now.
            found = stored_above(self._timeline, head, user_id, draft.client_id)
            if found is None:
                raise
            return found, None, latest
        return appended, None if appended.duplicate else rate, latest

    def _check(
        self, conversation: Conversation, head: Head, member: Member, draft: Draft, now: int
    ) -> Rate:
        """The sender's rate after the message, where it may be sent."""
        check_writing(conversation, head, member, friends_only=self._friends_only, now=now)
        check_mentions(self._conversations, conversation, member, draft.content)
        if head.group and member.role:
            check_slow(head.group, member.role, member.recent.last_sent_at, now)
        return member.rate.charged(now)

    def _screened(self, sender: Sender, draft: Draft, type_: str, content: Json) -> Json:
        written = Occasion.message(sender.member.user_id, sender.head, draft.client_id)
        return self._screening.content(written, type_, content)

    def _composed(self, sender: Sender, draft: Draft) -> Composed:
        """What is to be stored. It comes last: uploads are kept from here on."""
        if draft.type in AS_SENT:
            return Composed(draft.type, draft.content)
        composed = self._composing().compose(sender, draft)
        if composed.forwarded is None and not names_in(composed.type, composed.content):
            return composed
        # Others have written it, before, and perhaps while another list was in force.
        again = self._screened(sender, draft, composed.type, composed.content)
        return replace(composed, content=again)

    def _conversation(self, actor: Actor, draft: Draft) -> Conversation:
        id_ = draft.conversation_id or private_id(actor.user_id, draft.to or "")
        conversation = own_conversation(id_, actor.user_id)
        check_users_write(conversation)
        return conversation

    def _finish(self, actor: Actor, sender: Sender, appended: Appended, latest: Head) -> None:
        """Move the head on and tell the devices, at the same time; repeating it does no harm."""
        entry = appended.entry
        peer = sender.conversation.peer_of(actor.user_id)
        muted = (peer,) if peer and sender.member.muted_by_peer else ()
        # What a message quoted may have been recalled since it was sent first.
        shown = looked_up(self._timeline, entry) if appended.duplicate else entry
        lowest = shown.quote.seq if shown.quote and shown.quote.excerpt else entry.seq
        audience = audience_of(sender.conversation, latest, lowest, but=actor, muted=muted)
        moved = head_at(sender.head, appended, self._clock.now())
        advance = (
            ()
            if entry.seq <= sender.head.last_seq
            else (lambda: self._conversations.advance(moved),)
        )
        self._side_by_side(
            *advance, lambda: self._dispatcher.dispatch([MessageCreated(shown)], audience)
        )
        if lowest < entry.seq and latest.group:
            # Those who joined after what is quoted see the message without that.
            newer = audience_of(sender.conversation, latest, entry.seq, above=lowest, but=actor)
            self._dispatcher.dispatch([MessageCreated(without_excerpt(shown))], newer)

    def _quote(self, sender: Sender, seq: int | None) -> Quote | None:
        if seq is None:
            return None
        user_id = sender.member.user_id
        _, member, settings = member_view(
            self._conversations, sender.conversation, user_id, self._clock.now()
        )
        quoted = self._timeline.get(sender.conversation.id, [seq]).get(seq)
        if quoted is None or quoted.recalled or not quoted.countable:
            raise ChirrupError(ErrorCode.INVALID_QUOTE)
        if not can_see(quoted, member, settings):
            raise ChirrupError(ErrorCode.INVALID_QUOTE)
        return Quote(seq, quoted.sender_id, quoted.type, excerpt(quoted.type, quoted.content))


def _same_payload(entry: Entry, digest: str) -> None:
    if entry.digest != digest:
        raise ChirrupError(
            ErrorCode.IDEMPOTENCY_CONFLICT, conversation_id=entry.conversation_id, seq=entry.seq
        )
