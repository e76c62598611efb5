"""Conversations: opening them, and what a send reads of them."""

from functools import partial

import pytest

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.ports.records import MemberChange
from tests.contract.entries import head_of, message
from tests.contract.settlements import settlement
from tests.contract.stores import Stores


def test_before_it_is_opened_there_is_nothing(stores: Stores, private: Conversation) -> None:
    user = private.users[0]
    assert stores.conversations.for_sending(private.id, user) == (None, None)
    assert stores.conversations.member(private.id, user) is None
    assert stores.conversations.view(private.id, user) == (None, None, Settings())
    assert stores.conversations.views(user, None, 10) == ([], None)


def test_an_opened_conversation_is_empty_for_both_sides(
    stores: Stores, private: Conversation
) -> None:
    assert stores.conversations.open(private, private.users[1])
    for user in private.users:
        fresh = (Head(private.id), Member(private.id, user))
        assert stores.conversations.for_sending(private.id, user) == fresh
        assert stores.conversations.member(private.id, user) == fresh[1]
        assert stores.conversations.view(private.id, user) == (*fresh, Settings())
        assert stores.conversations.views(user, None, 10)[0] == [(*fresh, Settings())]


def test_opening_again_keeps_everything(stores: Stores, chat: Conversation) -> None:
    first = message(chat, 1)
    stores.conversations.settle(settlement(first))
    stores.conversations.advance(head_of(first))
    before = stores.conversations.view(chat.id, chat.users[0])
    assert stores.conversations.open(chat, chat.users[0])
    assert stores.conversations.open(chat, chat.users[1])
    assert stores.conversations.view(chat.id, chat.users[0]) == before


def test_a_chat_with_somebody_unknown_is_not_opened(
    stores: Stores, people: tuple[str, str]
) -> None:
    known = people[0]
    chat = parse_conversation_id(f"p_{known}~{known}.nobody")
    assert not stores.conversations.open(chat, known)
    for user in chat.users:
        assert stores.conversations.for_sending(chat.id, user) == (None, None)


def test_notes_to_oneself_need_no_other_side(stores: Stores, people: tuple[str, str]) -> None:
    notes = parse_conversation_id(f"s_{people[0]}")
    assert stores.conversations.open(notes, people[0])
    assert stores.conversations.open(notes, people[0])
    expected = (Head(notes.id), Member(notes.id, people[0]))
    assert stores.conversations.for_sending(notes.id, people[0]) == expected


def test_both_sides_may_open_at_the_same_moment(stores: Stores, private: Conversation) -> None:
    openers = [*private.users, *private.users]
    opened = stores.each_at_once(partial(stores.conversations.open, private), openers)
    assert opened == [True] * 4
    for user in private.users:
        fresh = (Head(private.id), Member(private.id, user))
        assert stores.conversations.for_sending(private.id, user) == fresh


def test_a_send_reads_the_member_as_it_is_now(stores: Stores, chat: Conversation) -> None:
    for seq in range(1, 4):
        entry = message(chat, seq)
        stores.conversations.settle(settlement(entry))
        stores.conversations.advance(head_of(entry))
        head, member = stores.conversations.for_sending(chat.id, chat.users[0])
        assert member is not None
        assert member.read_seq == seq
        assert head is not None
        assert head.last_seq <= seq


def test_opening_keeps_what_a_block_has_put_on_a_member_before(
    stores: Stores, private: Conversation
) -> None:
    one, other = private.users
    blocked = {"blocked_by_peer": True, "pair": 1}
    stores.records.commit([MemberChange(private.id, one, blocked, {"pair": 0})])
    assert stores.conversations.head(private.id) is None
    assert stores.conversations.views(one, None, 10) == ([], None)
    assert stores.conversations.open(private, other)
    assert stores.conversations.view(private.id, one)[:2] == (
        Head(private.id),
        Member(private.id, one, blocked_by_peer=True, pair=1),
    )
    assert stores.conversations.member(private.id, other) == Member(private.id, other)
    assert len(stores.conversations.views(one, None, 10)[0]) == 1


@pytest.mark.parametrize("outsider", ["carol@example.com", "nobody"])
def test_an_outsider_is_no_member(stores: Stores, chat: Conversation, outsider: str) -> None:
    head, member = stores.conversations.for_sending(chat.id, outsider)
    assert head == Head(chat.id)
    assert member is None
    assert stores.conversations.member(chat.id, outsider) is None
