"""What stored messages mean for their senders."""

from chirrup.domain.conversations import Member
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import Entry
from chirrup.domain.rates import Rate
from chirrup.domain.recent import FULL, Record
from chirrup.ports.conversations import Settlement
from tests.contract.entries import message
from tests.contract.stores import Stores


def settlement(entry: Entry, member: Member | None = None, rate: Rate | None = None) -> Settlement:
    """The settlement of a message."""
    return Settlement(
        conversation_id=entry.conversation_id,
        user_id=entry.sender_id,
        seq=entry.seq,
        count=entry.count,
        alls=entry.alls,
        record=Record.of(entry.seq, entry.sent_at, entry.client_id),
        member=member,
        rate=rate,
    )


def record_of(entry: Entry) -> str:
    """The record that must stand on the sender's member item."""
    return Record.of(entry.seq, entry.sent_at, entry.client_id).encode()


def member_of(stores: Stores, chat: Conversation, which: int = 0) -> Member:
    """A member of a chat as it is now."""
    member = stores.conversations.member(chat.id, chat.users[which])
    assert member is not None
    return member


def settle_until_full(stores: Stores, chat: Conversation) -> Member:
    """Settle as many messages as make the next settlement trim."""
    for seq in range(1, FULL + 1):
        stores.conversations.settle(settlement(message(chat, seq)))
    return member_of(stores, chat)
