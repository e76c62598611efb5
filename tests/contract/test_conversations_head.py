"""Conversations: the head moves on, never back."""

from dataclasses import replace

from chirrup.domain.conversations import Head, Preview
from chirrup.domain.ids import Conversation
from chirrup.domain.last_of import KEPT, LastOf
from tests.contract.entries import head_of, message
from tests.contract.stores import Stores
from tests.fakes.clock import NOON


def _head(stores: Stores, chat: Conversation) -> Head | None:
    return stores.conversations.view(chat.id, chat.users[0])[0]


def test_a_head_moves_on_with_count_sender_and_preview(stores: Stores, chat: Conversation) -> None:
    moved = head_of(message(chat, 5, count=4))
    stores.conversations.advance(moved)
    assert _head(stores, chat) == moved


def test_a_preview_comes_back_as_it_was_stored(stores: Stores, chat: Conversation) -> None:
    preview = Preview(1, chat.users[0], "custom", 12, None, recalled=True)
    moved = Head(chat.id, 1, 1, preview=preview)
    stores.conversations.advance(moved)
    assert _head(stores, chat) == moved
    preview = Preview(2, chat.users[1], "text", 13, '"]😀\n' * 20)
    moved = Head(chat.id, 2, 2, preview=preview)
    stores.conversations.advance(moved)
    assert _head(stores, chat) == moved


def test_a_head_never_moves_back(stores: Stores, chat: Conversation) -> None:
    newest = head_of(message(chat, 5))
    stores.conversations.advance(newest)
    for seq in (1, 4, 5):
        stores.conversations.advance(head_of(message(chat, seq, sender=1)))
    assert _head(stores, chat) == newest


def test_users_who_did_not_write_keep_their_last_message(
    stores: Stores, chat: Conversation
) -> None:
    senders = (0, 1, 1)
    entries = [message(chat, seq, sender=sender) for seq, sender in enumerate(senders, 1)]
    for at, entry in enumerate(entries):
        last_of = LastOf().after(entries[: at + 1], NOON)
        stores.conversations.advance(replace(head_of(entry), last_of=last_of))
    head = _head(stores, chat)
    assert head is not None
    assert [head.last_of.seq(user) for user in chat.users] == [1, 3]
    later = LastOf().after([message(chat, 8), message(chat, 9, sender=1)], NOON)
    stores.conversations.advance(replace(head, last_seq=9, last_of=later))
    head = _head(stores, chat)
    assert head is not None
    assert head.last_of == later


def test_what_a_head_has_forgotten_comes_back_as_it_was_stored(
    stores: Stores, chat: Conversation
) -> None:
    entries = [message(chat, seq, sender_id=f"user-{seq}") for seq in range(1, 2 * KEPT)]
    last_of = LastOf().after(entries, NOON)
    assert last_of.floor
    moved = replace(head_of(entries[-1]), last_of=last_of, alls=3)
    stores.conversations.advance(moved)
    assert _head(stores, chat) == moved


def test_a_move_without_a_preview_keeps_it(stores: Stores, chat: Conversation) -> None:
    first = head_of(message(chat, 1))
    stores.conversations.advance(first)
    stores.conversations.advance(replace(first, last_seq=2, preview=None))
    assert _head(stores, chat) == replace(first, last_seq=2)


def test_a_head_that_does_not_exist_is_not_made(stores: Stores, private: Conversation) -> None:
    stores.conversations.advance(head_of(message(private, 1)))
    assert _head(stores, private) is None


def test_of_moves_at_the_same_moment_the_farthest_stands(
    stores: Stores, chat: Conversation
) -> None:
    heads = [head_of(message(chat, seq)) for seq in (3, 1, 6, 2, 5, 4)]
    stores.each_at_once(stores.conversations.advance, heads)
    assert _head(stores, chat) == heads[2]
