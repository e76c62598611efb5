"""Conversations: what is a user's own, which is cursor, typing, settings and what is hidden."""

from dataclasses import replace
from functools import partial

import pytest

from chirrup.domain.conversations import DRAFT_MAX, End, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation
from tests.contract.entries import T0, message
from tests.contract.settlements import member_of, settlement
from tests.contract.stores import Stores


def _settings(stores: Stores, chat: Conversation, which: int = 0) -> Settings:
    return stores.conversations.view(chat.id, chat.users[which])[2]


def test_a_cursor_moves_forward_and_never_back(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    assert stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0)
    assert not stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0)
    assert not stores.conversations.move_cursor(chat.id, user, End(3, 2, 0), T0)
    assert member_of(stores, chat) == Member(chat.id, user, read_seq=5, read_count=4, touched_at=T0)
    assert stores.conversations.move_cursor(chat.id, user, End(6, 5, 0), T0)
    assert member_of(stores, chat) == Member(chat.id, user, read_seq=6, read_count=5, touched_at=T0)
    assert member_of(stores, chat, 1) == Member(chat.id, chat.users[1])


def test_a_cursor_takes_all_running_counts_with_it(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    assert stores.conversations.move_cursor(chat.id, user, End(5, 4, 2), T0)
    assert stores.conversations.move_cursor(chat.id, user, End(9, 7, 3), T0 + 1, 6)
    member = Member(chat.id, user, 9, 7, 3, cleared_seq=6, touched_at=T0 + 1)
    assert member_of(stores, chat) == member
    stores.conversations.settle(settlement(message(chat, 10, count=8, alls=4)))
    assert member_of(stores, chat).read_alls == 4


def test_of_cursor_moves_at_the_same_moment_the_farthest_stands(
    stores: Stores, chat: Conversation
) -> None:
    user = chat.users[0]

    def move(seq: int) -> bool:
        return stores.conversations.move_cursor(chat.id, user, End(seq, seq, 0), T0)

    moved = stores.each_at_once(move, (2, 5, 1, 4, 3))
    assert moved[1]
    assert member_of(stores, chat) == Member(chat.id, user, read_seq=5, read_count=5, touched_at=T0)


def test_clearing_moves_the_cursor_too(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    assert stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0, 5)
    cleared = Member(chat.id, user, read_seq=5, read_count=4, cleared_seq=5, touched_at=T0)
    assert member_of(stores, chat) == cleared
    assert stores.conversations.move_cursor(chat.id, user, End(7, 6, 0), T0)
    assert member_of(stores, chat) == replace(cleared, read_seq=7, read_count=6)


def test_what_was_read_already_can_be_cleared(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0)
    stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0, 5)
    cleared = Member(chat.id, user, read_seq=5, read_count=4, cleared_seq=5, touched_at=T0)
    assert member_of(stores, chat) == cleared


def test_clearing_below_the_cursor_leaves_it(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    stores.conversations.move_cursor(chat.id, user, End(9, 8, 0), T0)
    assert not stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0, 5)
    cleared = Member(chat.id, user, read_seq=9, read_count=8, cleared_seq=5, touched_at=T0)
    assert member_of(stores, chat) == cleared


def test_what_is_cleared_stays_cleared(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    stores.conversations.move_cursor(chat.id, user, End(9, 8, 0), T0, 9)
    assert not stores.conversations.move_cursor(chat.id, user, End(5, 4, 0), T0, 5)
    assert member_of(stores, chat).cleared_seq == 9


def test_nobody_becomes_a_member_by_reading(stores: Stores, private: Conversation) -> None:
    user = private.users[0]
    assert not stores.conversations.move_cursor(private.id, user, End(5, 4, 0), T0)
    assert not stores.conversations.move_cursor(private.id, user, End(5, 4, 0), T0, 5)
    assert stores.conversations.member(private.id, user) is None


def test_typing_may_be_said_once_in_a_while(stores: Stores, chat: Conversation) -> None:
    user, other = chat.users
    claim = stores.conversations.claim_typing
    assert claim(chat.id, user, T0, 3000)
    assert not claim(chat.id, user, T0, 3000)
    assert not claim(chat.id, user, T0 + 2999, 3000)
    assert claim(chat.id, other, T0 + 2999, 3000)
    assert claim(chat.id, user, T0 + 3000, 3000)
    assert not claim(chat.id, user, T0 + 5999, 3000)
    assert member_of(stores, chat) == Member(chat.id, user)


def test_of_two_who_say_typing_at_the_same_moment_one_is_heard(
    stores: Stores, chat: Conversation
) -> None:
    claim = partial(stores.conversations.claim_typing, chat.id, chat.users[0], T0, 3000)
    said = stores.at_once(*[claim] * 4)
    assert sorted(said) == [False, False, False, True]


def test_typing_where_one_is_no_member_is_refused(stores: Stores, private: Conversation) -> None:
    with pytest.raises(ChirrupError) as refusal:
        stores.conversations.claim_typing(private.id, private.users[0], T0, 3000)
    assert refusal.value.code is ErrorCode.NOT_FOUND
    assert stores.conversations.member(private.id, private.users[0]) is None


def test_settings_are_kept_one_by_one(stores: Stores, chat: Conversation) -> None:
    user, change = chat.users[0], stores.conversations.change_settings
    assert change(chat.id, user, {"muted": True}, T0) == Settings(muted=True, touched_at=T0)
    both = Settings(muted=True, draft="so far", pinned=True, touched_at=T0)
    assert change(chat.id, user, {"draft": "so far", "pinned": True}, T0) == both
    rest = Settings(draft="so far", pinned=True, archived=True, marked_unread=True, touched_at=T0)
    changes = {"muted": False, "archived": True, "marked_unread": True}
    assert change(chat.id, user, changes, T0) == rest
    assert _settings(stores, chat) == rest
    assert _settings(stores, chat, 1) == Settings()


def test_a_setting_is_taken_away_by_none(stores: Stores, chat: Conversation) -> None:
    user, change = chat.users[0], stores.conversations.change_settings
    change(chat.id, user, {"draft": "x" * DRAFT_MAX, "pinned": True}, T0)
    assert _settings(stores, chat).draft == "x" * DRAFT_MAX
    assert change(chat.id, user, {"draft": None}, T0) == Settings(pinned=True, touched_at=T0)
    assert change(chat.id, user, {"draft": None, "pinned": False}, T0 + 1) == Settings(
        touched_at=T0 + 1
    )
    assert _settings(stores, chat) == Settings(touched_at=T0 + 1)


def test_hidden_messages_add_up(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    stores.conversations.hide(chat.id, user, 3, unread=False, mentions_all=False, now=T0)
    for _ in range(2):
        stores.conversations.hide(chat.id, user, 8, unread=True, mentions_all=False, now=T0)
    hidden = Settings(hidden=frozenset({3, 8}), hidden_unread=frozenset({8}), touched_at=T0)
    assert _settings(stores, chat) == hidden
    muted = stores.conversations.change_settings(chat.id, user, {"muted": True}, T0)
    assert muted == replace(hidden, muted=True)
    assert _settings(stores, chat, 1) == Settings()


def test_hidden_messages_that_mention_everybody_are_noted_where_they_were_unread(
    stores: Stores, chat: Conversation
) -> None:
    for seq, unread in ((3, False), (8, True)):
        stores.conversations.hide(
            chat.id, chat.users[0], seq, unread=unread, mentions_all=True, now=T0
        )
    found = _settings(stores, chat)
    assert found.hidden == {3, 8}
    assert found.hidden_unread == found.hidden_alls == {8}


def test_a_remark_is_kept_and_taken_away(stores: Stores, chat: Conversation) -> None:
    user, change = chat.users[0], stores.conversations.change_settings
    assert change(chat.id, user, {"remark": "Bobby"}, T0).remark == "Bobby"
    assert change(chat.id, user, {"remark": None}, T0).remark is None


def test_messages_hidden_at_the_same_moment_are_all_hidden(
    stores: Stores, chat: Conversation
) -> None:
    hide = partial(
        stores.conversations.hide, chat.id, chat.users[0], unread=True, mentions_all=False, now=T0
    )
    stores.each_at_once(hide, range(1, 6))
    assert _settings(stores, chat).hidden == set(range(1, 6))


def test_a_mute_of_the_other_side_is_noted_and_taken_back(
    stores: Stores, chat: Conversation
) -> None:
    user = chat.users[0]
    stores.conversations.settle(settlement(message(chat, 1)))
    before = member_of(stores, chat)
    stores.conversations.set_muted_by_peer(chat.id, user, muted=True)
    assert member_of(stores, chat) == replace(before, muted_by_peer=True)
    stores.conversations.set_muted_by_peer(chat.id, user, muted=False)
    assert member_of(stores, chat) == before


def test_nobody_becomes_a_member_by_being_muted(stores: Stores, private: Conversation) -> None:
    stores.conversations.set_muted_by_peer(private.id, private.users[0], muted=True)
    assert stores.conversations.member(private.id, private.users[0]) is None
