"""Conversations as a user has them: the list, settings, typing, deleting for oneself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import (
    TYPING_MAX,
    End,
    Head,
    Member,
    Settings,
    end_of,
    mentions,
    unread,
)
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import ConversationUpdated, Typing
from chirrup.domain.ids import Conversation, Kind, parse_conversation_id
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Clock, Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records, RosterTouched
from chirrup.ports.timelines import Timeline
from chirrup.service.access import (
    absent,
    audience_of,
    can_see,
    check_writing,
    member_view,
    own_conversation,
)
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.enrolment import Enrolment

TYPING_EVERY_MS = 3_000
HIDDEN_MAX = 5_000
"""Messages that a user may delete for themselves in one conversation, one by one (some 5 bytes
each on the settings item); deleting the conversation takes any number."""


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as its user sees it.

    Attributes:
        end: The end of the timeline that the user sees.
        unread: Messages of others after the read cursor.
        mentions: Those of them that mention the user.
        peer_read_seq: How far the other side of a private chat has read; None where it is not
            looked up, or one side blocks the other.
    """

    conversation: Conversation
    head: Head
    member: Member
    settings: Settings
    end: End
    unread: int
    mentions: int
    peer_read_seq: int | None = None


class ConversationService:
    """What a user does with conversations, beside writing in them."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        records: Records,
        dispatcher: Dispatcher,
        committing: Committing,
        enrolment: Enrolment,
        clock: Clock,
        friends_only: bool,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._records = records
        self._dispatcher = dispatcher
        self._committing = committing
        self._enrolment = enrolment
        self._clock = clock
        self._friends_only = friends_only

    def list(self, actor: Actor, after: str | None, limit: int) -> tuple[list[View], str | None]:
        """A page of the user's conversations; those deleted and since silent are left out."""
        views, next_ = self._enrolment.views(actor.user_id, after, limit)
        shown = [_view(*view) for view in views]
        return [view for view in shown if view.end.seq > view.member.cleared_seq], next_

    def get(self, actor: Actor, conversation_id: str) -> View:
        """One conversation.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        if conversation.kind is Kind.CHANNEL:
            self._member_view(conversation, actor)
        head, member, settings = self._conversations.exact_view(conversation.id, actor.user_id)
        if conversation.kind is Kind.CHANNEL:
            head = head or Head(conversation.id)
        if head is None or member is None:
            raise absent(conversation)
        blocked = member.blocked_by_peer or member.blocking_peer
        peer = None if blocked else conversation.peer_of(actor.user_id)
        other = self._conversations.member(conversation.id, peer) if peer else None
        return _view(head, member, settings, other.read_seq if other else None)

    def typing(self, actor: Actor, conversation_id: str) -> None:
        """Tell the others that the user is typing, at most once in 3 s; more is dropped.

        So it is in groups of more than 100.

        Raises:
            ChirrupError: `invalid_request`, `not_found`, and what `access.check_writing` refuses.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        now = self._clock.now()
        head, member = self._conversations.for_sending(conversation.id, actor.user_id)
        if head is None or member is None:
            raise absent(conversation)
        check_writing(conversation, head, member, friends_only=self._friends_only, now=now)
        if conversation.kind is Kind.SAVED or (head.group and head.group.size > TYPING_MAX):
            return
        if self._conversations.claim_typing(conversation.id, actor.user_id, now, TYPING_EVERY_MS):
            heard = audience_of(conversation, head, head.last_seq, but=actor)
            self._dispatcher.dispatch(
                [Typing(conversation.id, actor.user_id)], replace(heard, but_user=actor.user_id)
            )

    def change_settings(
        self, actor: Actor, conversation_id: str, changes: Mapping[str, Any]
    ) -> View:
        """Mute, pin, archive, mark unread or keep a draft, on all of the user's devices.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, _ = self._member_view(conversation, actor)
        settings = self._conversations.change_settings(
            conversation.id, actor.user_id, changes, self._clock.now()
        )
        if "muted" in changes:
            self._note_muted(conversation, member, muted=settings.muted)
        self._updated(actor, conversation, changes)
        return _view(head, member, settings)

    def delete_for_me(self, actor: Actor, conversation_id: str) -> None:
        """Hide the whole conversation up to its present end from this user alone.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, _ = self._member_view(conversation, actor)
        end = end_of(head, member)
        self._conversations.move_cursor(
            conversation.id, actor.user_id, end, self._clock.now(), end.seq
        )
        changes = {"visible_from_seq": end.seq + 1, "read_seq": end.seq}
        self._updated(actor, conversation, changes)

    def delete_message_for_me(self, actor: Actor, conversation_id: str, seq: int) -> None:
        """Hide one message from this user alone.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`; `conflict` at 5,000.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        _, member, settings = self._member_view(conversation, actor)
        found = self._timeline.get(conversation.id, [seq - 1, seq])
        entry, before = found.get(seq), found.get(seq - 1)
        if entry is None or not entry.countable or not can_see(entry, member, settings):
            raise ChirrupError(ErrorCode.NOT_FOUND)
        if len(settings.hidden) >= HIDDEN_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_hidden", limit=HIDDEN_MAX)
        others = entry.sender_id != actor.user_id
        self._conversations.hide(
            conversation.id,
            actor.user_id,
            seq,
            unread=others and seq > member.read_seq,
            # As it was sent: an edit may have taken the mention out, but not off the counts.
            mentions_all=entry.alls > (before.alls if before else 0),
            now=self._clock.now(),
        )
        self._updated(actor, conversation, {"hidden_seq": seq})

    def _member_view(
        self, conversation: Conversation, actor: Actor
    ) -> tuple[Head, Member, Settings]:
        now = self._clock.now()
        return member_view(
            self._conversations, conversation, actor.user_id, now, self._enrolment.enrol
        )

    def _note_muted(self, conversation: Conversation, member: Member, *, muted: bool) -> None:
        """Note it where a push to this user looks for it: no read of it on the send path."""
        peer = conversation.peer_of(member.user_id)
        if peer:
            self._conversations.set_muted_by_peer(conversation.id, peer, muted=muted)
        if not conversation.stored_members:
            return
        channel = conversation.kind is Kind.CHANNEL

        def build(attempt: Attempt) -> None:
            name = chunk_of(member.user_id)
            chunk = self._records.get(RosterChunk, conversation.id, name)
            if channel:
                chunk = chunk or RosterChunk(owner=conversation.id, name=name)
            elif chunk is None or member.user_id not in chunk.since:
                return
            changed = chunk.with_muted(member.user_id, muted=muted)
            if changed != chunk:
                # Each broadcast reads the roster of its channel anew.
                touched = () if channel else (RosterTouched(conversation.id),)
                attempt.write(Put(changed), *touched)

        self._committing.run(build)

    def _updated(
        self, actor: Actor, conversation: Conversation, changes: Mapping[str, Any]
    ) -> None:
        event = ConversationUpdated(conversation.id, dict(changes))
        own = Audience((actor.user_id,), but_connection=actor.connection_id)
        self._dispatcher.dispatch([event], own)


def _view(head: Head, member: Member, settings: Settings, peer_read_seq: int | None = None) -> View:
    end = end_of(head, member)
    return View(
        conversation=parse_conversation_id(head.conversation_id),
        head=head,
        member=member,
        settings=settings,
        end=end,
        unread=unread(end, member, settings),
        mentions=mentions(end, member, settings),
        peer_read_seq=peer_read_seq,
    )
