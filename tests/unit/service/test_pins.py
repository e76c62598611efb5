"""Pins: an entry for each change, whoever else writes at the same moment."""

from functools import partial
from typing import Any

import pytest

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import parse_conversation_id, private_id
from chirrup.domain.pins import Pins
from chirrup.ports.records import MemberChange
from chirrup.service.actor import Actor
from tests.unit.grouping import meanwhile
from tests.unit.making import CHAT, refused, text
from tests.unit.rooms import GROUP, change_member, join, make_group, stop
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    """Three messages of alice's to bob."""
    world = World()
    for _ in range(3):
        world.send(ALICE)
    return world


@pytest.fixture
def room() -> World:
    """A group of three, in which carol has written at seq 2 to 4."""
    world = World()
    make_group(world, admins=("bob",), members=("carol",))
    for _ in range(3):
        world.send(CAROL, conversation_id=GROUP)
    return world


def pinned(world: World, actor: Actor = ALICE, id_: str = CHAT) -> list[int]:
    return [one.entry.seq for one in world.rooms.pins.list(actor, id_)]


def test_both_sides_of_a_private_chat_pin_and_see_the_newest_first(world: World) -> None:
    pins = world.rooms.pins
    assert [pins.pin(ALICE, CHAT, 1), pins.pin(BOB, CHAT, 3)] == [4, 5]
    shown = pins.list(BOB, CHAT)
    now = world.clock.time
    assert [(one.entry.seq, one.user_id, one.at) for one in shown] == [
        (3, "bob", now),
        (1, "alice", now),
    ]
    entries = [world.tables.entries[CHAT][seq] for seq in (4, 5)]
    assert [(one.type, one.content, one.changes) for one in entries] == [
        ("system.pinned", {"pinned_seq": 1}, None),
        ("system.pinned", {"pinned_seq": 3}, None),
    ]
    assert pins.unpin(ALICE, CHAT, 3) == 6
    assert world.tables.entries[CHAT][6].type == "system.unpinned"
    assert pinned(world) == [1]


def test_everyone_is_told_by_the_entry(world: World) -> None:
    world.messaging.conversations.change_settings(BOB, CHAT, {"muted": True})
    world.rooms.pins.pin(ALICE, CHAT, 1)
    assert world.dispatcher.dispatched[-1] == (
        (MessageCreated(world.tables.entries[CHAT][4]),),
        Audience(("alice", "bob"), muted=("bob",)),
    )


def test_pinning_counts_as_nothing_unread_and_shows_no_preview(world: World) -> None:
    world.messaging.receipts.read(BOB, CHAT, 3)
    world.rooms.pins.pin(ALICE, CHAT, 1)
    view = world.messaging.conversations.get(BOB, CHAT)
    assert (view.unread, view.end.seq) == (0, 4)
    assert view.head.preview is not None
    assert view.head.preview.seq == 3


def test_twice_changes_nothing(world: World) -> None:
    pins = world.rooms.pins
    pins.pin(ALICE, CHAT, 1)
    assert world.events_of(lambda: pins.pin(BOB, CHAT, 1)) == []
    assert pins.pin(BOB, CHAT, 1) is None
    assert pins.unpin(ALICE, CHAT, 2) is None
    assert world.seqs() == [1, 2, 3, 4]
    assert pins.list(BOB, CHAT)[0].user_id == "alice"


def test_ones_own_notes_have_pins_too(world: World) -> None:
    world.send(conversation_id="s_alice")
    assert world.rooms.pins.pin(ALICE, "s_alice", 1) == 2
    assert pinned(world, id_="s_alice") == [1]


def test_five_are_the_limit_and_it_is_told_which(world: World) -> None:
    for _ in range(3):
        world.send()
    for seq in range(1, 6):
        world.rooms.pins.pin(ALICE, CHAT, seq)
    with refused(ErrorCode.PIN_LIMIT, limit=5, seqs=[5, 4, 3, 2, 1]):
        world.rooms.pins.pin(ALICE, CHAT, 6)
    world.rooms.pins.unpin(BOB, CHAT, 2)
    world.rooms.pins.pin(ALICE, CHAT, 6)
    assert pinned(world) == [6, 5, 4, 3, 1]


def test_what_retention_has_taken_keeps_no_place(world: World) -> None:
    for _ in range(3):
        world.send()
    for seq in range(1, 6):
        world.rooms.pins.pin(ALICE, CHAT, seq)
    del world.tables.entries[CHAT][1]
    assert pinned(world) == [5, 4, 3, 2]
    world.rooms.pins.pin(ALICE, CHAT, 6)
    assert pinned(world) == [6, 5, 4, 3, 2]


def test_a_pinned_message_is_shown_as_it_is_now(world: World) -> None:
    world.send(BOB, "yes", quote_seq=3)
    world.rooms.pins.pin(ALICE, CHAT, 4)
    world.messaging.changing.edit(BOB, CHAT, 4, text("no"))
    (one,) = world.rooms.pins.list(ALICE, CHAT)
    assert one.entry.content == text("no")
    assert one.entry.quote is not None
    assert one.entry.quote.excerpt == "text 3"
    world.messaging.changing.recall(ALICE, CHAT, 3)
    (one,) = world.rooms.pins.list(ALICE, CHAT)
    assert one.entry.quote is not None
    assert one.entry.quote.excerpt is None


def test_a_recalled_message_is_not_pinned_any_more_nor_again(world: World) -> None:
    world.rooms.pins.pin(BOB, CHAT, 3)
    world.messaging.changing.recall(ALICE, CHAT, 3)
    assert pinned(world) == []
    with refused(ErrorCode.ALREADY_RECALLED):
        world.rooms.pins.pin(BOB, CHAT, 3)


def test_only_messages_that_one_sees_can_be_pinned(world: World) -> None:
    change = world.messaging.changing.react(BOB, CHAT, 1, "👍", add=True).change_seq
    world.messaging.conversations.delete_message_for_me(ALICE, CHAT, 2)
    assert change is not None
    for seq in (change, 2, 99):
        with refused(ErrorCode.NOT_FOUND):
            world.rooms.pins.pin(ALICE, CHAT, seq)
    assert world.seqs() == [1, 2, 3, 4]


def test_what_one_has_deleted_is_left_out_and_can_be_unpinned(world: World) -> None:
    world.rooms.pins.pin(ALICE, CHAT, 1)
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    assert (pinned(world), pinned(world, BOB)) == ([1], [])
    assert world.rooms.pins.unpin(BOB, CHAT, 1) == 5
    assert pinned(world) == []


def test_who_may_not_write_may_not_pin(world: World) -> None:
    for fields, code in (
        ({"blocked_by_peer": True}, ErrorCode.BLOCKED_BY_PEER),
        ({"blocked_by_peer": None, "blocking_peer": True}, ErrorCode.FORBIDDEN),
    ):
        world.records.commit([MemberChange(CHAT, "alice", fields)])
        with refused(code):
            world.rooms.pins.pin(ALICE, CHAT, 1)
        with refused(code):
            world.rooms.pins.unpin(ALICE, CHAT, 1)
    with refused(ErrorCode.NOT_MEMBER):
        world.rooms.pins.pin(CAROL, CHAT, 1)
    with refused(ErrorCode.NOT_MEMBER):
        world.rooms.pins.list(CAROL, CHAT)
    with refused(ErrorCode.NOT_FOUND):
        world.rooms.pins.list(ALICE, private_id("alice", "carol"))


def test_strangers_do_not_pin_where_only_friends_write() -> None:
    world = World(friends_only=True)
    world.conversations.open(parse_conversation_id(CHAT), "alice")
    with refused(ErrorCode.NOT_FRIENDS):
        world.rooms.pins.pin(ALICE, CHAT, 1)


def test_notices_are_not_pinned(room: World) -> None:
    room.send(ALICE, "you", conversation_id=GROUP, content=text("you", mentions=["carol"]))
    room.messaging.committing.run(lambda attempt: attempt.notify("carol", "alice", "notice.x", {}))
    with refused(ErrorCode.FORBIDDEN):
        room.rooms.pins.pin(CAROL, "u_carol", 1)


def test_in_a_group_owner_and_admins_pin(room: World) -> None:
    pins = room.rooms.pins
    assert [pins.pin(ALICE, GROUP, 2), pins.pin(BOB, GROUP, 3)] == [5, 6]
    entry = room.tables.entries[GROUP][6]
    assert (entry.type, entry.content) == (
        "system.group_pinned",
        {"pinned_seq": 3, "user_ids": []},
    )
    assert room.dispatcher.dispatched[-1][1] == Audience(members=Members(GROUP, 1, 6))
    assert pinned(room, CAROL, GROUP) == [3, 2]
    for act in (pins.pin, pins.unpin):
        with refused(ErrorCode.ADMIN_REQUIRED):
            act(CAROL, GROUP, 2)
    assert pins.unpin(BOB, GROUP, 2) == 7
    assert room.tables.entries[GROUP][7].type == "system.group_unpinned"


def test_newcomers_do_not_see_pinned_what_was_before_them(room: World) -> None:
    room.rooms.pins.pin(ALICE, GROUP, 2)
    join(room, "eve")
    sent = room.send(CAROL, conversation_id=GROUP).entry.seq
    room.rooms.pins.pin(ALICE, GROUP, sent)
    assert pinned(room, Actor("eve"), GROUP) == [sent]
    assert pinned(room, CAROL, GROUP) == [sent, 2]


def test_newcomers_do_not_see_what_a_pinned_message_quotes_of_before_them(room: World) -> None:
    join(room, "eve")
    sent = room.send(CAROL, conversation_id=GROUP, quote_seq=2).entry.seq
    room.rooms.pins.pin(ALICE, GROUP, sent)
    excerpts = [
        one.entry.quote and one.entry.quote.excerpt
        for actor in (CAROL, Actor("eve"))
        for one in room.rooms.pins.list(actor, GROUP)
    ]
    assert excerpts == ["text 1", None]


@pytest.mark.parametrize(
    ("how", "code"),
    [("dissolved", ErrorCode.GROUP_DISSOLVED), ("banned", ErrorCode.GROUP_BANNED)],
)
def test_a_group_that_was_stopped_keeps_its_pins(room: World, how: str, code: ErrorCode) -> None:
    room.rooms.pins.pin(ALICE, GROUP, 2)
    stop(room, **{how: True})
    with refused(code):
        room.rooms.pins.pin(ALICE, GROUP, 3)
    for actor in (ALICE, CAROL):
        with refused(code):
            room.rooms.pins.unpin(actor, GROUP, 2)
    assert pinned(room, CAROL, GROUP) == [2]


def test_two_pins_at_once_are_both_kept(world: World) -> None:
    meanwhile(world, "before commit", lambda: world.rooms.pins.pin(BOB, CHAT, 2))
    assert world.rooms.pins.pin(ALICE, CHAT, 1) == 5
    assert pinned(world) == [1, 2]
    assert world.seqs() == [1, 2, 3, 4, 5]


def test_of_the_same_pin_at_once_one_entry_tells(world: World) -> None:
    meanwhile(world, "before commit", lambda: world.rooms.pins.pin(BOB, CHAT, 1))
    assert world.rooms.pins.pin(ALICE, CHAT, 1) is None
    assert world.seqs() == [1, 2, 3, 4]


@pytest.mark.parametrize("nth", range(40))
def test_a_recall_at_any_step_leaves_nothing_recalled_pinned(world: World, nth: int) -> None:
    """Also in a second attempt, after a message has come between."""
    others: dict[str, partial[Any]] = {
        "send": partial(world.send, BOB),
        "recall": partial(world.messaging.changing.recall, ALICE, CHAT, 3),
    }
    steps: list[str] = []

    def let(other: str) -> None:
        world.tables.hook = lambda _: None
        if other in others:
            others.pop(other)()
        world.tables.hook = step_by_step

    def step_by_step(step: str) -> None:
        steps.append(step)
        if step == "before commit":
            let("send")
        if len(steps) > nth:
            let("recall")

    world.tables.hook = step_by_step
    try:
        world.rooms.pins.pin(BOB, CHAT, 3)
    except ChirrupError as error:
        assert error.code is ErrorCode.ALREADY_RECALLED
    let("recall")
    kept = world.records.get(Pins, CHAT)
    assert kept is None or kept.seqs == ()
    assert world.seqs() == list(range(1, len(world.seqs()) + 1))


def test_who_loses_the_right_meanwhile_does_not_pin(room: World) -> None:
    meanwhile(room, "before commit", lambda: change_member(room, "bob", role="member"))
    with refused(ErrorCode.ADMIN_REQUIRED):
        room.rooms.pins.pin(BOB, GROUP, 2)
    assert pinned(room, ALICE, GROUP) == []
