"""Relations: who is whose friend, and who blocks whom."""

import pytest

from tests.contract.conftest import DYNAMO
from tests.contract.relations import befriend, block
from tests.contract.stores import Stores
from tests.support.watching import watched


def test_a_friend_is_told_from_a_stranger_on_both_sides(
    stores: Stores, people: tuple[str, str]
) -> None:
    alice, bob = people
    befriend(stores, alice, bob)
    assert stores.relations.friends_among(alice, [bob, "stranger"]) == {bob}
    assert stores.relations.friends_among(bob, ["stranger", alice]) == {alice}
    assert stores.relations.friends_among("stranger", people) == set()


def test_a_block_counts_one_way(stores: Stores, people: tuple[str, str]) -> None:
    alice, bob = people
    block(stores, bob, alice)
    assert stores.relations.blockers_among(alice, [bob, "stranger"]) == {bob}
    assert stores.relations.blockers_among(bob, [alice]) == set()


def test_neither_is_the_other(stores: Stores, people: tuple[str, str]) -> None:
    alice, bob = people
    befriend(stores, alice, bob)
    assert stores.relations.blockers_among(alice, [bob]) == set()
    block(stores, alice, "stranger")
    assert stores.relations.friends_among(alice, ["stranger"]) == set()


def test_among_nobody_there_is_nobody(stores: Stores, people: tuple[str, str]) -> None:
    assert stores.relations.friends_among(people[0], []) == set()
    assert stores.relations.blockers_among(people[0], []) == set()


def test_more_are_looked_up_than_fit_one_request(stores: Stores, people: tuple[str, str]) -> None:
    others = [f"{people[0]}-{number}" for number in range(130)]
    for other in (others[0], others[-1]):
        befriend(stores, people[0], other)
        block(stores, other, people[0])
    assert stores.relations.friends_among(people[0], others) == {others[0], others[-1]}
    assert stores.relations.blockers_among(people[0], others) == {others[0], others[-1]}


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_hundred_cost_one_request(stores: Stores, people: tuple[str, str]) -> None:
    others = [f"{people[0]}-{number}" for number in range(100)]
    with watched(stores.dynamo) as requests:
        stores.relations.friends_among(people[0], others)
    assert requests.operations == ["BatchGetItem"]
