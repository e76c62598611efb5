"""Profiles: made at first sight, changed by their user."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.ports import Identity, Profile
from chirrup.service import users
from tests.unit.making import refused
from tests.unit.world import World

DAN = Identity("dan", 4_102_444_800_000, "Dan", "https://example.com/d.png")


@pytest.fixture
def world() -> World:
    return World()


def test_the_first_sight_of_a_user_makes_the_profile(world: World) -> None:
    made = world.user_service.me(DAN)
    assert made == Profile("dan", "Dan", "https://example.com/d.png", world.clock.time)
    world.clock.advance(5_000)
    assert world.user_service.me(DAN) == made
    assert world.user_service.get("dan") == made


def test_a_user_is_looked_up_once_while_the_function_is_warm(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    for _ in range(3):
        world.user_service.see(DAN)
    assert steps.count("before get profile") == 1
    assert world.tables.profiles["dan"].name == "Dan"


def test_only_so_many_are_remembered(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "SEEN_MAX", 2)
    for number in (1, 2, 3, 1):
        world.user_service.see(Identity(f"user{number}", 1))
    assert len(world.tables.profiles) == 6
    assert len(vars(world.user_service)["_seen"]) <= 2


def test_who_has_no_name_is_called_by_the_user_id(world: World) -> None:
    assert world.user_service.me(Identity("dan", 1)).name == "dan"


def test_a_profile_is_changed_even_before_it_was_looked_at(world: World) -> None:
    assert world.user_service.change(DAN, {"name": "Daniel"}).name == "Daniel"
    removed = world.user_service.change(DAN, {"picture": None})
    assert (removed.name, removed.picture) == ("Daniel", None)
    assert world.user_service.me(DAN) == removed


def test_a_user_who_was_never_seen_is_not_found(world: World) -> None:
    with refused(ErrorCode.NOT_FOUND):
        world.user_service.get("nobody")


def test_a_listed_user_is_found_by_the_id_and_an_unlisted_one_only_by_themselves(
    world: World,
) -> None:
    alice = Identity("alice", 1)
    assert [one.name for one in world.user_service.find(alice, "bob")] == ["Bob"]
    world.users.change("bob", {"listed": False})
    assert world.user_service.find(alice, "bob") == []
    assert world.user_service.find(alice, "nobody") == []
    assert [one.name for one in world.user_service.find(Identity("bob", 1), "bob")] == ["Bob"]


def test_a_search_goes_on_where_it_has_ended(world: World) -> None:
    for number in range(5):
        world.user_service.me(Identity(f"z{number}", 1, f"\uff3aoe  {number}"))
    found, cursor = world.user_service.search("ZOE", None, 3)
    assert [one.user_id for one in found] == ["z0", "z1", "z2"]
    assert cursor is not None
    found, cursor = world.user_service.search("ZOE", cursor, 3)
    assert ([one.user_id for one in found], cursor) == (["z3", "z4"], None)


def test_a_search_for_blanks_is_refused(world: World) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="name"):
        world.user_service.search(" \u3000", None, 10)


@pytest.mark.parametrize("cursor", ["x", "ä", "_w", "-"])
def test_a_cursor_that_is_none_is_refused(world: World, cursor: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="cursor"):
        world.user_service.search("a", cursor, 10)
