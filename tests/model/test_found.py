"""What the history checker has found in the design, each in its shortest form."""

from collections.abc import Callable

import pytest

from tests.model.actions import MODES, Action, History
from tests.model.backends import FakeBackend
from tests.model.history import play, small_numbers
from tests.model.schedule import Crash
from tests.unit.making import CHAT
from tests.unit.world import ALICE, BOB, World

PLENTY = 10**6
AN_EDIT_AFTER_A_KICK = [("send", 0, 0), ("react", 0, 4), ("kick", 1, 0), ("edit", 0, 0)]


@pytest.fixture
def world() -> World:
    return World()


def crash_at(world: World, step: str, act: Callable[[], object]) -> None:
    """Let a function crash before a step."""

    def crash(point: str) -> None:
        if point == f"before {step}":
            raise Crash

    world.tables.hook = crash
    with pytest.raises(Crash):
        act()
    world.tables.hook = lambda _: None


def meanwhile(world: World, step: str, act: Callable[[], object]) -> None:
    """Do something, once, before the next step of this name."""

    def first(point: str) -> None:
        if point == f"before {step}":
            world.tables.hook = lambda _: None
            act()

    world.tables.hook = first


def test_the_list_shows_a_message_that_a_change_passed(world: World) -> None:
    world.send(ALICE, "one")
    crash_at(world, "settle", lambda: world.send(ALICE, "two"))
    world.messaging.changing.react(BOB, CHAT, 1, "👍", add=True)
    head = world.tables.head(CHAT)
    assert head is not None
    assert head.preview is not None
    assert (head.last_seq, head.preview.excerpt) == (3, "two")


def test_a_message_above_the_head_can_be_recalled(world: World) -> None:
    world.send(ALICE)
    crash_at(world, "settle", lambda: world.send(ALICE))
    assert world.messaging.changing.recall(ALICE, CHAT, 2).change_seq == 3
    assert world.content_of(2) == {}


@pytest.mark.parametrize("step", ["get head", "get settings", "get member"])
def test_ones_own_message_is_not_unread_while_the_items_are_read(world: World, step: str) -> None:
    world.send(ALICE)
    meanwhile(world, step, lambda: world.send(ALICE))
    assert world.messaging.conversations.get(ALICE, CHAT).unread == 0


@pytest.mark.parametrize("step", ["get head", "get settings", "get member"])
def test_a_mention_counts_or_is_read_whenever_the_items_are_read(world: World, step: str) -> None:
    """A list tells of just the mentions between the cursor and the end that it tells of."""
    named = {"text": "You!", "mentions": ["bob"]}
    world.send(ALICE, content=named)

    def read_and_name_again() -> None:
        world.messaging.receipts.read(BOB, CHAT, 1)
        world.send(ALICE, content=named)

    meanwhile(world, step, read_and_name_again)
    (view,), _ = world.messaging.conversations.list(BOB, None, 10)
    assert view.mentions == view.unread == view.end.seq - view.member.read_seq


def test_a_cursor_above_the_head_is_not_taken_back_by_a_sync(world: World) -> None:
    world.send(BOB)
    crash_at(world, "settle", lambda: world.send(ALICE))
    crash_at(world, "advance", lambda: world.send(BOB))
    world.messaging.receipts.read(ALICE, CHAT, 3)
    (synced,), _ = world.messaging.reading.sync(ALICE, {}, None, budget=PLENTY)
    assert (synced.last_seq, synced.member.read_seq, synced.unread) == (3, 3, 0)


def test_what_is_hidden_above_the_head_is_not_taken_off_the_count_below(world: World) -> None:
    world.send(BOB)
    crash_at(world, "settle", lambda: world.send(BOB))
    world.messaging.conversations.delete_message_for_me(ALICE, CHAT, 2)
    assert world.messaging.conversations.get(ALICE, CHAT).unread == 1
    (synced,), _ = world.messaging.reading.sync(ALICE, {}, None, budget=PLENTY)
    assert (synced.last_seq, synced.unread) == (2, 1)


def test_a_page_read_while_a_message_changed_shows_the_change(world: World) -> None:
    world.send(ALICE, "before")
    world.send(ALICE)
    edit = world.messaging.changing.edit
    world.tables.torn = lambda _: 1
    meanwhile(
        world,
        "read page",
        lambda: meanwhile(world, "read page", lambda: edit(ALICE, CHAT, 1, {"text": "after"})),
    )
    page = world.messaging.reading.history(BOB, CHAT, after_seq=0, budget=PLENTY)
    first, _, change = page.entries
    assert change.changed is not None
    assert first.entry.content == change.changed.content == {"text": "after"}


def test_a_retry_finds_its_message_even_if_it_would_be_refused_by_now(world: World) -> None:
    world.send(BOB)
    crash_at(world, "settle", lambda: world.send(ALICE, "yes", client_id="x", quote_seq=1))
    world.messaging.conversations.delete_message_for_me(ALICE, CHAT, 1)
    sent = world.send(ALICE, "yes", client_id="x", quote_seq=1, attempt=2)
    assert (sent.entry.seq, sent.duplicate) == (2, True)


def played(
    *acts: tuple[str, int, int, int],
    group: bool = False,
    everything: bool = False,
    mode: str = "local",
    tape: bytes = b"",
) -> None:
    """Play a history; without a tape all goes smoothly."""
    history = History(
        actions=[Action(*act) for act in acts],
        clocks=(0, 0, 0, 0),
        group=group,
        everything=everything,
        resend_all=False,
        switch=0,
        crash=0,
        tape=tape,
        mode=mode,
    )
    with small_numbers():
        play(history, FakeBackend)


def test_a_change_shows_its_message_to_those_who_left_as_it_was_then() -> None:
    played(*((name, 0, who, what) for name, who, what in AN_EDIT_AFTER_A_KICK), group=True)


def test_who_was_out_while_a_job_was_worked_off_pulls_it() -> None:
    """Kicked before the fan-out came to the message, and in again with all that was before."""
    played(
        *(("send", 0, 0, 0), ("kick", 0, 1, 0), ("join", 2, 0, 0)),
        group=True,
        everything=True,
        mode="kafka",
        tape=bytes(42) + b"\xff\x01",
    )


@pytest.mark.parametrize("mode", MODES)
def test_a_device_that_repeats_what_another_has_sent_may_be_told_of_it(mode: str) -> None:
    """It came online while the first job was under way, and is the cause of the second alone."""
    acts = ("send", 0, 0, 0), ("disconnect", 1, 0, 0), ("send", 1, 0, 0), ("resend", 1, 0, 0)
    played(*acts, mode=mode)
