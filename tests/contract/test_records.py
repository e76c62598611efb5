"""Records: kept by owner and name, changed only as they were read, listed by name."""

from dataclasses import replace

import pytest

from chirrup.domain.groups import GroupProfile, History, JoinMode
from chirrup.domain.pins import Pins
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name, Record
from chirrup.domain.rosters import RosterChunk
from chirrup.ports.records import CommitConflict, Delete, Put
from chirrup.storage.models import UserRecordItem
from tests.contract.conftest import DYNAMO
from tests.contract.entries import T0
from tests.contract.notes import Note, Noted, Shelved
from tests.contract.stores import Stores

NAMES = ["a", "a-b", "a.b", "a@b", "a_b", "ab", "b"]
"""In the order of their bytes; each begins as another does, or is cut short by a sign."""


def _put(stores: Stores, record: Record) -> None:
    stores.records.commit([Put(record)])


def _conflict(stores: Stores, *writes: Put | Delete) -> None:
    with pytest.raises(CommitConflict):
        stores.records.commit(writes)


def _names(stores: Stores, owner: str, limit: int, after: str | None = None) -> list[str]:
    """All names of an owner's notes from there on, read by pages."""
    names: list[str] = []
    for _ in range(20):
        page, after = stores.records.page(Note, owner, after, limit)
        assert len(page) <= limit
        names += [note.name for note in page]
        if after is None:
            return names
    raise AssertionError("the pages do not end")


def test_what_was_never_put_is_not_there(stores: Stores, people: tuple[str, str]) -> None:
    user = people[0]
    assert stores.records.get(Quota, user) is None
    assert stores.records.get(Note, user, "a") is None
    assert stores.records.several(Note, [Name(user, "a")]) == {}
    assert stores.records.several(Note, []) == {}
    assert stores.records.page(Note, user, None, 10) == ([], None)


@pytest.mark.parametrize(
    "record",
    [
        GroupProfile(owner="g_1", creator_id="a", digest="d", leader_id="b", created_at=T0),
        GroupProfile(
            owner="g_1",
            creator_id="a",
            digest="d",
            leader_id="a",
            created_at=T0,
            admin_ids=("b", "c"),
            avatar="https://example.com/x.png",
            description='"]😀\n',
            join_mode=JoinMode.FREE,
            history=History.ALL,
            member_invite=False,
        ),
        RosterChunk(owner="g_1", name="07", since={"a": 1, "b@example.com": 9}, muted=("a",)),
        Pins(owner="p_a~b", pins=((4, "a", T0), (2, "b", T0 + 1))),
        Quota(owner="a", friends=3, day=20_000, made=2),
        Note(owner="a", name="n"),
    ],
    ids=lambda record: type(record).__name__,
)
def test_a_record_comes_back_as_it_was_put(
    stores: Stores, people: tuple[str, str], record: Record
) -> None:
    new = replace(record, owner=f"{record.owner}.{people[0]}")
    _put(stores, new)
    assert stores.records.get(type(new), new.owner, new.name) == replace(new, version=1)


def test_each_change_raises_the_version_by_one(stores: Stores, people: tuple[str, str]) -> None:
    note = Note(owner=people[0], name="n", text="first")
    for version in range(1, 4):
        _put(stores, note)
        found = stores.records.get(Note, people[0], "n")
        assert found is not None
        assert found == replace(note, version=version)
        note = replace(found, text=f"after {version}")


def test_what_has_moved_on_is_not_overwritten(stores: Stores, people: tuple[str, str]) -> None:
    note = Note(owner=people[0], name="n", text="first")
    _put(stores, note)
    _conflict(stores, Put(replace(note, text="another new one")))
    read = replace(note, version=1)
    _put(stores, replace(read, text="second"))
    _conflict(stores, Put(replace(read, text="late")))
    _conflict(stores, Delete(read))
    assert stores.records.get(Note, people[0], "n") == replace(note, text="second", version=2)


def test_a_deleted_record_is_gone_and_may_be_made_anew(
    stores: Stores, people: tuple[str, str]
) -> None:
    note = Note(owner=people[0], name="n")
    _put(stores, note)
    stores.records.commit([Delete(replace(note, version=1))])
    assert stores.records.get(Note, people[0], "n") is None
    _conflict(stores, Put(replace(note, version=1)))
    _conflict(stores, Delete(replace(note, version=1)))
    _conflict(stores, Delete(note))
    _put(stores, note)
    assert stores.records.get(Note, people[0], "n") == replace(note, version=1)


def test_of_two_changes_at_once_exactly_one_wins(stores: Stores, people: tuple[str, str]) -> None:
    note = Note(owner=people[0], name="n")
    for version in (0, 1):

        def attempt(text: str, version: int = version) -> bool:
            try:
                _put(stores, replace(note, text=text, version=version))
            except CommitConflict:
                return False
            return True

        won = stores.each_at_once(attempt, ["one", "other"])
        assert sorted(won) == [False, True]
        found = stores.records.get(Note, people[0], "n")
        text = ("one", "other")[won.index(True)]
        assert found == replace(note, text=text, version=version + 1)


def test_several_are_read_at_once_wherever_they_are(
    stores: Stores, people: tuple[str, str]
) -> None:
    wanted = [Name(user, f"n{number:03}") for user in people for number in range(60)]
    for at in range(0, len(wanted), 100):
        stores.records.commit([Put(Note(owner=o, name=n)) for o, n in wanted[at : at + 100]])
    missing = [Name(people[0], "other"), Name("nobody", "n001")]
    found = stores.records.several(Note, [*missing, *wanted])
    assert found == {name: Note(owner=name.owner, name=name.name, version=1) for name in wanted}


def test_a_name_may_be_asked_for_twice(stores: Stores, people: tuple[str, str]) -> None:
    name = Name(people[0], "n")
    _put(stores, Note(owner=name.owner, name=name.name))
    assert stores.records.several(Note, [name, name]).keys() == {name}


@pytest.mark.parametrize("limit", [1, 2, 3, len(NAMES), 100])
def test_pages_show_every_record_once_and_in_order(
    stores: Stores, people: tuple[str, str], limit: int
) -> None:
    owner = people[0]
    stores.records.commit([Put(Note(owner=owner, name=name)) for name in reversed(NAMES)])
    stores.records.commit([Put(Note(owner=people[1], name="of another"))])
    stores.records.commit([Put(Noted(owner=owner, name="a")), Put(Quota(owner=owner))])
    assert _names(stores, owner, limit) == NAMES
    page, _ = stores.records.page(Note, owner, None, limit)
    assert len(page) == min(limit, len(NAMES))
    assert page[0] == Note(owner=owner, name="a", version=1)


def test_a_page_begins_after_a_name_whether_or_not_it_is_there(
    stores: Stores, people: tuple[str, str]
) -> None:
    owner = people[0]
    stores.records.commit([Put(Note(owner=owner, name=name)) for name in NAMES])
    for at, name in enumerate(NAMES):
        assert _names(stores, owner, 2, name) == NAMES[at + 1 :]
    assert _names(stores, owner, 2, "aa") == NAMES[5:]
    assert _names(stores, owner, 2, "0") == NAMES
    assert _names(stores, owner, 2, "z") == []


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_what_ends_is_stored_with_its_end_in_whole_seconds(
    stores: Stores, people: tuple[str, str]
) -> None:
    """DynamoDB deletes it after that; not before, hence rounded up."""
    assert stores.dynamo is not None
    for name, end, stored in (("n", T0 + 1, T0 // 1000 + 1), ("for ever", None, None)):
        _put(stores, Note(owner=people[0], name=name, ends=end))
        item = stores.dynamo.get(UserRecordItem, people[0], f"NOTE#{name}", consistent=True)
        assert item is not None
        assert item.expires_at == stored


def test_the_catalog_keeps_records_as_the_other_tables_do(
    stores: Stores, people: tuple[str, str]
) -> None:
    owner = f"shelf:{people[0]}"
    _put(stores, Shelved(owner=owner, name="b", text="two"))
    _put(stores, Shelved(owner=owner, name="a"))
    first, second = (
        Shelved(owner=owner, name="a", version=1),
        Shelved(owner=owner, name="b", version=1, text="two"),
    )
    assert stores.records.get(Shelved, owner, "b") == second
    assert stores.records.page(Shelved, owner, None, 10) == ([first, second], None)
    stores.records.commit([Put(replace(second, text="three")), Delete(first)])
    _conflict(stores, Put(second))
    found = stores.records.several(Shelved, [Name(owner, "a"), Name(owner, "b")])
    assert found == {Name(owner, "b"): replace(second, text="three", version=2)}
