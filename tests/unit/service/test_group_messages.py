"""Sending in groups: who may write, who is told, and rules that change on the way."""

from collections.abc import Callable
from functools import partial

import pytest

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import group_id
from chirrup.domain.messages import Entry
from chirrup.domain.rights import FOREVER, Role
from tests.unit.grouping import (
    GROUP,
    add,
    change,
    govern,
    head_of,
    make,
    meanwhile,
    member_of,
    remove,
)
from tests.unit.making import refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

say = partial(World.send, conversation_id=GROUP)
Act = Callable[[World], object]


@pytest.fixture
def world() -> World:
    world = World()
    make(world, "bob", "dave", admins=("carol",))
    return world


def messages(world: World) -> list[Entry]:
    """What was said in the group."""
    return [entry for _, entry in sorted(world.tables.entries[GROUP].items()) if entry.countable]


def test_a_message_follows_on_the_last_entry_and_is_counted(world: World) -> None:
    sent = say(world, BOB)
    assert (sent.entry.seq, sent.entry.count, sent.entry.alls) == (2, 1, 0)
    head = head_of(world)
    assert (head.last_seq, head.count, head.roster) == (2, 1, 1)
    assert head.group is not None
    assert head.group.name == "Book club"
    assert (member_of(world, "bob").read_seq, member_of(world, "dave").read_seq) == (2, 1)


def test_the_members_are_told_who_may_see_it_but_the_sending_device(world: World) -> None:
    sent = say(world, BOB)
    told = Audience(but_connection="bob-phone=", members=Members(GROUP, roster=1, seq=2))
    assert world.dispatcher.dispatched[-1] == ((MessageCreated(sent.entry),), told)


@pytest.mark.parametrize("id_", [GROUP, group_id("zoe", "c9"), "g_1"])
def test_outsiders_do_not_learn_whether_a_group_exists(world: World, id_: str) -> None:
    stranger = type(ALICE)("eve", "eve-phone=")
    before = repr(world.tables)
    with refused(ErrorCode.NOT_MEMBER):
        world.send(stranger, conversation_id=id_)
    assert repr(world.tables) == before


def test_who_has_left_writes_no_more_and_who_is_back_does(world: World) -> None:
    remove(world, "bob")
    with refused(ErrorCode.NOT_MEMBER):
        say(world, BOB)
    add(world, "bob")
    assert say(world, BOB).entry.seq == 4


REFUSED: dict[str, tuple[Act, ErrorCode]] = {
    "removed": (lambda world: remove(world, "bob"), ErrorCode.NOT_MEMBER),
    "muted": (lambda world: change(world, "bob", muted_until=FOREVER), ErrorCode.MEMBER_MUTED),
    "all muted": (lambda world: govern(world, muted_all=True), ErrorCode.GROUP_MUTED),
    "dissolved": (lambda world: govern(world, dissolved=True), ErrorCode.GROUP_DISSOLVED),
    "banned": (lambda world: govern(world, banned=True), ErrorCode.GROUP_BANNED),
}
STEPS = ["before append", "before get aged head", "after get aged head", "after get member"]


@pytest.mark.parametrize(("act", "code"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_write_is_refused(world: World, act: Act, code: ErrorCode) -> None:
    act(world)
    with refused(code):
        say(world, BOB)
    assert messages(world) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("act", "code"), REFUSED.values(), ids=REFUSED)
def test_what_changes_while_a_message_is_sent_is_heeded(
    world: World, act: Act, code: ErrorCode, step: str
) -> None:
    """Between the read and the put, and between the head's read and the member's."""
    meanwhile(world, step, partial(act, world))
    with refused(code):
        say(world, BOB)
    assert messages(world) == []
    assert head_of(world).last_seq == 2


@pytest.mark.parametrize(("act", "code"), REFUSED.values(), ids=REFUSED)
def test_a_head_that_is_old_grants_nothing(world: World, act: Act, code: ErrorCode) -> None:
    say(world, BOB)
    act(world)
    for age in range(4):
        world.tables.age = lambda versions, age=age: min(age, versions)  # type: ignore[misc]
        with refused(code):
            say(world, BOB)
    assert len(messages(world)) == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_change_that_leaves_the_sender_alone_stops_nothing(world: World, step: str) -> None:
    meanwhile(world, step, lambda: (remove(world, "dave"), govern(world, slow_s=5)))
    sent = say(world, BOB)
    assert (sent.entry.seq, head_of(world).last_seq) == (4, 4)
    # The roster without dave is asked for.
    assert world.dispatcher.dispatched[-1][1].members == Members(GROUP, roster=2, seq=4)


def test_rights_that_were_given_meanwhile_count(world: World) -> None:
    govern(world, muted_all=True)
    meanwhile(world, "before get aged head", lambda: change(world, "bob", role=Role.ADMIN))
    assert say(world, BOB).entry.seq == 4


def test_in_a_muted_group_its_admins_write(world: World) -> None:
    govern(world, muted_all=True)
    for actor in (ALICE, CAROL):
        say(world, actor)
    with refused(ErrorCode.GROUP_MUTED):
        say(world, BOB)


def test_a_mute_ends_by_itself(world: World) -> None:
    change(world, "bob", muted_until=world.clock.now() + 5_000)
    with refused(ErrorCode.MEMBER_MUTED, muted_until=world.clock.now() + 5_000):
        say(world, BOB)
    world.clock.advance(5_000)
    say(world, BOB)


def test_in_slow_mode_members_wait_and_admins_do_not(world: World) -> None:
    govern(world, slow_s=30)
    say(world, BOB)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=29_000, reason="slow_mode"):
        say(world, BOB)
    for _ in range(2):
        say(world, CAROL)
    world.clock.advance(29_000)
    say(world, BOB)
    assert len(messages(world)) == 4


def test_a_retry_in_slow_mode_finds_its_message(world: World) -> None:
    govern(world, slow_s=30)
    first = say(world, BOB, "hi", client_id="m")
    again = say(world, BOB, "hi", client_id="m", attempt=2)
    assert (again.duplicate, again.entry) == (True, first.entry)


def test_members_may_be_named_and_strangers_not(world: World) -> None:
    say(world, BOB, content=text("hi", mentions=["dave", "carol"]))
    for mentions in (["eve"], ["dave", "eve"]):
        with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
            say(world, BOB, content=text("hi", mentions=mentions))
    remove(world, "dave")
    with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
        say(world, BOB, content=text("hi", mentions=["dave"]))


def test_everybody_is_mentioned_by_admins_alone(world: World) -> None:
    with refused(ErrorCode.ADMIN_REQUIRED):
        say(world, BOB, content=text("hi", mentions=["all"]))
    for count, actor in enumerate((ALICE, CAROL), 1):
        assert say(world, actor, content=text("hi", mentions=["all"])).entry.alls == count
    assert head_of(world).alls == 2


def test_who_is_no_admin_any_more_when_it_is_stored_mentions_nobody(world: World) -> None:
    demote = partial(change, world, "carol", role=Role.MEMBER)
    meanwhile(world, "before append", demote)
    with refused(ErrorCode.ADMIN_REQUIRED):
        say(world, CAROL, content=text("hi", mentions=["all"]))
    assert messages(world) == []


def test_who_was_removed_when_it_is_stored_is_not_mentioned(world: World) -> None:
    meanwhile(world, "before append", lambda: remove(world, "dave"))
    with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
        say(world, BOB, content=text("hi", mentions=["dave"]))


def crash_after_put(world: World) -> None:
    """A message of bob's that was stored and nothing more."""

    def crash(step: str) -> None:
        if step == "after append":
            raise SystemExit

    world.tables.hook = crash
    with pytest.raises(SystemExit):
        say(world, BOB, "hi", client_id="m")
    world.tables.hook = lambda _: None


@pytest.mark.parametrize(("act", "_code"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("before", [True, False])
def test_what_a_crashed_attempt_stored_is_sent_even_if_it_would_be_refused_by_now(
    world: World, act: Act, _code: ErrorCode, *, before: bool
) -> None:
    crash_after_put(world)
    assert len(messages(world)) == 1
    if before:
        act(world)
    else:
        meanwhile(world, "before append", partial(act, world))
    again = say(world, BOB, "hi", client_id="m", attempt=2)
    assert (again.duplicate, again.entry.seq) == (True, 2)
    assert [entry.client_id for entry in messages(world)] == ["m"]
    assert member_of(world, "bob").read_seq >= 2


@pytest.mark.parametrize(("act", "_code"), REFUSED.values(), ids=REFUSED)
def test_it_is_sent_as_well_where_the_put_runs_into_a_change_below_it(
    world: World, act: Act, _code: ErrorCode
) -> None:
    govern(world, slow_s=0)
    crash_after_put(world)
    world.tables.age = lambda versions: min(1, versions - 1)
    meanwhile(world, "before append", partial(act, world))
    again = say(world, BOB, "hi", client_id="m", attempt=2)
    assert (again.duplicate, again.entry.seq) == (True, 3)
    assert [entry.client_id for entry in messages(world)] == ["m"]


def test_a_commit_settles_what_a_crash_left_below_it(world: World) -> None:
    crash_after_put(world)
    remove(world, "bob")
    member = member_of(world, "bob")
    assert (member.read_seq, member.left_seq, member.left_count) == (2, 3, 1)
    assert head_of(world).count == 1
