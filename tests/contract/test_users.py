"""Users: profiles."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Profile
from tests.contract.conftest import DYNAMO
from tests.contract.stores import Stores
from tests.support.tables import TABLES

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


def test_any_number_of_profiles_come_at_once_each_once(stores: Stores, user: str) -> None:
    users = [f"{user}-{number}" for number in range(130)]
    for one in (users[0], users[-1]):
        stores.users.ensure(Profile(one, "Somebody", created_at=1))
    found = stores.users.profiles([*users, users[0]])
    assert found == {one: Profile(one, "Somebody", None, 1) for one in (users[0], users[-1])}
    assert stores.users.profiles([]) == {}


def test_what_only_its_user_sees_is_kept_with_the_profile(stores: Stores, user: str) -> None:
    stores.users.ensure(Profile(user, "Before", created_at=3))
    hidden = stores.users.change(user, {"listed": False, "presence_hidden": True})
    assert hidden == Profile(user, "Before", None, 3, listed=False, presence_hidden=True)
    assert stores.users.get(user) == hidden
    assert stores.users.profiles([user]) == {user: hidden}
    again = stores.users.change(user, {"listed": True, "presence_hidden": False})
    assert again == stores.users.get(user) == Profile(user, "Before", None, 3)


def test_changes_of_name_and_listing_at_the_same_moment_are_both_kept(
    stores: Stores, user: str
) -> None:
    stores.users.ensure(Profile(user, "Before", created_at=3))
    changes: list[dict[str, object]] = [{"name": "After"}, {"listed": False}]
    stores.each_at_once(lambda change: stores.users.change(user, change), changes)
    assert stores.users.get(user) == Profile(user, "After", None, 3, listed=False)


@contextmanager
def _overtaken(stores: Stores, user: str, times: int) -> Iterator[None]:
    """Let somebody else change the name just before each of the next updates."""
    assert stores.dynamo is not None
    connection, names = stores.dynamo.connection, [f"Other {number}" for number in range(times)]

    def overtake(**_: Any) -> None:
        if names:
            item = {"name": {"S": names.pop()}, "created_at": {"N": "3"}}
            connection.put_item(TABLES["users"], user, "PROFILE", attributes=item)

    events = connection.client.meta.events
    events.register("before-call.dynamodb.UpdateItem", overtake)
    try:
        yield
    finally:
        events.unregister("before-call.dynamodb.UpdateItem", overtake)


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_change_that_was_overtaken_is_made_to_what_is_there_by_then(
    stores: Stores, user: str
) -> None:
    stores.users.ensure(Profile(user, "Before", created_at=3))
    with _overtaken(stores, user, 2):
        changed = stores.users.change(user, {"listed": False})
    assert changed == Profile(user, "Other 0", None, 3, listed=False)
    assert stores.users.named("other 0", None, 50)[0] == []


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_change_that_is_overtaken_again_and_again_may_be_tried_later(
    stores: Stores, user: str
) -> None:
    stores.users.ensure(Profile(user, "Before", created_at=3))
    with _overtaken(stores, user, 20), pytest.raises(ChirrupError) as refusal:
        stores.users.change(user, {"listed": False})
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE
