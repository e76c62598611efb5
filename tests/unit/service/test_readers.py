"""Who has read a message."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.service.actor import Actor
from chirrup.service.readers import Readers
from tests.unit.making import CHAT, refused
from tests.unit.rooms import GROUP, change_member, join, leave, make_group
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    """A group of four, in which alice has written at seq 2."""
    world = World()
    make_group(world, admins=("bob",), members=("carol", "dora"))
    world.send(conversation_id=GROUP)
    return world


def readers(
    world: World,
    actor: Actor = ALICE,
    seq: int = 2,
    id_: str = GROUP,
    *,
    read: bool = True,
    after: str | None = None,
    limit: int = 100,
) -> Readers:
    return world.rooms.readership.of(actor, id_, seq, read=read, after=after, limit=limit)


def named(found: Readers) -> list[tuple[str, int]]:
    return [(one.user_id, one.read_seq) for one in found.members]


def test_the_sender_learns_who_has_read_and_who_has_not(world: World) -> None:
    world.messaging.receipts.read(CAROL, GROUP, 2)
    found = readers(world)
    assert (found.read_count, found.total) == (1, 3)
    assert named(found) == [("carol", 2)]
    left = readers(world, read=False)
    assert (left.read_count, left.total) == (1, 3)
    assert named(left) == [("bob", 0), ("dora", 0)]


def test_whoever_answers_has_read_what_is_above(world: World) -> None:
    world.send(BOB, conversation_id=GROUP)
    assert named(readers(world)) == [("bob", 3)]
    assert readers(world, BOB, 3).total == 3


def test_those_who_have_left_or_came_later_are_not_counted(world: World) -> None:
    world.messaging.receipts.read(CAROL, GROUP, 2)
    leave(world, "carol")
    came = join(world, "eve")
    found = readers(world)
    assert (found.read_count, found.total) == (0, 2)
    assert named(readers(world, read=False)) == [("bob", 0), ("dora", 0)]
    world.send(conversation_id=GROUP)
    assert readers(world, seq=came + 1).total == 3


def test_one_who_came_back_counts_by_the_present_stay(world: World) -> None:
    leave(world, "carol")
    join(world, "carol")
    assert readers(world).total == 2


def test_pages_go_through_all_of_them(world: World) -> None:
    first = readers(world, read=False, limit=2)
    assert ([user for user, _ in named(first)], first.after) == (["bob", "carol"], "carol")
    second = readers(world, read=False, limit=2, after=first.after)
    assert ([user for user, _ in named(second)], second.after) == (["dora"], None)
    assert (second.read_count, second.total) == (0, 3)


def test_in_a_private_chat_it_is_the_other_side(world: World) -> None:
    world.send()
    found = readers(world, id_=CHAT, seq=1)
    assert (found.read_count, found.total) == (0, 1)
    assert named(readers(world, id_=CHAT, seq=1, read=False)) == [("bob", 0)]
    world.messaging.receipts.read(BOB, CHAT, 1)
    found = readers(world, id_=CHAT, seq=1)
    assert (found.read_count, found.total, named(found)) == (1, 1, [("bob", 1)])
    assert named(readers(world, id_=CHAT, seq=1, read=False)) == []


def test_nobody_else_reads_ones_notes(world: World) -> None:
    world.send(conversation_id="s_alice")
    found = readers(world, id_="s_alice", seq=1)
    assert (found.read_count, found.total, named(found)) == (0, 0, [])


def test_it_is_for_the_sender_alone(world: World) -> None:
    for actor in (BOB, CAROL):
        with refused(ErrorCode.FORBIDDEN):
            readers(world, actor)
    leave(world, "carol")
    for actor in (CAROL, Actor("mallory")):
        with refused(ErrorCode.NOT_MEMBER):
            readers(world, actor)


def test_of_an_announcement_owner_and_admins_learn_it_too(world: World) -> None:
    made = world.rooms.announcements.announce(BOB, GROUP, "No meeting", top=False)
    seq = made.announcement.seq
    world.messaging.receipts.read(CAROL, GROUP, seq)
    for actor in (ALICE, BOB):
        found = readers(world, actor, seq)
        assert (found.read_count, found.total, named(found)) == (1, 3, [("carol", seq)])
    with refused(ErrorCode.FORBIDDEN):
        readers(world, CAROL, seq)
    change_member(world, "bob", role="member")
    assert readers(world, BOB, seq).total == 3


def test_what_is_no_message_or_not_seen_has_no_receipts(world: World) -> None:
    change = world.messaging.changing.react(ALICE, GROUP, 2, "👍", add=True).change_seq
    assert change is not None
    for seq in (1, change, 99):
        with refused(ErrorCode.NOT_FOUND):
            readers(world, seq=seq)
    join(world, "eve")
    with refused(ErrorCode.NOT_FOUND):
        readers(world, Actor("eve"))
    world.messaging.conversations.delete_message_for_me(ALICE, GROUP, 2)
    with refused(ErrorCode.NOT_FOUND):
        readers(world)
