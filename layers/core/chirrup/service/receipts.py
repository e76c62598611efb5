"""Receipts: moving one's read cursor, and telling those whose messages were read."""

from dataclasses import dataclass

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import RECEIPTS_MAX, End, Head, Member, Settings, end_of, unread
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import ReceiptRead
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import mentions_all
from chirrup.ports import Clock, Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import member_view, own_conversation
from chirrup.service.actor import Actor
from chirrup.service.conversations import ConversationService
from chirrup.service.enrolment import Enrolment

SENDERS_LOOKED_FOR = 100
"""Messages in a group whose senders are told that they were read, with one move of a cursor."""


@dataclass(frozen=True, slots=True)
class Read:
    """The read cursor after a request to move it."""

    conversation_id: str
    read_seq: int
    unread: int


class Receipts:
    """Reads on behalf of a user, and tells who has read."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        dispatcher: Dispatcher,
        own: ConversationService,
        enrolment: Enrolment,
        clock: Clock,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._dispatcher = dispatcher
        self._own = own
        self._enrolment = enrolment
        self._clock = clock

    def read(self, actor: Actor, conversation_id: str, seq: int) -> Read:
        """Move the read cursor forward and tell those whom it concerns.

        Raises:
            ChirrupError: `invalid_read_seq` beyond the last seq; `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        head, member, settings = member_view(
            self._conversations,
            conversation,
            actor.user_id,
            self._clock.now(),
            self._enrolment.enrol,
        )
        if settings.marked_unread:
            self._own.change_settings(actor, conversation_id, {"marked_unread": False})
        end = end_of(head, member)
        if seq > member.read_seq:
            cursor = self._cursor_at(end, member, seq)
            if self._conversations.move_cursor(
                conversation.id, actor.user_id, cursor, self._clock.now()
            ):
                self._tell_read(actor, conversation, head, member, seq)
            end = max(end, cursor, key=lambda one: one.seq)
            member = self._conversations.member(conversation.id, actor.user_id) or member
            self._forget_mentions(conversation, member, settings)
        return Read(conversation.id, member.read_seq, unread(end, member, settings))

    def _cursor_at(self, end: End, member: Member, seq: int) -> End:
        """A seq, with the running counts there."""
        if seq == end.seq:
            return end
        if seq > end.seq and member.left_seq:
            raise ChirrupError(ErrorCode.INVALID_READ_SEQ, last_seq=end.seq)
        entry = self._timeline.get(member.conversation_id, [seq]).get(seq)
        if entry:
            return End(seq, entry.count, entry.alls)
        if seq > end.seq:
            raise ChirrupError(ErrorCode.INVALID_READ_SEQ, last_seq=end.seq)
        # Below the end an entry is missing only when its retention has ended.
        following = self._timeline.after(member.conversation_id, seq, 1)
        if not following:
            return End(seq, end.count, end.alls)
        first = following[0]
        alls = first.alls - mentions_all(first.type, first.content)
        return End(seq, first.count - first.countable, alls)

    def _tell_read(
        self, actor: Actor, conversation: Conversation, head: Head, member: Member, seq: int
    ) -> None:
        """Tell the reader's other devices, and those whose messages were read."""
        told = {actor.user_id}
        if head.group and member.role and head.group.size <= RECEIPTS_MAX:
            floor = max(member.read_seq, member.since - 1)
            read = self._timeline.before(conversation.id, seq + 1, floor, SENDERS_LOOKED_FOR)
            senders = {entry.sender_id for entry in read if entry.countable} - told
            # Who has left since is told no more of what goes on.
            found = self._conversations.members(conversation.id, sorted(senders))
            told |= {user_id for user_id, one in found.items() if one.role}
        elif not (member.blocked_by_peer or member.blocking_peer):
            told |= set(conversation.users)
        receipt = ReceiptRead(conversation.id, actor.user_id, seq)
        heard = Audience(tuple(sorted(told)), but_connection=actor.connection_id)
        self._dispatcher.dispatch([receipt], heard)

    def _forget_mentions(
        self, conversation: Conversation, member: Member, settings: Settings
    ) -> None:
        read = [seq for seq in settings.mentioned if seq <= member.read_seq]
        if read:
            self._conversations.forget_mentions(conversation.id, member.user_id, read)
