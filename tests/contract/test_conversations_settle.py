"""Conversations: a stored message on its sender's member item."""

from dataclasses import replace

from chirrup.domain.conversations import End, Member
from chirrup.domain.ids import Conversation
from chirrup.domain.rates import INTERVAL_MS, Rate
from chirrup.domain.recent import FULL, KEPT
from tests.contract.entries import T0, message
from tests.contract.settlements import member_of, record_of, settle_until_full, settlement
from tests.contract.stores import Stores

RATE = Rate(T0 + INTERVAL_MS, T0, 1)


def _in_use(stores: Stores, chat: Conversation) -> Member:
    """The member after two messages at T0: the bucket is not empty, and the minute has begun."""
    for seq in (1, 2):
        member = member_of(stores, chat)
        rate = member.rate.charged(T0)
        stores.conversations.settle(settlement(message(chat, seq), member, rate))
    member = member_of(stores, chat)
    assert member.rate == Rate(T0 + 2 * INTERVAL_MS, T0, 2)
    return member


def _records(stores: Stores, chat: Conversation) -> frozenset[str]:
    return member_of(stores, chat).recent.records


def test_a_message_moves_its_senders_cursor_and_leaves_its_record(
    stores: Stores, chat: Conversation
) -> None:
    entry = message(chat, 7, count=5)
    stores.conversations.settle(settlement(entry))
    member = member_of(stores, chat)
    assert (member.read_seq, member.read_count) == (7, 5)
    assert member.recent.records == {record_of(entry)}
    assert member.recent.complete_since == 0
    assert member.recent.find("client-7") is not None
    assert member_of(stores, chat, 1) == Member(chat.id, chat.users[1])


def test_settling_again_changes_nothing(stores: Stores, chat: Conversation) -> None:
    member = member_of(stores, chat)
    one = settlement(message(chat, 1), member, RATE)
    stores.conversations.settle(one)
    once = member_of(stores, chat)
    stores.conversations.settle(one)
    assert member_of(stores, chat) == once
    stores.conversations.settle(replace(one, member=once))
    assert member_of(stores, chat) == once
    stores.conversations.settle(settlement(message(chat, 1)))
    assert member_of(stores, chat) == once


def test_who_is_settled_by_another_in_passing_is_charged_once(
    stores: Stores, chat: Conversation
) -> None:
    stores.conversations.settle(settlement(message(chat, 1), member_of(stores, chat), RATE))
    member = member_of(stores, chat)
    stores.conversations.settle(settlement(message(chat, 2)))
    charged = Rate(RATE.due + 100, RATE.minute, RATE.sent + 1)
    assert member_of(stores, chat).rate == charged
    stores.conversations.settle(settlement(message(chat, 2), member, charged))
    assert member_of(stores, chat).rate == charged


def test_settling_out_of_order_never_moves_the_cursor_back(
    stores: Stores, chat: Conversation
) -> None:
    entries = [message(chat, seq) for seq in (5, 3, 6, 4)]
    for entry in entries:
        stores.conversations.settle(settlement(entry))
    member = member_of(stores, chat)
    assert (member.read_seq, member.read_count) == (6, 6)
    assert member.recent.records == set(map(record_of, entries))


def test_a_message_below_what_its_sender_has_read_leaves_its_record_only(
    stores: Stores, chat: Conversation
) -> None:
    stores.conversations.move_cursor(chat.id, chat.users[0], End(9, 8, 0), T0)
    entry = message(chat, 4)
    stores.conversations.settle(settlement(entry))
    member = member_of(stores, chat)
    assert (member.read_seq, member.read_count) == (9, 8)
    assert member.recent.records == {record_of(entry)}


def test_messages_of_one_sender_may_be_settled_at_the_same_moment(
    stores: Stores, chat: Conversation
) -> None:
    read = member_of(stores, chat)
    entries = [message(chat, seq) for seq in range(1, 7)]
    stores.each_at_once(stores.conversations.settle, [settlement(one, read) for one in entries])
    member = member_of(stores, chat)
    assert (member.read_seq, member.read_count) == (6, 6)
    assert member.recent.records == set(map(record_of, entries))


def test_settling_for_somebody_who_is_no_member_makes_no_member(
    stores: Stores, private: Conversation
) -> None:
    stores.conversations.settle(settlement(message(private, 1)))
    assert stores.conversations.member(private.id, private.users[0]) is None


def test_a_rate_is_kept(stores: Stores, chat: Conversation) -> None:
    member = member_of(stores, chat)
    rate = member.rate.charged(T0)
    stores.conversations.settle(settlement(message(chat, 1), member, rate))
    member = member_of(stores, chat)
    assert member.rate == rate
    stores.conversations.settle(
        settlement(message(chat, 2), member, member.rate.charged(T0 + 5_000))
    )
    assert member_of(stores, chat).rate == Rate(T0 + 5_000 + INTERVAL_MS, T0, 2)


def test_a_new_minute_is_counted_from_one(stores: Stores, chat: Conversation) -> None:
    member = _in_use(stores, chat)
    later = member.rate.charged(T0 + 70_000)
    stores.conversations.settle(settlement(message(chat, 3), member, later))
    assert member_of(stores, chat).rate == Rate(T0 + 70_000 + INTERVAL_MS, T0 + 70_000, 1)


def test_charges_of_sends_at_the_same_moment_add_up(stores: Stores, chat: Conversation) -> None:
    read = _in_use(stores, chat)
    charged = read.rate.charged(T0)
    sends = [settlement(message(chat, seq), read, charged) for seq in range(3, 8)]
    stores.each_at_once(stores.conversations.settle, sends)
    assert member_of(stores, chat).rate == Rate(T0 + 7 * INTERVAL_MS, T0, 7)


def test_a_full_member_is_trimmed_to_its_newest_records(stores: Stores, chat: Conversation) -> None:
    full = settle_until_full(stores, chat)
    assert len(full.recent.records) == FULL
    new = message(chat, FULL + 1)
    stores.conversations.settle(settlement(new, full))
    recent = member_of(stores, chat).recent
    newest = [message(chat, seq) for seq in range(FULL - KEPT + 1, FULL + 2)]
    assert recent.records == set(map(record_of, newest))
    assert recent.complete_since == message(chat, FULL - KEPT).sent_at


def test_trimming_again_changes_nothing(stores: Stores, chat: Conversation) -> None:
    full = settle_until_full(stores, chat)
    one = settlement(message(chat, FULL + 1), full)
    stores.conversations.settle(one)
    once = member_of(stores, chat)
    stores.conversations.settle(one)
    assert member_of(stores, chat) == once


def test_trimming_loses_no_record_that_was_added_meanwhile(
    stores: Stores, chat: Conversation
) -> None:
    full = settle_until_full(stores, chat)
    meanwhile, new = message(chat, FULL + 1), message(chat, FULL + 2)
    stores.conversations.settle(settlement(meanwhile))
    stores.conversations.settle(settlement(new, full))
    expected = full.recent.records | {record_of(meanwhile), record_of(new)}
    assert _records(stores, chat) == expected
    assert member_of(stores, chat).recent.complete_since == 0


def test_of_two_who_would_trim_only_one_does(stores: Stores, chat: Conversation) -> None:
    full = settle_until_full(stores, chat)
    one, other = message(chat, FULL + 1), message(chat, FULL + 2)
    trims = settlement(one, full), settlement(other, full)
    stores.each_at_once(stores.conversations.settle, trims)
    recent = member_of(stores, chat).recent
    assert {record_of(one), record_of(other)} <= recent.records
    newest = {record_of(message(chat, seq)) for seq in range(FULL - KEPT + 1, FULL + 1)}
    assert newest <= recent.records


def test_a_member_that_was_trimmed_and_has_filled_up_again_is_not_taken_for_the_old_one(
    stores: Stores, chat: Conversation
) -> None:
    full = settle_until_full(stores, chat)
    seq = FULL + 1
    stores.conversations.settle(settlement(message(chat, seq), full))
    while len(_records(stores, chat)) < FULL:
        seq += 1
        stores.conversations.settle(settlement(message(chat, seq)))
    refilled = member_of(stores, chat)
    late = message(chat, seq + 1)
    stores.conversations.settle(settlement(late, full))
    recent = member_of(stores, chat).recent
    assert recent.records == refilled.recent.records | {record_of(late)}
    assert recent.complete_since == refilled.recent.complete_since


def test_a_full_member_is_trimmed_below_a_cursor_that_is_ahead(
    stores: Stores, chat: Conversation
) -> None:
    full = settle_until_full(stores, chat)
    stores.conversations.move_cursor(chat.id, chat.users[0], End(99, 90, 0), T0)
    new = message(chat, FULL + 1)
    stores.conversations.settle(settlement(new, full))
    member = member_of(stores, chat)
    assert (member.read_seq, member.read_count) == (99, 90)
    assert record_of(new) in member.recent.records
