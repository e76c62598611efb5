"""Commits: all of their writes are stored together, or none, whoever else writes."""

from collections.abc import Callable
from functools import partial

import pytest

from chirrup.domain.ids import Conversation, Kind
from chirrup.domain.messages import Entry
from chirrup.ports.records import (
    Commit,
    Delete,
    MemberChange,
    MentionNoted,
    Put,
    RosterTouched,
    Write,
)
from tests.contract.entries import message
from tests.contract.notes import Note, changed, growth, stored
from tests.contract.stores import Stores

State = tuple[object, ...]
BuildWrite = Callable[[str, str], Write]


def _state(stores: Stores, conversation_id: str, user: str) -> State:
    """All that a commit of these tests could touch."""
    return (
        stores.conversations.view(conversation_id, user),
        stores.timeline.after(conversation_id, 0, 100),
        stores.records.page(Note, user, None, 100),
        stores.records.page(Note, conversation_id, None, 100),
    )


FAILING: dict[str, BuildWrite] = {
    "a taken seq": lambda group, _: growth(changed(group, 1)),
    "a version moved on": lambda _, user: Put(Note(owner=user, name="there")),
    "a record that is gone": lambda _, user: Delete(Note(owner=user, name="other", version=1)),
    "another acl": lambda group, _: MemberChange(group, "x", {"acl": 9}, {"acl": 3}),
    "a mention noted before": lambda group, user: MentionNoted(group, user, 1),
    "no head": lambda group, _: RosterTouched(f"{group}0"),
}


@pytest.mark.parametrize("fails", FAILING.values(), ids=FAILING)
@pytest.mark.parametrize("first", [True, False])
def test_nothing_is_stored_when_one_write_does_not_fit(
    stores: Stores, begun: str, people: tuple[str, str], fails: BuildWrite, *, first: bool
) -> None:
    user = people[0]
    before = _state(stores, begun, user)
    notices = f"u_{user}"
    fitting: list[Write] = [
        growth(changed(notices, 1)),
        MemberChange(begun, user, {"acl": 2}, {"acl": 1}),
        Put(Note(owner=user, name="new")),
        Delete(Note(owner=user, name="there", version=1)),
    ]
    if "there" in repr(fails(begun, user)):
        fitting.pop()
    failing = [fails(begun, user)]
    assert not stored(stores, [*failing, *fitting] if first else [*fitting, *failing])
    assert _state(stores, begun, user) == before
    assert stores.conversations.head(notices) is None
    assert stored(stores, fitting)


def test_a_hundred_items_are_stored_together(stores: Stores, begun: str) -> None:
    entry = changed(begun, 2, *(f"user{n}" for n in range(50)))
    members = [MemberChange(begun, f"user{n}", {"acl": 2}, {"acl": 0}) for n in range(98)]
    stores.records.commit([growth(entry), *members])
    found = stores.conversations.members(begun, [f"user{n}" for n in range(98)])
    assert {member.acl for member in found.values()} == {2}
    assert len(found) == 98


def test_of_commits_at_the_same_moment_exactly_one_wins(
    stores: Stores, begun: str, people: tuple[str, str]
) -> None:
    def commit(name: str) -> Commit:
        member = MemberChange(begun, people[0], {"acl": 2, "nickname": name}, {"acl": 1})
        return [growth(changed(begun, 2, name)), member, Put(Note(owner=begun, name=name))]

    names = ["one", "two", "three"]
    won = stores.each_at_once(partial(stored, stores), map(commit, names))
    assert sorted(won) == [False, False, True]
    name = names[won.index(True)]
    [_, entry] = stores.timeline.after(begun, 0, 10)
    assert entry.content == {"user_ids": [name]}
    member = stores.conversations.member(begun, people[0])
    assert member is not None
    assert member.nickname == name
    notes, _ = stores.records.page(Note, begun, None, 10)
    assert [note.name for note in notes] == [name]


def test_of_a_commit_and_a_message_at_one_seq_one_is_stored(
    stores: Stores, begun: str, people: tuple[str, str]
) -> None:
    said = message(Conversation(begun, Kind.GROUP, people), 2)
    entry = changed(begun, 2, people[0])

    def send() -> Entry | None:
        return stores.timeline.append(said)

    won, taken = stores.at_once(lambda: stored(stores, [growth(entry)]), send)
    assert won == (taken is not None)
    assert stores.timeline.after(begun, 1, 10) == [entry if won else said]
    head = stores.conversations.head(begun)
    assert head is not None
    assert head.last_seq == (2 if won else 1)
