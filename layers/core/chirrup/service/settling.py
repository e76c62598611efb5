"""Settling: what a stored message means for others' items, written before the head moves on.

First those whom it names, then its sender; see `appending` for why the order carries a proof.
"""

from collections.abc import Sequence
from functools import partial

from chirrup.domain.conversations import Member
from chirrup.domain.ids import Kind, parse_conversation_id
from chirrup.domain.messages import Entry, Json
from chirrup.domain.rates import Rate
from chirrup.ports import SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import MentionNoted
from chirrup.service.appending import settlement_of
from chirrup.service.committing import Attempt, Committing

MENTIONED = "notice.mentioned"
NOTED_MAX = 1_000
"""Unread mentions by name that are noted for a user in a conversation; more are unread, but no more
counted as mentions. Without an end the item would outgrow DynamoDB's 400 KB, and a message that
cannot be noted could not be settled, which would stop its conversation."""


class Settling:
    """Settles messages; doing it again changes nothing."""

    def __init__(
        self, *, conversations: Conversations, notices: Committing, side_by_side: SideBySide
    ) -> None:
        """Use these.

        Args:
            conversations: Where members and settings are.
            notices: Commits that grow nothing but timelines of notices.
            side_by_side: Notes those who are named at the same time.
        """
        self._conversations = conversations
        self._notices = notices
        self._side_by_side = side_by_side

    def own(self, entry: Entry, member: Member, rate: Rate | None) -> None:
        """Settle a message that its sender has just stored.

        Args:
            entry: The message.
            member: Its sender, as read before.
            rate: The sender's rate after it; None where it is not charged.
        """
        self._mentions(entry)
        self._conversations.settle(settlement_of(entry, member, rate))

    def passed(self, passed: Sequence[Entry], member: Member | None = None) -> None:
        """Settle the messages that a write ran into, in their order, before its own.

        Args:
            passed: Ascending.
            member: Whose write; what stands on it already needs no write.
        """
        for entry in passed:
            if not entry.countable:
                continue
            settlement = settlement_of(entry)
            own = member is not None and entry.sender_id == member.user_id
            if own and member and settlement.record.encode() in member.recent.records:
                continue
            self._mentions(entry)
            self._conversations.settle(settlement)

    def _mentions(self, entry: Entry) -> None:
        """Note a message for those whom it names; who has muted the group gets a notice of it."""
        if not entry.mentioned:
            return
        found = self._conversations.mentioned(entry.conversation_id, entry.mentioned)
        group = parse_conversation_id(entry.conversation_id).kind is Kind.GROUP
        plain = []
        for user_id, (member, settings) in found.items():
            known = entry.seq in settings.mentioned or len(settings.mentioned) >= NOTED_MAX
            if member.read_seq >= entry.seq or known:
                continue
            if group and settings.muted and member.role:
                # One after another: it tells the devices, which is done side by side in itself.
                self._notify(entry, user_id)
            else:
                plain.append(
                    partial(
                        self._conversations.note_mention,
                        entry.conversation_id,
                        user_id,
                        entry.seq,
                    )
                )
        self._side_by_side(*plain)

    def _notify(self, entry: Entry, user_id: str) -> None:
        # Without an excerpt: a recall could not take that back.
        content: Json = {"conversation_id": entry.conversation_id, "seq": entry.seq}

        def build(attempt: Attempt) -> None:
            found = self._conversations.mentioned(entry.conversation_id, [user_id])
            noted = user_id in found and entry.seq in found[user_id][1].mentioned
            if noted or user_id not in found:
                return
            attempt.write(MentionNoted(entry.conversation_id, user_id, entry.seq))
            attempt.notify(user_id, entry.sender_id, MENTIONED, content)

        self._notices.run(build)
