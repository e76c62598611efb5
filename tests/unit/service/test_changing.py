"""Recall, edit and reactions as entries of the timeline."""

from collections.abc import Callable

import pytest

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageUpdated
from chirrup.domain.messages import EDITED, REACTED, RECALLED, Quote
from chirrup.ports.timelines import Change, ChangeConflict
from tests.unit.making import CHAT, refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def world() -> World:
    world = World()
    for _ in range(3):
        world.send(ALICE)
    return world


def test_each_change_takes_the_next_seq_and_names_the_message(world: World) -> None:
    changing = world.messaging.changing
    changes = [
        changing.edit(ALICE, CHAT, 2, text("new")).change_seq,
        changing.react(BOB, CHAT, 2, "👍", add=True).change_seq,
        changing.recall(ALICE, CHAT, 2).change_seq,
    ]
    assert changes == [4, 5, 6]
    entries = [world.tables.entries[CHAT][seq] for seq in (4, 5, 6)]
    assert [entry.type for entry in entries] == [EDITED, REACTED, RECALLED]
    assert [entry.sender_id for entry in entries] == ["alice", "bob", "alice"]
    assert all(entry.changes == 2 and entry.content == {"seq": 2} for entry in entries)


def test_changes_do_not_count_and_move_no_cursor(world: World) -> None:
    cursors = {key: member.read_seq for key, member in world.tables.members.items()}
    world.messaging.changing.edit(ALICE, CHAT, 2, text("new"))
    head = world.tables.head(CHAT)
    assert head is not None
    assert (head.last_seq, head.count) == (4, 3)
    assert {key: member.read_seq for key, member in world.tables.members.items()} == cursors


def test_everyone_is_told_of_the_message_as_it_is_now(world: World) -> None:
    changed = world.messaging.changing.edit(ALICE, CHAT, 2, text("new"))
    assert changed.entry.content == text("new")
    assert world.dispatcher.dispatched[-1] == (
        (MessageUpdated(4, changed.entry),),
        Audience(("alice", "bob"), but_connection="alice-phone="),
    )


def test_a_change_that_changes_nothing_is_told_to_nobody(world: World) -> None:
    world.messaging.changing.react(BOB, CHAT, 2, "👍", add=True)
    events = world.events_of(lambda: world.messaging.changing.react(BOB, CHAT, 2, "👍", add=True))
    assert events == []
    assert world.messaging.changing.react(BOB, CHAT, 2, "🎉", add=False).change_seq is None
    assert world.seqs() == [1, 2, 3, 4]


def test_what_a_message_said_before_is_kept_for_administrators(world: World) -> None:
    before = world.content_of(2)
    world.messaging.changing.edit(ALICE, CHAT, 2, text("new"))
    world.messaging.changing.react(BOB, CHAT, 2, "👍", add=True)
    world.messaging.changing.recall(ALICE, CHAT, 2)
    previous = [world.tables.entries[CHAT][seq].previous for seq in (4, 5, 6)]
    assert previous == [before, None, text("new")]
    assert world.content_of(2) == {}


def test_the_preview_follows_only_the_message_that_it_shows(world: World) -> None:
    world.messaging.changing.edit(ALICE, CHAT, 2, text("older"))
    head = world.tables.head(CHAT)
    assert head is not None
    assert head.preview is not None
    assert (head.preview.seq, head.preview.excerpt) == (3, "text 3")
    world.messaging.changing.edit(ALICE, CHAT, 3, text("newest"))
    world.messaging.changing.recall(ALICE, CHAT, 3)
    head = world.tables.head(CHAT)
    assert head is not None
    assert head.preview is not None
    assert (head.preview.excerpt, head.preview.recalled) == (None, True)


def test_the_times_are_those_of_the_rules(world: World) -> None:
    world.clock.time = world.tables.entries[CHAT][3].sent_at + 5 * 60 * 1000 + 1
    with refused(ErrorCode.RECALL_EXPIRED):
        world.messaging.changing.recall(ALICE, CHAT, 3)
    assert world.messaging.changing.edit(ALICE, CHAT, 3, text("late")).change_seq
    world.clock.advance(DAY_MS)
    with refused(ErrorCode.EDIT_EXPIRED):
        world.messaging.changing.edit(ALICE, CHAT, 3, text("too late"))
    assert world.messaging.changing.react(BOB, CHAT, 3, "👍", add=True).change_seq


Act = Callable[[World, int], object]
ACTS: dict[str, Act] = {
    "recall": lambda world, seq: world.messaging.changing.recall(BOB, CHAT, seq),
    "edit": lambda world, seq: world.messaging.changing.edit(BOB, CHAT, seq, text("x")),
    "react": lambda world, seq: world.messaging.changing.react(BOB, CHAT, seq, "👍", add=True),
    "take back": lambda world, seq: world.messaging.changing.react(BOB, CHAT, seq, "👍", add=False),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_what_one_cannot_see_one_cannot_change(world: World, act: Act) -> None:
    change = world.messaging.changing.react(ALICE, CHAT, 3, "👍", add=True).change_seq
    world.messaging.conversations.delete_message_for_me(BOB, CHAT, 2)
    assert change is not None
    for seq in (99, change, 2):
        with refused(ErrorCode.NOT_FOUND):
            act(world, seq)
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    with refused(ErrorCode.NOT_FOUND):
        act(world, 3)


def test_only_the_sender_recalls_and_edits(world: World) -> None:
    with refused(ErrorCode.FORBIDDEN):
        ACTS["recall"](world, 3)
    with refused(ErrorCode.FORBIDDEN):
        ACTS["edit"](world, 3)
    assert world.seqs() == [1, 2, 3]


def test_an_outsider_is_refused_before_anything_is_read(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    with refused(ErrorCode.NOT_MEMBER):
        world.messaging.changing.recall(CAROL, CHAT, 1)
    with refused(ErrorCode.NOT_MEMBER):
        world.messaging.changing.edit(CAROL, CHAT, 1, text("x"))
    assert steps == []


def test_in_a_conversation_that_nobody_has_begun_there_is_nothing(world: World) -> None:
    with refused(ErrorCode.NOT_FOUND):
        world.messaging.changing.recall(ALICE, "p_alice~carol", 1)


def test_an_edit_keeps_to_the_rules_of_a_new_text(world: World) -> None:
    changing = world.messaging.changing
    with refused(ErrorCode.ADMIN_REQUIRED):
        changing.edit(ALICE, CHAT, 1, text("x", mentions=["all"]))
    with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
        changing.edit(ALICE, CHAT, 1, text("x", mentions=["carol"]))
    with refused(ErrorCode.PAYLOAD_TOO_LARGE):
        changing.edit(ALICE, CHAT, 1, text("x" * 17_000))
    assert changing.edit(ALICE, CHAT, 1, text("x", mentions=["bob"])).change_seq == 4


def test_the_update_of_a_quoting_message_does_not_bring_back_what_was_recalled(
    world: World,
) -> None:
    world.send(BOB, "look", quote_seq=3)
    world.messaging.changing.recall(ALICE, CHAT, 3)
    (event,) = world.events_of(
        lambda: world.messaging.changing.react(ALICE, CHAT, 4, "👍", add=True)
    )
    assert isinstance(event, MessageUpdated)
    assert event.entry.quote == Quote(3, "alice", "text", None)


def test_two_reactions_at_once_are_both_kept(world: World) -> None:
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before change" and not begun:
            begun.append(step)
            world.messaging.changing.react(ALICE, CHAT, 3, "👍", add=True)
            world.send(BOB)

    world.tables.hook = meanwhile
    changed = world.messaging.changing.react(BOB, CHAT, 3, "👍", add=True)
    assert changed.entry.reactions == {"👍": ("alice", "bob")}
    assert changed.change_seq == 6
    assert world.seqs() == [1, 2, 3, 4, 5, 6]


def test_of_two_recalls_at_once_one_is_told_that_it_was_too_late(world: World) -> None:
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before change" and not begun:
            begun.append(step)
            world.messaging.changing.recall(ALICE, CHAT, 3)

    world.tables.hook = meanwhile
    with refused(ErrorCode.ALREADY_RECALLED):
        world.messaging.changing.recall(ALICE, CHAT, 3)
    assert world.seqs() == [1, 2, 3, 4]


def test_a_change_behind_a_message_that_has_not_moved_the_head_stands_after_it(
    world: World,
) -> None:
    def crash(step: str) -> None:
        if step == "before advance":
            raise ConnectionError

    world.tables.hook = crash
    with pytest.raises(ConnectionError):
        world.send(BOB)
    world.tables.hook = lambda _: None
    assert world.messaging.changing.react(BOB, CHAT, 3, "👍", add=True).change_seq == 5
    head = world.tables.head(CHAT)
    assert head is not None
    assert (head.last_seq, head.count) == (5, 4)


def test_a_change_that_never_fits_is_told_to_wait(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conflict(_: Change) -> None:
        raise ChangeConflict

    monkeypatch.setattr(world.timeline, "change", conflict)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1000):
        world.messaging.changing.recall(ALICE, CHAT, 3)
    assert world.clock.pauses
