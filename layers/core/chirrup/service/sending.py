"""Sending a message: the path that everything else stands on.

What the order of its writes proves stands in `appending`.
"""

from dataclasses import dataclass

from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Audience, MessageCreated
from chirrup.domain.ids import Conversation, client_time, private_id
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    Entry,
    Json,
    Quote,
    encode_json,
    excerpt,
    payload_digest,
)
from chirrup.domain.rates import Rate
from chirrup.ports import Clock, Conversations, Dispatcher, SideBySide, Timeline
from chirrup.service.access import (
    audience_of,
    can_see,
    check_mentions,
    member_view,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.appending import (
    TAIL,
    Appended,
    append,
    head_at,
    is_message,
    settle_passed,
    settlement_of,
    stored_above,
)
from chirrup.service.quoting import looked_up

LATE_MS = 10 * 60 * 1000
"""How far a device's clock may be ahead for its ids still to be found by their own time."""
HORIZON = 5_000
"""Entries that a marked retry is searched in."""
SHORT_HORIZON = 200
"""The same where nothing says that it is a retry, or the client_id is no ULID or UUIDv7 and tells
nothing of its age: a device whose clock is slow must not pay for a long search with each send."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as a client wants it sent.

    Attributes:
        conversation_id: Where to; or
        to: the user of a private chat.
        attempt: 2 or more in a retry.
    """

    client_id: str
    type: str
    content: Json
    conversation_id: str | None = None
    to: str | None = None
    quote_seq: int | None = None
    attempt: int = 1


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
        clock: Clock,
        side_by_side: SideBySide,
        friends_only: bool,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._dispatcher = dispatcher
        self._clock = clock
        self._side_by_side = side_by_side
        self._friends_only = friends_only

    def send(self, actor: Actor, draft: Draft) -> Sent:
        """Send a message, or find the one that an earlier attempt stored.

        Raises:
            ChirrupError: `payload_too_large`, `invalid_request`, `not_member`, `not_found`,
                `cannot_target_self`, `idempotency_conflict`, `conflict`, `not_friends`,
                `rate_limited`, `invalid_quote`, `admin_required`, `temporarily_unavailable`.
        """
        if len(encode_json(draft.content)) > CONTENT_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX)
        conversation = self._conversation(actor, draft)
        check_mentions(conversation, draft.content)
        head, member = self._read(conversation, draft, actor.user_id)
        digest = payload_digest(draft.type, draft.content, draft.quote_seq)
        earlier = self._find_earlier(head, member, draft)
        if earlier:
            _same_payload(earlier, digest)
            self._finish(actor, conversation, head, member, self._found(head, earlier))
            return Sent(earlier, duplicate=True)
        appended, rate = self._store(actor, draft, conversation, head, member, digest)
        entry = appended.entry
        settle_passed(self._conversations, appended.passed, member)
        self._conversations.settle(settlement_of(entry, member, rate))
        if appended.duplicate:
            _same_payload(entry, digest)
        self._finish(actor, conversation, head, member, appended)
        return Sent(entry, appended.duplicate)

    def _store(
        self,
        actor: Actor,
        draft: Draft,
        conversation: Conversation,
        head: Head,
        member: Member,
        digest: str,
    ) -> tuple[Appended, Rate | None]:
        """The stored message, and the rate after it; None when it is not charged."""
        now = self._clock.now()
        rate = member.rate.charged(now)
        try:
            self._check_friends(conversation, member)
            quote = self._quote(conversation, actor.user_id, draft.quote_seq)
        except ChirrupError:
            # What a crashed attempt stored is sent, even if it would be refused by now.
            found = stored_above(self._timeline, head, actor.user_id, draft.client_id)
            if found is None:
                raise
            return found, None

        def entry_at(seq: int, count: int) -> Entry:
            return Entry(
                conversation_id=conversation.id,
                seq=seq,
                sender_id=actor.user_id,
                client_id=draft.client_id,
                type=draft.type,
                content=draft.content,
                sent_at=now,
                count=count + 1,
                digest=digest,
                quote=quote,
            )

        appended = append(self._timeline, self._clock, head, entry_at)
        return appended, None if appended.duplicate else rate

    def _check_friends(self, conversation: Conversation, member: Member) -> None:
        if self._friends_only and conversation.peer_of(member.user_id) and not member.friends:
            raise ChirrupError(ErrorCode.NOT_FRIENDS)

    def _conversation(self, actor: Actor, draft: Draft) -> Conversation:
        id_ = draft.conversation_id or private_id(actor.user_id, draft.to or "")
        return own_conversation(id_, actor.user_id)

    def _read(self, conversation: Conversation, draft: Draft, user_id: str) -> tuple[Head, Member]:
        head, member = self._conversations.for_sending(conversation.id, user_id)
        if member is None:
            self._open(conversation, draft, user_id)
            head, member = self._conversations.for_sending(conversation.id, user_id)
        if member is None:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        head = head or Head(conversation.id)
        # Both were read at the same time, so the member may be older than the head. A head that
        # knows of a later message of this user says so, and the member is read again: a retry
        # must not overlook what a twin of it has just settled.
        if head.last_of.get(user_id, 0) > member.recent.last_seq:
            member = self._conversations.member(conversation.id, user_id) or member
        return head, member

    def _open(self, conversation: Conversation, draft: Draft, user_id: str) -> None:
        """Make the conversation for its first message, unless that would be refused anyway."""
        if self._friends_only and conversation.peer_of(user_id):
            raise ChirrupError(ErrorCode.NOT_FRIENDS)
        if draft.quote_seq is not None:
            raise ChirrupError(ErrorCode.INVALID_QUOTE)
        if not self._conversations.open(conversation, user_id):
            raise ChirrupError(ErrorCode.NOT_FOUND)

    def _find_earlier(self, head: Head, member: Member, draft: Draft) -> Entry | None:
        """The message that this client_id names already, if there is one.

        The last messages stand on the member item. Older ones are searched for where the id's own
        time, or a marked attempt, says that it may be one of them; only up to the head, since the
        put runs into whatever stands above it.
        """
        record = member.recent.find(draft.client_id)
        if record:
            found = self._timeline.get(member.conversation_id, [record.seq]).get(record.seq)
            if found and is_message(found, member.user_id, draft.client_id):
                return found
        made_at = client_time(draft.client_id)
        complete_since = member.recent.complete_since
        marked = draft.attempt > 1
        late = LATE_MS if marked else 0
        if not complete_since or (made_at is not None and made_at - late > complete_since):
            return None
        found, complete = self._timeline.find_sent(
            member.conversation_id,
            member.user_id,
            draft.client_id,
            below=head.last_seq + 1,
            since=0 if made_at is None else made_at - LATE_MS,
            horizon=HORIZON if marked and made_at is not None else SHORT_HORIZON,
        )
        if found is None and not complete and marked and made_at is not None:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_old_to_retry")
        return found

    def _found(self, head: Head, entry: Entry) -> Appended:
        """An earlier attempt's message, which crashed before it moved the head, perhaps."""
        if entry.seq <= head.last_seq:
            return Appended(entry, duplicate=True)
        above = self._timeline.after(entry.conversation_id, head.last_seq, TAIL)
        passed = tuple(other for other in above if other.seq < entry.seq)
        return Appended(entry, passed, duplicate=True)

    def _finish(
        self,
        actor: Actor,
        conversation: Conversation,
        head: Head,
        member: Member,
        appended: Appended,
    ) -> None:
        """Move the head on and tell the devices, at the same time; repeating it does no harm."""
        entry = appended.entry
        peer = conversation.peer_of(actor.user_id)
        audience = Audience(
            audience_of(conversation),
            but_connection=actor.connection_id,
            muted=(peer,) if peer and member.muted_by_peer else (),
        )
        # What a message quoted may have been recalled since it was sent first.
        shown = looked_up(self._timeline, entry) if appended.duplicate else entry
        moved = head_at(appended)
        advance = (
            () if entry.seq <= head.last_seq else (lambda: self._conversations.advance(moved),)
        )
        self._side_by_side(
            *advance, lambda: self._dispatcher.dispatch([MessageCreated(shown)], audience)
        )

    def _quote(self, conversation: Conversation, user_id: str, seq: int | None) -> Quote | None:
        if seq is None:
            return None
        _, member, settings = member_view(self._conversations, conversation, user_id)
        quoted = self._timeline.get(conversation.id, [seq]).get(seq)
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
