"""Conversations as a user has them: the list, read cursors, settings, deleting for oneself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chirrup.domain.conversations import Head, Member, Settings, unread
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Audience, ConversationUpdated, ReceiptRead, Typing
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.ports import Clock, Conversations, Dispatcher, Timeline
from chirrup.service.access import (
    audience_of,
    can_see,
    member_view,
    own_conversation,
    up_to_date,
)
from chirrup.service.actor import Actor

TYPING_EVERY_MS = 3_000


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as its user sees it.

    Attributes:
        peer_read_seq: How far the other side of a private chat has read; None where it is not
            looked up.
    """

    conversation: Conversation
    head: Head
    member: Member
    settings: Settings
    unread: int
    peer_read_seq: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """The read cursor after a request to move it."""

    conversation_id: str
    read_seq: int
    unread: int


class ConversationService:
    """What a user does with conversations, beside writing in them."""

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

    def list(self, actor: Actor, after: str | None, limit: int) -> tuple[list[View], str | None]:
        """A page of the user's conversations; those deleted and since silent are left out."""
        views, next_ = self._conversations.views(actor.user_id, after, limit)
        shown = [
            _view(head, up_to_date(self._conversations, head, member), settings)
            for head, member, settings in views
            if head.last_seq > member.cleared_seq
        ]
        return shown, next_

    def get(self, actor: Actor, conversation_id: str) -> View:
        """One conversation.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, settings = member_view(self._conversations, conversation, actor.user_id)
        peer = conversation.peer_of(actor.user_id)
        other = self._conversations.member(conversation.id, peer) if peer else None
        return _view(head, member, settings, other.read_seq if other else None)

    def read(self, actor: Actor, conversation_id: str, seq: int) -> Read:
        """Move the read cursor forward and tell those whom it concerns.

        Raises:
            ChirrupError: `invalid_read_seq` beyond the last seq; `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, settings = member_view(self._conversations, conversation, actor.user_id)
        if settings.marked_unread:
            self.change_settings(actor, conversation_id, {"marked_unread": False})
        if seq <= member.read_seq:
            left = unread(head.count, member, settings, last_seq=head.last_seq)
            return Read(conversation.id, member.read_seq, left)
        count = self._count_at(head, seq)
        if self._conversations.move_cursor(conversation.id, actor.user_id, seq, count):
            receipt = ReceiptRead(conversation.id, actor.user_id, seq)
            self._tell(actor, audience_of(conversation), receipt)
        now = self._conversations.member(conversation.id, actor.user_id) or member
        last_seq = max(head.last_seq, seq)
        left = unread(max(head.count, count), now, settings, last_seq=last_seq)
        return Read(conversation.id, now.read_seq, left)

    def typing(self, actor: Actor, conversation_id: str) -> None:
        """Tell the other side that the user is typing, at most once in 3 s; more is dropped.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        peer = conversation.peer_of(actor.user_id)
        now = self._clock.now()
        fresh = self._conversations.claim_typing(
            conversation.id, actor.user_id, now, TYPING_EVERY_MS
        )
        if fresh and peer:
            self._tell(actor, (peer,), Typing(conversation.id, actor.user_id))

    def change_settings(
        self, actor: Actor, conversation_id: str, changes: Mapping[str, Any]
    ) -> View:
        """Mute, pin, archive, mark unread or keep a draft, on all of the user's devices.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, _ = member_view(self._conversations, conversation, actor.user_id)
        settings = self._conversations.change_settings(conversation.id, actor.user_id, changes)
        peer = conversation.peer_of(actor.user_id)
        if peer and "muted" in changes:
            # Noted where the other side's send reads it anyway: no read of it on the send path.
            self._conversations.set_muted_by_peer(conversation.id, peer, muted=settings.muted)
        self._updated(actor, conversation, changes)
        return _view(head, member, settings)

    def delete_for_me(self, actor: Actor, conversation_id: str) -> None:
        """Hide the whole conversation up to its present end from this user alone.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, _, _ = member_view(self._conversations, conversation, actor.user_id)
        self._conversations.move_cursor(
            conversation.id, actor.user_id, head.last_seq, head.count, head.last_seq
        )
        changes = {"visible_from_seq": head.last_seq + 1, "read_seq": head.last_seq}
        self._updated(actor, conversation, changes)

    def delete_message_for_me(self, actor: Actor, conversation_id: str, seq: int) -> None:
        """Hide one message from this user alone.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        _, member, settings = member_view(self._conversations, conversation, actor.user_id)
        entry = self._timeline.get(conversation.id, [seq]).get(seq)
        if entry is None or not entry.countable or not can_see(entry, member, settings):
            raise ChirrupError(ErrorCode.NOT_FOUND)
        others = entry.sender_id != actor.user_id
        self._conversations.hide(
            conversation.id, actor.user_id, seq, unread=others and seq > member.read_seq
        )
        self._updated(actor, conversation, {"hidden_seq": seq})

    def _count_at(self, head: Head, seq: int) -> int:
        """The running count at a seq."""
        if seq == head.last_seq:
            return head.count
        entry = self._timeline.get(head.conversation_id, [seq]).get(seq)
        if entry:
            return entry.count
        if seq > head.last_seq:
            raise ChirrupError(ErrorCode.INVALID_READ_SEQ, last_seq=head.last_seq)
        # Below the head an entry is missing only when its retention has ended.
        following = self._timeline.after(head.conversation_id, seq, 1)
        return following[0].count - following[0].countable if following else head.count

    def _updated(
        self, actor: Actor, conversation: Conversation, changes: Mapping[str, Any]
    ) -> None:
        self._tell(actor, (actor.user_id,), ConversationUpdated(conversation.id, dict(changes)))

    def _tell(
        self,
        actor: Actor,
        user_ids: tuple[str, ...],
        event: ReceiptRead | Typing | ConversationUpdated,
    ) -> None:
        self._dispatcher.dispatch([event], Audience(user_ids, but_connection=actor.connection_id))


def _view(head: Head, member: Member, settings: Settings, peer_read_seq: int | None = None) -> View:
    return View(
        conversation=parse_conversation_id(head.conversation_id),
        head=head,
        member=member,
        settings=settings,
        unread=unread(head.count, member, settings, last_seq=head.last_seq),
        peer_read_seq=peer_read_seq,
    )
