"""Users: profiles."""

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Profile
from tests.contract.stores import Stores

FACE = "https://example.com/face.png"


@pytest.fixture
def user(people: tuple[str, str]) -> str:
    """A user whom nobody has seen."""
    return "new." + people[0]


def test_nobody_is_known_before_they_were_seen(stores: Stores, user: str) -> None:
    assert stores.users.get(user) is None


@pytest.mark.parametrize("picture", [None, FACE])
def test_the_first_sight_of_a_user_makes_the_profile(
    stores: Stores, user: str, picture: str | None
) -> None:
    profile = Profile(user, "Ännchen 😀 von Tharau", picture, 17)
    assert stores.users.ensure(profile) == profile
    assert stores.users.get(user) == profile


def test_a_later_sight_changes_nothing(stores: Stores, user: str) -> None:
    first = Profile(user, "First", FACE, 1)
    stores.users.ensure(first)
    assert stores.users.ensure(Profile(user, "Second", None, 2)) == first
    assert stores.users.get(user) == first


def test_of_first_sights_at_the_same_moment_one_is_kept(stores: Stores, user: str) -> None:
    sights = [Profile(user, f"Name {number}", created_at=number) for number in range(6)]
    found = stores.each_at_once(stores.users.ensure, sights)
    kept = stores.users.get(user)
    assert kept in sights
    assert found == [kept] * 6


def test_name_and_picture_change_apart(stores: Stores, user: str) -> None:
    stores.users.ensure(Profile(user, "Before", created_at=3))
    change = stores.users.change
    assert change(user, {"picture": FACE}) == Profile(user, "Before", FACE, 3)
    assert change(user, {"name": "After"}) == Profile(user, "After", FACE, 3)
    assert stores.users.get(user) == Profile(user, "After", FACE, 3)
    assert change(user, {"name": "Last", "picture": None}) == Profile(user, "Last", None, 3)
    assert change(user, {"picture": None}) == Profile(user, "Last", None, 3)
    assert stores.users.get(user) == Profile(user, "Last", None, 3)


def test_an_unknown_user_cannot_be_changed_into_being(stores: Stores, user: str) -> None:
    with pytest.raises(ChirrupError) as refusal:
        stores.users.change(user, {"name": "Nobody"})
    assert refusal.value.code is ErrorCode.NOT_FOUND
    assert stores.users.get(user) is None
