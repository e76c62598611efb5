"""Readers: who has read a message, and who has not."""

from collections.abc import Sequence
from dataclasses import dataclass

from chirrup.domain.conversations import Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Kind
from chirrup.domain.messages import ANNOUNCEMENT, Entry
from chirrup.domain.rights import ACTS, Act
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import active_view, can_see, own_conversation
from chirrup.service.actor import Actor
from chirrup.service.members import active_members


@dataclass(frozen=True, slots=True)
class Readers:
    """Who has read a message, or has not.

    Attributes:
        conversation_id: Where.
        seq: The message.
        read_count: How many have read it, on whichever page.
        total: How many could have: those who are in the conversation and see it, less the sender.
        members: A page of those asked for.
        after: The user id to go on from; None on the last page.
    """

    conversation_id: str
    seq: int
    read_count: int
    total: int
    members: Sequence[Member]
    after: str | None


class Readership:
    """Looks up who has read what."""

    def __init__(self, *, timeline: Timeline, conversations: Conversations, clock: Clock) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._clock = clock

    def of(
        self,
        actor: Actor,
        conversation_id: str,
        seq: int,
        *,
        read: bool,
        after: str | None,
        limit: int,
    ) -> Readers:
        """Who has read one's own message; an announcement's also for those who may announce.

        Args:
            actor: Who asks.
            conversation_id: Where.
            seq: The message.
            read: Whether to list those who have read it, or those who have not.
            after: The user id where the page before ended.
            limit: Members at most; a page may hold fewer, and yet not be the last.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`; `forbidden` to others than
                the sender.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        _, member, settings = active_view(
            self._conversations, conversation, actor.user_id, self._clock.now()
        )
        entry = self._timeline.get(conversation.id, [seq]).get(seq)
        if entry is None or not can_see(entry, member, settings):
            raise ChirrupError(ErrorCode.NOT_FOUND)
        _check_may_know(entry, member)

        if member.blocked_by_peer or member.blocking_peer:
            # As with receipts that are pushed: neither side is told of the other.
            return Readers(conversation.id, seq, 0, 1, (), None)

        def counted(one: Member) -> bool:
            return one.user_id != entry.sender_id and one.could_read(seq)

        if conversation.kind is Kind.GROUP:
            numbers = self._conversations.count_read(conversation.id, seq, entry.sender_id)
        else:
            everybody = self._conversations.members(conversation.id, conversation.users).values()
            cursors = [one.read_seq for one in everybody if counted(one)]
            numbers = sum(cursor >= seq for cursor in cursors), len(cursors)
        page, next_ = active_members(
            self._conversations,
            conversation,
            after,
            limit,
            lambda one: counted(one) and (one.read_seq >= seq) == read,
        )
        return Readers(conversation.id, seq, *numbers, page, next_)


def _check_may_know(entry: Entry, member: Member) -> None:
    """Refuse whom it does not concern who has read an entry.

    Raises:
        ChirrupError: `not_found` for what is no message, `forbidden`.
    """
    announced = entry.type == ANNOUNCEMENT
    if not announced and not entry.countable:
        raise ChirrupError(ErrorCode.NOT_FOUND)
    in_charge = announced and member.role in ACTS[Act.ANNOUNCE]
    if entry.sender_id != member.user_id and not in_charge:
        raise ChirrupError(ErrorCode.FORBIDDEN)
