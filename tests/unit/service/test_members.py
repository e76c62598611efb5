"""Who is in a conversation."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.rights import Role
from chirrup.ports import Profile
from chirrup.service.actor import Actor
from tests.unit.making import CHAT, refused
from tests.unit.rooms import GROUP, join, leave, make_group
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    return World()


def listed(world: World, actor: Actor, id_: str, limit: int = 100) -> list[list[str]]:
    """User ids by pages, to the end."""
    pages: list[list[str]] = []
    after = None
    while not pages or after:
        page, after = world.rooms.members.list(actor, id_, after, limit)
        pages.append([one.member.user_id for one in page])
    return pages


def test_a_private_chat_has_its_two_users_with_their_profiles(world: World) -> None:
    world.send()
    page, after = world.rooms.members.list(BOB, CHAT, None, 100)
    assert [one.member.user_id for one in page] == ["alice", "bob"]
    assert [one.profile and one.profile.name for one in page] == ["Alice", "Bob"]
    assert after is None
    assert listed(world, BOB, CHAT, 1) == [["alice"], ["bob"]]


def test_in_ones_own_notes_one_is_alone(world: World) -> None:
    world.send(conversation_id="s_alice")
    assert listed(world, ALICE, "s_alice") == [["alice"]]


def test_a_conversation_that_is_not_begun_has_no_members(world: World) -> None:
    with refused(ErrorCode.NOT_FOUND):
        world.rooms.members.list(ALICE, CHAT, None, 100)


def test_a_group_lists_those_who_are_in_it_now(world: World) -> None:
    make_group(world, admins=("bob",), members=("carol", "dora"))
    leave(world, "dora")
    came = join(world, "eve")
    page, _ = world.rooms.members.list(CAROL, GROUP, None, 100)
    assert {one.member.user_id: one.member.role for one in page} == {
        "alice": Role.OWNER,
        "bob": Role.ADMIN,
        "carol": Role.MEMBER,
        "eve": Role.MEMBER,
    }
    assert {one.member.user_id: one.member.since for one in page}["eve"] == came


def test_pages_are_filled_past_those_who_have_left(world: World) -> None:
    others = tuple(f"u{number:02}" for number in range(20))
    make_group(world, members=others)
    for user_id in others[:15]:
        leave(world, user_id)
    assert listed(world, ALICE, GROUP, 3) == [["alice", "u15", "u16"], ["u17", "u18", "u19"]]


def test_one_request_looks_at_so_many_pages_and_no_more(world: World) -> None:
    others = tuple(f"u{number:02}" for number in range(40))
    make_group(world, members=others)
    for user_id in others:
        leave(world, user_id)
    steps: list[str] = []
    world.tables.hook = steps.append
    page, after = world.rooms.members.list(ALICE, GROUP, "alice", 2)
    assert (page, after) == ([], "u19")
    assert steps.count("before query members") == 10


def test_profiles_are_read_together_and_may_be_missing(world: World) -> None:
    make_group(world, members=("bob",))
    del world.tables.profiles["bob"]
    steps: list[str] = []
    world.tables.hook = steps.append
    page, _ = world.rooms.members.list(ALICE, GROUP, None, 100)
    assert [one.profile for one in page] == [
        Profile("alice", "Alice", None, world.clock.time),
        None,
    ]
    assert steps.count("before get profiles") == 1


def test_only_those_who_are_in_a_group_learn_who_is(world: World) -> None:
    make_group(world, members=("bob",))
    leave(world, "bob")
    for actor in (BOB, CAROL):
        with refused(ErrorCode.NOT_MEMBER):
            world.rooms.members.list(actor, GROUP, None, 100)
    with refused(ErrorCode.NOT_MEMBER):
        world.rooms.members.list(CAROL, CHAT, None, 100)
