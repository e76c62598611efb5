"""Presence: when users were seen last."""

from functools import partial

from tests.contract.entries import T0
from tests.contract.stores import Stores


def test_who_never_came_was_never_seen(stores: Stores, people: tuple[str, str]) -> None:
    assert stores.presence.last_seen(people) == {}
    assert stores.presence.last_seen([]) == {}


def test_when_a_user_was_seen_last_only_moves_forward(
    stores: Stores, people: tuple[str, str]
) -> None:
    alice, _ = people
    for at, then in ((T0, T0), (T0 + 5, T0 + 5), (T0 + 5, T0 + 5), (T0 - 1, T0 + 5)):
        stores.presence.note(alice, at)
        assert stores.presence.last_seen(people) == {alice: then}


def test_of_many_at_the_same_moment_the_latest_is_kept(
    stores: Stores, people: tuple[str, str]
) -> None:
    stores.each_at_once(partial(stores.presence.note, people[0]), [T0 + one for one in range(6)])
    assert stores.presence.last_seen([people[0]]) == {people[0]: T0 + 5}


def test_noting_makes_no_profile(stores: Stores, people: tuple[str, str]) -> None:
    stranger = "never." + people[0]
    stores.presence.note(stranger, T0)
    assert stores.users.get(stranger) is None
    assert stores.presence.last_seen([stranger]) == {stranger: T0}


def test_more_are_looked_up_than_fit_one_request(stores: Stores, people: tuple[str, str]) -> None:
    users = [f"{people[0]}-{number}" for number in range(130)]
    for user in (users[0], users[-1]):
        stores.presence.note(user, T0)
    assert stores.presence.last_seen([*users, users[0]]) == {users[0]: T0, users[-1]: T0}
