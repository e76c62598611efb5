"""Profiles: made at first sight, changed by their user."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.ports import Identity, Profile
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
