"""Tickets: good once, and not for long."""

import hashlib

import pytest

from chirrup.ports import Identity
from tests.contract.entries import T0
from tests.contract.stores import Stores

END = T0 + 60_000


@pytest.fixture
def ticket(people: tuple[str, str]) -> str:
    """The hash of a ticket that no other test knows."""
    return hashlib.sha256(people[0].encode()).hexdigest()


@pytest.fixture
def identity(people: tuple[str, str]) -> Identity:
    """Whose ticket it is."""
    return Identity(people[0], T0 + 3_600_000)


@pytest.mark.parametrize(
    "claims", [{}, {"name": "Al"}, {"name": "Al", "picture": "https://example.com/a.png"}]
)
def test_a_ticket_gives_its_identity_once(
    stores: Stores, ticket: str, identity: Identity, claims: dict[str, str]
) -> None:
    whole = Identity(identity.user_id, identity.expires_at, **claims)
    stores.tickets.issue(ticket, whole, END)
    assert stores.tickets.redeem(ticket, T0) == whole
    assert stores.tickets.redeem(ticket, T0) is None


def test_an_unknown_ticket_gives_nothing(stores: Stores, ticket: str, identity: Identity) -> None:
    stores.tickets.issue(ticket, identity, END)
    assert stores.tickets.redeem("0" * 64, T0) is None
    assert stores.tickets.redeem(ticket, T0) == identity


@pytest.mark.parametrize(("late", "good"), [(-1, True), (0, False), (1, False)])
def test_a_ticket_is_good_until_its_end(
    stores: Stores, ticket: str, identity: Identity, late: int, good: bool
) -> None:
    stores.tickets.issue(ticket, identity, END)
    assert stores.tickets.redeem(ticket, END + late) == (identity if good else None)


def test_a_ticket_that_came_too_late_is_used_up(
    stores: Stores, ticket: str, identity: Identity
) -> None:
    stores.tickets.issue(ticket, identity, END)
    assert stores.tickets.redeem(ticket, END) is None
    assert stores.tickets.redeem(ticket, T0) is None


def test_of_those_who_redeem_at_the_same_moment_one_gets_in(
    stores: Stores, ticket: str, identity: Identity
) -> None:
    stores.tickets.issue(ticket, identity, END)
    found = stores.each_at_once(lambda now: stores.tickets.redeem(ticket, now), [T0] * 6)
    assert [one for one in found if one] == [identity]
