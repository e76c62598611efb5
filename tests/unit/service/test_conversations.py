"""Cursors, settings, typing, and what one deletes for oneself."""

from functools import partial

import pytest

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import ConversationUpdated, ReceiptRead, Typing
from chirrup.service.conversations import TYPING_EVERY_MS
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    world = World()
    for _ in range(4):
        world.send(ALICE)
    return world


def unread(world: World) -> int:
    """Bob's."""
    return world.messaging.conversations.get(BOB, CHAT).unread


def test_reading_moves_the_cursor_and_tells_both_sides(world: World) -> None:
    read = world.messaging.receipts.read(BOB, CHAT, 3)
    assert (read.read_seq, read.unread) == (3, 1)
    assert unread(world) == 1
    assert world.dispatcher.dispatched[-1] == (
        (ReceiptRead(CHAT, "bob", 3),),
        Audience(("alice", "bob"), but_connection="bob-phone="),
    )


def test_the_cursor_never_moves_back_and_nobody_is_told(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 3)
    for seq in (3, 1):
        act = partial(world.messaging.receipts.read, BOB, CHAT, seq)
        assert world.events_of(act) == []
    read = world.messaging.receipts.read(BOB, CHAT, 1)
    assert (read.read_seq, read.unread) == (3, 1)


def test_what_is_not_there_cannot_be_read(world: World) -> None:
    with refused(ErrorCode.INVALID_READ_SEQ, last_seq=4):
        world.messaging.receipts.read(BOB, CHAT, 5)
    assert unread(world) == 4


def test_a_message_whose_head_has_not_moved_yet_can_be_read(world: World) -> None:
    def crash(step: str) -> None:
        if step == "before advance":
            raise ConnectionError

    world.tables.hook = crash
    with pytest.raises(ConnectionError):
        world.send(ALICE)
    world.tables.hook = lambda _: None
    read = world.messaging.receipts.read(BOB, CHAT, 5)
    assert (read.read_seq, read.unread) == (5, 0)


def test_changes_are_not_unread_and_own_messages_neither(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 4)
    world.messaging.changing.react(ALICE, CHAT, 1, "👍", add=True)
    assert unread(world) == 0
    world.send(ALICE)
    assert unread(world) == 1
    world.send(BOB)
    assert unread(world) == 0


def test_reading_a_change_counts_what_lies_before_it(world: World) -> None:
    change = world.messaging.changing.react(ALICE, CHAT, 1, "👍", add=True).change_seq
    world.send(ALICE)
    assert change is not None
    assert world.messaging.receipts.read(BOB, CHAT, change).unread == 1


def test_unread_stays_exact_where_the_retention_has_removed_the_message(world: World) -> None:
    del world.tables.entries[CHAT][1], world.tables.entries[CHAT][2]
    assert world.messaging.receipts.read(BOB, CHAT, 1).unread == 2


def test_of_two_devices_that_read_at_once_the_further_one_stays(world: World) -> None:
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before move cursor" and not begun:
            begun.append(step)
            world.messaging.receipts.read(BOB, CHAT, 4)

    world.tables.hook = meanwhile
    read = world.messaging.receipts.read(BOB, CHAT, 2)
    assert (read.read_seq, read.unread) == (4, 0)


def test_each_sees_how_far_the_other_has_read(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 2)
    assert world.messaging.conversations.get(ALICE, CHAT).peer_read_seq == 2
    assert world.messaging.conversations.get(BOB, CHAT).peer_read_seq == 4
    world.send(ALICE, conversation_id="s_alice")
    assert world.messaging.conversations.get(ALICE, "s_alice").peer_read_seq is None


def test_settings_are_told_to_the_own_other_devices_alone(world: World) -> None:
    changes = {"pinned": True, "draft": "not yet"}
    view = world.messaging.conversations.change_settings(BOB, CHAT, changes)
    assert (view.settings.pinned, view.settings.draft) == (True, "not yet")
    assert world.dispatcher.dispatched[-1] == (
        (ConversationUpdated(CHAT, changes),),
        Audience(("bob",), but_connection="bob-phone="),
    )
    assert not world.messaging.conversations.get(ALICE, CHAT).settings.pinned


def test_only_what_is_named_is_set(world: World) -> None:
    conversations = world.messaging.conversations
    conversations.change_settings(BOB, CHAT, {"archived": True, "draft": "x"})
    view = conversations.change_settings(BOB, CHAT, {"draft": None})
    assert (view.settings.archived, view.settings.draft) == (True, None)


def test_marking_unread_is_a_flag_that_reading_ends(world: World) -> None:
    conversations = world.messaging.conversations
    world.messaging.receipts.read(BOB, CHAT, 4)
    view = conversations.change_settings(BOB, CHAT, {"marked_unread": True})
    assert (view.settings.marked_unread, view.member.read_seq, view.unread) == (True, 4, 0)
    events = world.events_of(lambda: world.messaging.receipts.read(BOB, CHAT, 4))
    assert events == [ConversationUpdated(CHAT, {"marked_unread": False})]
    assert not conversations.get(BOB, CHAT).settings.marked_unread


def test_typing_is_told_to_the_other_side_at_most_every_three_seconds(world: World) -> None:
    conversations = world.messaging.conversations
    told = []
    for _ in range(7):
        told.append(len(world.events_of(lambda: conversations.typing(BOB, CHAT))))
        world.clock.advance(1_000)
    assert told == [1, 0, 0, 1, 0, 0, 1]
    assert world.dispatcher.dispatched[-1] == (
        (Typing(CHAT, "bob"),),
        Audience(("alice", "bob"), but_connection="bob-phone=", but_user="bob"),
    )
    assert TYPING_EVERY_MS == 3_000


def test_each_side_types_for_itself_and_nothing_is_stored_of_it(world: World) -> None:
    before = dict(world.tables.entries[CHAT])
    for actor in (ALICE, BOB):
        assert world.events_of(partial(world.messaging.conversations.typing, actor, CHAT))
    assert world.tables.entries[CHAT] == before


def test_typing_a_note_to_oneself_concerns_nobody(world: World) -> None:
    world.send(ALICE, conversation_id="s_alice")
    assert not world.events_of(lambda: world.messaging.conversations.typing(ALICE, "s_alice"))


def test_a_message_deleted_for_oneself_is_gone_for_oneself(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 2)
    for seq, left in ((4, 1), (1, 1), (3, 0)):
        world.messaging.conversations.delete_message_for_me(BOB, CHAT, seq)
        assert unread(world) == left
    assert world.dispatcher.dispatched[-1] == (
        (ConversationUpdated(CHAT, {"hidden_seq": 3}),),
        Audience(("bob",), but_connection="bob-phone="),
    )
    assert world.content_of(4) == {"text": "text 4"}
    assert world.messaging.conversations.get(ALICE, CHAT).settings.hidden == frozenset()


def test_hiding_an_own_message_changes_no_count(world: World) -> None:
    world.send(BOB)
    world.messaging.conversations.delete_message_for_me(BOB, CHAT, 5)
    world.send(ALICE)
    assert unread(world) == 1


def test_what_is_not_there_or_no_message_cannot_be_deleted(world: World) -> None:
    change = world.messaging.changing.react(ALICE, CHAT, 1, "👍", add=True).change_seq
    world.messaging.conversations.delete_message_for_me(BOB, CHAT, 2)
    assert change is not None
    for seq in (99, change, 2):
        with refused(ErrorCode.NOT_FOUND):
            world.messaging.conversations.delete_message_for_me(BOB, CHAT, seq)


def test_a_conversation_deleted_for_oneself_comes_back_with_the_next_message(
    world: World,
) -> None:
    conversations = world.messaging.conversations
    conversations.delete_for_me(BOB, CHAT)
    assert conversations.list(BOB, None, 100) == ([], None)
    assert len(conversations.list(ALICE, None, 100)[0]) == 1
    assert world.dispatcher.dispatched[-1] == (
        (ConversationUpdated(CHAT, {"visible_from_seq": 5, "read_seq": 4}),),
        Audience(("bob",), but_connection="bob-phone="),
    )
    world.send(ALICE)
    (view,), _ = conversations.list(BOB, None, 100)
    assert (view.member.cleared_seq, view.unread) == (4, 1)


def test_deleting_a_conversation_that_was_read_hides_it_as_well(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 4)
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    assert world.messaging.conversations.list(BOB, None, 100)[0] == []


def test_the_list_comes_in_pages(world: World) -> None:
    world.send(ALICE, conversation_id=None, to="carol")
    world.send(ALICE, conversation_id="s_alice")
    conversations, found, after = world.messaging.conversations, [], None
    for _ in range(3):
        views, after = conversations.list(ALICE, after, 1)
        found += [view.conversation.id for view in views]
    assert found == [CHAT, "p_alice~carol", "s_alice"]
    assert after is None


def test_outsiders_and_those_with_nothing_there_are_refused(world: World) -> None:
    conversations = world.messaging.conversations
    for actor, id_, code in (
        (CAROL, CHAT, ErrorCode.NOT_MEMBER),
        (ALICE, "p_alice~carol", ErrorCode.NOT_FOUND),
        (ALICE, "g_1", ErrorCode.NOT_MEMBER),
        (ALICE, "p_bob~alice", ErrorCode.INVALID_REQUEST),
    ):
        before = repr(world.tables)
        for act in (
            partial(conversations.get, actor, id_),
            partial(world.messaging.receipts.read, actor, id_, 1),
            partial(conversations.typing, actor, id_),
            partial(conversations.change_settings, actor, id_, {"muted": True}),
            partial(conversations.delete_for_me, actor, id_),
            partial(conversations.delete_message_for_me, actor, id_, 1),
        ):
            with refused(code):
                act()
        assert repr(world.tables) == before
