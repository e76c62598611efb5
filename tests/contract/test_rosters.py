"""Rosters: all members of a group, never older than the version asked for."""

from collections.abc import Sequence

import pytest

from chirrup.domain.audiences import WHOLE
from chirrup.domain.conversations import Head
from chirrup.domain.ids import group_id
from chirrup.domain.rosters import Roster, RosterChunk, chunk_of
from chirrup.ports.records import Put, RosterTouched
from tests.contract.conftest import DYNAMO
from tests.contract.notes import STATE, changed, growth
from tests.contract.stores import Stores
from tests.support.watching import watched


@pytest.fixture
def group(stores: Stores, people: tuple[str, str]) -> str:
    """A group without members."""
    id_ = group_id(people[0], "c1")
    stores.records.commit([growth(changed(id_, 1), Head(id_, group=STATE))])
    return id_


def _join(stores: Stores, group: str, users: Sequence[str], seq: int) -> int:
    """Add these users; the version of the roster then."""
    chunks: dict[str, dict[str, int]] = {}
    for user in users:
        chunks.setdefault(chunk_of(user), {})[user] = seq
    for name, since in chunks.items():
        known = stores.records.get(RosterChunk, group, name)
        version = known.version if known else 0
        joined = {**(known.since if known else {}), **since}
        chunk = RosterChunk(owner=group, name=name, since=joined, version=version)
        stores.records.commit([Put(chunk), RosterTouched(group)])
    head = stores.conversations.head(group)
    assert head is not None
    return head.roster


def test_a_group_without_chunks_has_no_members(stores: Stores, group: str) -> None:
    assert stores.rosters.roster(group, 0, WHOLE) == Roster({}, frozenset())


def test_a_roster_is_put_together_from_all_chunks(stores: Stores, group: str) -> None:
    users = [f"user{number}" for number in range(300)]
    version = _join(stores, group, users[:200], 1)
    version = _join(stores, group, users[200:], 7)
    roster = stores.rosters.roster(group, version, WHOLE)
    assert roster.since == {user: 1 if at < 200 else 7 for at, user in enumerate(users)}
    assert roster.muted == frozenset()


def test_who_has_muted_the_group_is_in_it(stores: Stores, group: str) -> None:
    for user in ("alice", "bob"):
        chunk = RosterChunk(owner=group, name=chunk_of(user), since={user: 1}, muted=(user,))
        stores.records.commit([Put(chunk), RosterTouched(group)])
    assert stores.rosters.roster(group, 2, WHOLE) == Roster(
        {"alice": 1, "bob": 1}, frozenset({"alice", "bob"})
    )


def test_a_roster_is_not_older_than_was_asked_for(stores: Stores, group: str) -> None:
    version = _join(stores, group, ["alice"], 1)
    assert stores.rosters.roster(group, version, WHOLE).since == {"alice": 1}
    later = _join(stores, group, ["bob"], 2)
    assert stores.rosters.roster(group, later, WHOLE).since == {"alice": 1, "bob": 2}
    # Who asks for an older one may get the newer one.
    assert stores.rosters.roster(group, version, WHOLE).since == {"alice": 1, "bob": 2}


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_one_that_is_new_enough_is_read_once(stores: Stores, group: str) -> None:
    version = _join(stores, group, ["alice", "bob", "carol"], 1)
    with watched(stores.dynamo) as requests:
        first = stores.rosters.roster(group, version, WHOLE)
        assert stores.rosters.roster(group, version, WHOLE) == first
        assert stores.rosters.roster(group, version - 1, WHOLE) == first
    assert requests.operations == ["Query"]
    with watched(stores.dynamo) as requests:
        stores.rosters.roster(group, version + 1, WHOLE)
    assert requests.operations == ["Query"]


def test_each_group_has_its_own(stores: Stores, group: str, people: tuple[str, str]) -> None:
    other = group_id(people[1], "c2")
    stores.records.commit([growth(changed(other, 1), Head(other, group=STATE))])
    _join(stores, group, ["alice"], 1)
    _join(stores, other, ["bob"], 1)
    assert stores.rosters.roster(group, 1, WHOLE).since == {"alice": 1}
    assert stores.rosters.roster(other, 1, WHOLE).since == {"bob": 1}
