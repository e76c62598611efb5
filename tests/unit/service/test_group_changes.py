"""Recall, edit and reactions in groups."""

from collections.abc import Callable
from functools import partial

import pytest

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageUpdated
from chirrup.domain.messages import RECALL_WINDOW_MS
from chirrup.domain.pins import Pins
from chirrup.domain.rights import Role
from chirrup.ports.records import Put
from chirrup.service.actor import Actor
from tests.fakes.clock import NOON
from tests.unit.grouping import GROUP, add, change, govern, head_of, make, meanwhile, remove
from tests.unit.making import refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

DAVE = Actor("dave", "dave-phone=")
Act = Callable[[World], object]


@pytest.fixture
def world() -> World:
    """Entry 1 makes the group; 2-5 are of alice, bob, carol and dave."""
    world = World()
    make(world, "bob", "dave", admins=("carol", "erin"))
    for actor in (ALICE, BOB, CAROL, DAVE):
        world.send(actor, conversation_id=GROUP)
    return world


def recall(world: World, actor: Actor, seq: int) -> int | None:
    return world.messaging.changing.recall(actor, GROUP, seq).change_seq


def react(world: World, actor: Actor = BOB, seq: int = 2) -> int | None:
    return world.messaging.changing.react(actor, GROUP, seq, "👍", add=True).change_seq


def edit(world: World, actor: Actor = BOB, seq: int = 3, **content: object) -> int | None:
    return world.messaging.changing.edit(actor, GROUP, seq, text("new", **content)).change_seq


def test_members_take_back_their_own_for_a_while_and_no_others(world: World) -> None:
    for seq in (2, 4, 5):
        with refused(ErrorCode.FORBIDDEN):
            recall(world, BOB, seq)
    world.clock.advance(RECALL_WINDOW_MS + 5_000)
    with refused(ErrorCode.RECALL_EXPIRED):
        recall(world, BOB, 3)


def test_the_owner_takes_back_everything_at_any_time(world: World) -> None:
    world.clock.advance(10 * RECALL_WINDOW_MS)
    assert [recall(world, ALICE, seq) for seq in (2, 3, 4, 5)] == [6, 7, 8, 9]


def test_admins_take_back_all_but_the_owners(world: World) -> None:
    world.clock.advance(10 * RECALL_WINDOW_MS)
    erin = Actor("erin", None)
    with refused(ErrorCode.FORBIDDEN):
        recall(world, erin, 2)
    assert [recall(world, erin, seq) for seq in (3, 4)] == [6, 7]
    # One's own at any time, and those of somebody who has left.
    remove(world, "dave")
    assert recall(world, CAROL, 5) == 9
    with refused(ErrorCode.ALREADY_RECALLED):
        recall(world, CAROL, 4)


def test_who_is_no_admin_any_more_takes_back_nothing_of_others(world: World) -> None:
    demote = partial(change, world, "carol", role=Role.MEMBER)
    meanwhile(world, "before change", demote)
    with refused(ErrorCode.FORBIDDEN):
        recall(world, CAROL, 3)
    assert world.content_of(3, GROUP) != {}


def test_a_recall_unpins(world: World) -> None:
    pins = Pins(owner=GROUP, pins=((3, "carol", NOON), (2, "carol", NOON)))
    world.records.commit([Put(pins)])
    recall(world, BOB, 3)
    stored = world.records.get(Pins, GROUP)
    assert stored is not None
    assert stored.seqs == (2,)
    recall(world, DAVE, 5)
    assert world.records.get(Pins, GROUP) == stored


def test_what_is_pinned_while_it_is_recalled_is_unpinned_too(world: World) -> None:
    world.records.commit([Put(Pins(owner=GROUP, pins=((3, "alice", NOON),)))])
    pinned_anew = Pins(owner=GROUP, version=1).with_pin(3, "carol", NOON)
    meanwhile(world, "before change", lambda: world.records.commit([Put(pinned_anew)]))
    recall(world, BOB, 3)
    stored = world.records.get(Pins, GROUP)
    assert stored is not None
    assert stored.seqs == ()


def test_everybody_in_the_group_is_told_who_may_see_the_message(world: World) -> None:
    add(world, "frank")
    seq = react(world)
    entry = world.tables.entries[GROUP][2]
    assert world.dispatcher.dispatched[-1] == (
        (MessageUpdated(seq or 0, entry),),
        Audience(but_connection="bob-phone=", members=Members(GROUP, roster=2, seq=2)),
    )


def test_changes_leave_the_group_and_its_roster_as_they_are(world: World) -> None:
    before = head_of(world)
    react(world)
    head = head_of(world)
    assert (head.group, head.roster, head.count) == (before.group, before.roster, before.count)
    assert head.last_seq == before.last_seq + 1


CLOSED: dict[str, tuple[Act, ErrorCode]] = {
    "removed": (lambda world: remove(world, "bob"), ErrorCode.NOT_MEMBER),
    "muted": (
        lambda world: change(world, "bob", muted_until=world.clock.now() + 10**6),
        ErrorCode.MEMBER_MUTED,
    ),
    "all muted": (lambda world: govern(world, muted_all=True), ErrorCode.GROUP_MUTED),
    "dissolved": (lambda world: govern(world, dissolved=True), ErrorCode.GROUP_DISSOLVED),
    "banned": (lambda world: govern(world, banned=True), ErrorCode.GROUP_BANNED),
}
TAKEN_BACK = {"muted", "all muted"}
"""Where one may take back still what one said."""


@pytest.mark.parametrize("how", CLOSED)
@pytest.mark.parametrize("step", [None, "before change", "before get head", "after get head"])
def test_who_may_not_write_changes_nothing_but_takes_back(
    world: World, how: str, step: str | None
) -> None:
    act, code = CLOSED[how]
    for attempt in (edit, react, lambda world: recall(world, BOB, 3)):
        fresh = World()
        make(fresh, "bob", "dave", admins=("carol",))
        for actor in (ALICE, BOB):
            fresh.send(actor, conversation_id=GROUP)
        if step:
            meanwhile(fresh, step, partial(act, fresh))
        else:
            act(fresh)
        if attempt not in (edit, react) and how in TAKEN_BACK:
            assert attempt(fresh) == 5
            continue
        with refused(code):
            attempt(fresh)
        assert fresh.seqs(GROUP) == [1, 2, 3, 4]
        assert fresh.content_of(3, GROUP) == text("text 2")


def test_who_joined_later_changes_nothing_from_before(world: World) -> None:
    add(world, "frank")
    with refused(ErrorCode.NOT_FOUND):
        react(world, Actor("frank", None), 3)
    world.send(BOB, conversation_id=GROUP)
    assert react(world, Actor("frank", None), 7) == 8


def test_an_edit_names_members_only(world: World) -> None:
    edit(world, mentions=["dave"])
    with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
        edit(world, mentions=["eve"])
    with refused(ErrorCode.ADMIN_REQUIRED):
        edit(world, mentions=["all"])
    edit(world, ALICE, 2, mentions=["all"])
    # An edit notes no mention anew, and counts none.
    assert head_of(world).alls == 0
    assert world.messaging.conversations.get(DAVE, GROUP).mentions == 0


def test_admins_edit_no_others_messages(world: World) -> None:
    with refused(ErrorCode.FORBIDDEN):
        edit(world, ALICE, 3)


@pytest.mark.parametrize("actor", [Actor("eve", None), Actor("frank", None)])
def test_outsiders_change_nothing(world: World, actor: Actor) -> None:
    add(world, "frank")
    remove(world, "frank")
    for act in (react, edit, lambda world, actor: recall(world, actor, 2)):
        with refused(ErrorCode.NOT_MEMBER):
            act(world, actor)
