"""Announcements: kept by the group, told by its timeline."""

from collections.abc import Callable

import pytest

from chirrup.domain.announcements import ANNOUNCEMENTS_MAX
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.service.actor import Actor
from chirrup.service.announcements import Announced
from tests.unit.making import CHAT, refused
from tests.unit.rooms import GROUP, change_member, join, leave, make_group, stop
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    """A group of alice's, with bob as admin and carol as member."""
    world = World()
    make_group(world, admins=("bob",), members=("carol",))
    return world


def announce(world: World, words: str = "Hear!", actor: Actor = BOB, *, top: bool = False) -> str:
    """The id of a new announcement."""
    world.clock.advance(1)
    made = world.rooms.announcements.announce(actor, GROUP, words, top=top)
    return made.announcement.name


def board(world: World, actor: Actor = CAROL) -> list[tuple[str, bool]]:
    """Texts and whether they are on top."""
    page, after = world.rooms.announcements.list(actor, GROUP, None, 100)
    assert after is None
    return [(one.announcement.text, one.top) for one in page]


def test_an_announcement_is_an_entry_and_is_kept(world: World) -> None:
    made = world.rooms.announcements.announce(BOB, GROUP, "Hear!", top=False)
    entry = world.tables.entries[GROUP][2]
    assert (entry.type, entry.sender_id) == ("system.group_announcement", "bob")
    assert entry.content == {
        "announcement_id": made.announcement.name,
        "text": "Hear!",
        "top": False,
        "user_ids": [],
    }
    assert (made.announcement.seq, made.announcement.author_id) == (2, "bob")
    assert world.dispatcher.dispatched[-1] == (
        (MessageCreated(entry),),
        Audience(members=Members(GROUP, 1, 2)),
    )
    assert board(world) == [("Hear!", False)]


def test_it_is_not_counted_as_unread(world: World) -> None:
    announce(world)
    assert world.messaging.conversations.get(CAROL, GROUP).unread == 0


def test_several_are_kept_the_newest_first_and_in_pages(world: World) -> None:
    for words in ("one", "two", "three"):
        announce(world, words)
    assert [words for words, _ in board(world)] == ["three", "two", "one"]
    page, after = world.rooms.announcements.list(CAROL, GROUP, None, 2)
    assert [one.announcement.text for one in page] == ["three", "two"]
    page, after = world.rooms.announcements.list(CAROL, GROUP, after, 2)
    assert ([one.announcement.text for one in page], after) == (["one"], None)


def test_what_is_said_again_at_once_is_told_once(world: World) -> None:
    say = world.rooms.announcements.announce
    made = say(BOB, GROUP, "Hear!", top=True)
    assert world.events_of(lambda: say(BOB, GROUP, "Hear!", top=True)) == []
    assert say(BOB, GROUP, "Hear!", top=True) == Announced(
        world.rooms.announcements.list(BOB, GROUP, None, 1)[0][0].announcement, top=True
    )
    assert say(ALICE, GROUP, "Hear!", top=False).announcement.name != made.announcement.name
    assert board(world) == [("Hear!", False), ("Hear!", True)]


def test_one_is_on_top(world: World) -> None:
    first = announce(world, "one", top=True)
    second = announce(world, "two", ALICE, top=True)
    assert board(world) == [("two", True), ("one", False)]
    change = world.rooms.announcements.change
    assert change(BOB, GROUP, first, top=True).top
    assert board(world) == [("two", False), ("one", True)]
    entry = world.tables.entries[GROUP][4]
    assert (entry.type, entry.content) == (
        "system.group_updated",
        {"announcement_id": first, "top": True, "user_ids": []},
    )
    assert not change(BOB, GROUP, first, top=False).top
    assert board(world) == [("two", False), ("one", False)]
    assert not change(BOB, GROUP, second, top=False).top
    assert sorted(world.tables.entries[GROUP]) == [1, 2, 3, 4, 5]


def test_a_new_text_is_told_again(world: World) -> None:
    id_ = announce(world, top=True)
    world.messaging.receipts.read(CAROL, GROUP, 2)
    world.clock.advance(1_000)
    changed = world.rooms.announcements.change(ALICE, GROUP, id_, text="Hear again!")
    one = changed.announcement
    assert (one.text, one.seq, one.author_id, one.edited_at) == (
        "Hear again!",
        3,
        "bob",
        world.clock.time,
    )
    assert world.tables.entries[GROUP][3].content == {
        "announcement_id": id_,
        "text": "Hear again!",
        "top": True,
        "user_ids": [],
    }
    again = world.rooms.readership.of(BOB, GROUP, 3, read=True, after=None, limit=10)
    assert (again.read_count, again.total) == (0, 2)


def test_text_and_top_change_with_one_entry(world: World) -> None:
    id_ = announce(world)
    changed = world.rooms.announcements.change(BOB, GROUP, id_, text="Now", top=True)
    assert (changed.announcement.text, changed.top) == ("Now", True)
    assert world.tables.entries[GROUP][3].content["top"] is True
    assert board(world) == [("Now", True)]


def test_what_changes_nothing_is_no_entry(world: World) -> None:
    id_ = announce(world)
    events = world.events_of(
        lambda: world.rooms.announcements.change(BOB, GROUP, id_, text="Hear!", top=False)
    )
    assert events == []
    assert world.rooms.announcements.change(BOB, GROUP, id_) == Announced(
        world.rooms.announcements.list(CAROL, GROUP, None, 1)[0][0].announcement, top=False
    )
    assert sorted(world.tables.entries[GROUP]) == [1, 2]


def test_a_deleted_one_is_off_the_board_and_off_the_top(world: World) -> None:
    id_ = announce(world, top=True)
    world.rooms.announcements.delete(ALICE, GROUP, id_)
    assert board(world) == []
    entry = world.tables.entries[GROUP][3]
    assert (entry.type, entry.content) == (
        "system.group_updated",
        {"announcement_id": id_, "deleted": True, "user_ids": []},
    )
    announce(world, "next")
    assert board(world) == [("next", False)]
    with refused(ErrorCode.NOT_FOUND):
        world.rooms.announcements.delete(ALICE, GROUP, id_)
    with refused(ErrorCode.NOT_FOUND):
        world.rooms.announcements.change(ALICE, GROUP, id_, top=True)


def test_so_many_are_kept_and_no_more(world: World) -> None:
    ids = [announce(world, str(number)) for number in range(ANNOUNCEMENTS_MAX)]
    with refused(ErrorCode.CONFLICT, limit=ANNOUNCEMENTS_MAX, reason="too_many_announcements"):
        announce(world)
    world.rooms.announcements.delete(ALICE, GROUP, ids[7])
    announce(world, "room again")
    assert len(board(world)) == ANNOUNCEMENTS_MAX


Act = Callable[[World, Actor, str], object]
ACTS: dict[str, Act] = {
    "announce": lambda world, actor, _: world.rooms.announcements.announce(
        actor, GROUP, "x", top=False
    ),
    "change": lambda world, actor, id_: world.rooms.announcements.change(
        actor, GROUP, id_, text="x"
    ),
    "delete": lambda world, actor, id_: world.rooms.announcements.delete(actor, GROUP, id_),
}
acts = pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)


@acts
def test_it_is_for_the_owner_and_admins(world: World, act: Act) -> None:
    id_ = announce(world)
    with refused(ErrorCode.ADMIN_REQUIRED):
        act(world, CAROL, id_)
    leave(world, "carol")
    for actor in (CAROL, Actor("mallory")):
        with refused(ErrorCode.NOT_MEMBER):
            act(world, actor, id_)
    act(world, ALICE, id_)


@acts
@pytest.mark.parametrize(
    ("how", "code"),
    [("dissolved", ErrorCode.GROUP_DISSOLVED), ("banned", ErrorCode.GROUP_BANNED)],
)
def test_in_a_group_that_was_stopped_nothing_changes(
    world: World, act: Act, how: str, code: ErrorCode
) -> None:
    id_ = announce(world)
    stop(world, **{how: True})
    for actor in (ALICE, CAROL):
        with refused(code):
            act(world, actor, id_)
    assert board(world) == [("Hear!", False)]


@acts
def test_who_loses_the_right_meanwhile_changes_nothing(world: World, act: Act) -> None:
    id_ = announce(world)
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before commit" and not begun:
            begun.append(step)
            change_member(world, "bob", role="member")

    world.tables.hook = meanwhile
    with refused(ErrorCode.ADMIN_REQUIRED):
        act(world, BOB, id_)
    assert board(world) == [("Hear!", False)]


def test_two_at_once_are_both_kept_and_the_later_is_on_top(world: World) -> None:
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before commit" and not begun:
            begun.append(step)
            world.rooms.announcements.announce(ALICE, GROUP, "first", top=True)

    world.tables.hook = meanwhile
    made = world.rooms.announcements.announce(BOB, GROUP, "second", top=True)
    assert made.announcement.seq == 3
    assert sorted(board(world)) == [("first", False), ("second", True)]


def test_newcomers_see_the_board_and_leavers_do_not(world: World) -> None:
    announce(world)
    join(world, "eve")
    assert board(world, Actor("eve")) == [("Hear!", False)]
    leave(world, "eve")
    for actor in (Actor("eve"), Actor("mallory")):
        with refused(ErrorCode.NOT_MEMBER):
            board(world, actor)


def test_only_groups_have_a_board(world: World) -> None:
    world.send()
    with refused(ErrorCode.INVALID_REQUEST, field="group_id"):
        world.rooms.announcements.list(ALICE, CHAT, None, 10)
    with refused(ErrorCode.NOT_MEMBER):
        world.rooms.announcements.list(ALICE, "g_1", None, 10)
