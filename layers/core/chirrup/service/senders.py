"""Who sends a message where, as read: no older than the timeline that it is put on."""

from dataclasses import dataclass

from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, Kind
from chirrup.domain.messages import Entry, Forwarded, Json
from chirrup.domain.occasions import Occasion
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.service.access import absent, check_mentions, check_writing
from chirrup.service.appending import PAUSE_MS
from chirrup.service.screening import Screening

REREADS = 5
"""Readings until all that a transaction has written must be seen."""


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
class Composed:
    """A message as it is stored: with what the server has looked up."""

    type: str
    content: Json
    forwarded: Forwarded | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends where, as read.

    Attributes:
        now: Before the reading (ms since epoch).
    """

    conversation: Conversation
    head: Head
    member: Member
    now: int


class Senders:
    """Reads them."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        screening: Screening,
        clock: Clock,
        friends_only: bool,
    ) -> None:
        self._conversations = conversations
        self._screening = screening
        self._clock = clock
        self._friends_only = friends_only

    def read(self, conversation: Conversation, draft: Draft, user_id: str) -> Sender:
        """Who sends, with what a send has to know of them; a chat is made for its first message.

        Raises:
            ChirrupError: `not_member`, `not_found`, what would refuse the first message anyway.
        """
        now = self._clock.now()
        head, member = self._conversations.for_sending(conversation.id, user_id)
        if conversation.kind is Kind.GROUP:
            if head is None or member is None:
                # The head's copy may lag behind the group's making; the member's does not.
                head, member = self.again(conversation, user_id)
        elif head is None or member is None:
            self._open(conversation, draft, member, user_id)
            head, member = self._conversations.for_sending(conversation.id, user_id)
        if member is None:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        head = head or Head(conversation.id)
        # Both were read at the same time, so the member may be older than the head. A head that
        # knows of a later message of this user, or of a change of what they may do, says so, and
        # the member is read again: a retry must not overlook what a twin of it has just settled,
        # nor a sender that they were removed.
        if head.last_of.newer_than(member.known_seq, user_id, now):
            member = self._caught_up(head, member)
        return Sender(conversation, head, member, now)

    def _caught_up(self, head: Head, member: Member) -> Member:
        """The member, read again until it knows what the head knows of it."""
        for round_ in range(REREADS):
            if round_:
                self._clock.pause(PAUSE_MS)
            now = self._conversations.member(head.conversation_id, member.user_id) or member
            if head.last_of.seq(member.user_id) <= now.known_seq:
                return now
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    def _open(
        self, conversation: Conversation, draft: Draft, member: Member | None, user_id: str
    ) -> None:
        """Make the conversation for its first message, unless that would be refused anyway.

        A member without a head was made by a block; or the head's copy lags behind, and a message
        may be there already that must not be refused.
        """
        if member is None:
            begun = Member(conversation.id, user_id)
            check_writing(
                conversation,
                Head(conversation.id),
                begun,
                friends_only=self._friends_only,
                now=self._clock.now(),
            )
            check_mentions(self._conversations, conversation, begun, draft.content)
            written = Occasion.message(user_id, Head(conversation.id), draft.client_id)
            self._screening.content(written, draft.type, draft.content)
            if draft.quote_seq is not None:
                raise ChirrupError(ErrorCode.INVALID_QUOTE)
        if not self._conversations.open(conversation, user_id):
            raise ChirrupError(ErrorCode.NOT_FOUND)

    def again(
        self, conversation: Conversation, user_id: str, known: Entry | None = None
    ) -> tuple[Head, Member]:
        """Head and member as they are now, with what an entry has changed.

        An entry may be seen some milliseconds before the items that its transaction changes.
        """
        for _ in range(REREADS):
            head, member, _ = self._conversations.view(conversation.id, user_id)
            if head is None or member is None:
                raise absent(conversation)
            concerned = known is not None and user_id in known.concerns
            acl = known.seq if known and concerned else 0
            if head.last_seq >= (known.seq if known else 0) and member.acl >= acl:
                return head, member
            self._clock.pause(PAUSE_MS)
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
