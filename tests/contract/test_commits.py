"""Commits: each kind of write, all of them together, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from chirrup.domain.conversations import Head, Member, Settings, Span, preview_of
from chirrup.domain.ids import Conversation, Kind, group_id
from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import Entry
from chirrup.domain.rights import FOREVER, Role
from chirrup.ports import (
    Commit,
    CommitConflict,
    Delete,
    MemberChange,
    MentionNoted,
    Put,
    RosterTouched,
)
from chirrup.ports.records import Write
from tests.contract.entries import head_of, message
from tests.contract.notes import STATE, Note, changed, growth
from tests.contract.settlements import member_of, settlement
from tests.contract.stores import Stores
from tests.fakes.clock import NOON

State = tuple[object, ...]
BuildWrite = Callable[[str, str], Write]


@pytest.fixture
def group(people: tuple[str, str]) -> str:
    """The id of a group that does not exist yet."""
    return group_id(people[0], "c1")


@pytest.fixture
def begun(stores: Stores, group: str, people: tuple[str, str]) -> str:
    """A group with one entry, the first user as its owner, a note of theirs and a mention."""
    user = people[0]
    first = growth(changed(group, 1, user), Head(group, group=STATE), new_roster=True)
    stores.records.commit(
        [
            first,
            MemberChange(group, user, {"role": Role.OWNER, "acl": 1}, expected={"acl": 0}),
            Put(Note(owner=user, name="there")),
            MentionNoted(group, user, 1),
        ]
    )
    return group


def _head(stores: Stores, conversation_id: str) -> Head:
    head = stores.conversations.head(conversation_id)
    assert head is not None
    return head


def _state(stores: Stores, conversation_id: str, user: str) -> State:
    """All that a commit of these tests could touch."""
    return (
        stores.conversations.view(conversation_id, user),
        stores.timeline.after(conversation_id, 0, 100),
        stores.records.page(Note, user, None, 100),
        stores.records.page(Note, conversation_id, None, 100),
    )


def _won(stores: Stores, commit: Commit) -> bool:
    try:
        stores.records.commit(commit)
    except CommitConflict:
        return False
    return True


def test_a_growth_makes_a_head_that_does_not_exist(stores: Stores, group: str) -> None:
    entry = changed(group, 1, "alice", "bob")
    stores.records.commit([growth(entry, Head(group, group=STATE), new_roster=True)])
    head = Head(group, 1, 0, LastOf().after([entry], NOON), group=STATE, roster=1)
    assert stores.conversations.head(group) == head
    assert stores.timeline.after(group, 0, 10) == [entry]


def test_a_growth_moves_a_head_on_and_keeps_what_it_does_not_give(
    stores: Stores, begun: str, people: tuple[str, str]
) -> None:
    said = message(Conversation(begun, Kind.GROUP, people), 2, count=1, alls=1)
    assert stores.timeline.append(said) is None
    read = _head(stores, begun)
    moved = replace(head_of(said), alls=1, group=None)
    stores.conversations.advance(moved)
    assert _head(stores, begun) == replace(moved, group=STATE, roster=read.roster)
    entry = changed(begun, 3, count=1, alls=1)
    stores.records.commit([growth(entry, replace(_head(stores, begun), group=None))])
    head = _head(stores, begun)
    assert (head.last_seq, head.count, head.alls, head.roster) == (3, 1, 1, 1)
    assert (head.group, head.preview) == (STATE, preview_of(said))
    state = replace(STATE, size=9, muted_all=True, dissolved=True, banned=True)
    entry = changed(begun, 4, count=1, alls=1)
    stores.records.commit([growth(entry, replace(head, group=state), new_roster=True)])
    assert _head(stores, begun).group == state
    assert _head(stores, begun).roster == 2


def test_a_growth_may_show_itself_in_the_list(stores: Stores, people: tuple[str, str]) -> None:
    id_ = f"u_{people[0]}"
    notice = changed(id_, 1, type="notice.mentioned", content={"seq": 4}, count=1)
    grown = growth(notice)
    shown = replace(grown.head, preview=preview_of(notice))
    stores.records.commit([replace(grown, head=shown), MemberChange(id_, people[0], {})])
    [(head, member, settings)], _ = stores.conversations.views(people[0], None, 10)
    assert (head, member, settings) == (shown, Member(id_, people[0]), Settings())


def test_a_growth_at_a_taken_seq_is_refused(stores: Stores, begun: str) -> None:
    taken = changed(begun, 2)
    stores.timeline.append(taken)
    assert not _won(stores, [growth(changed(begun, 2, "bob"))])
    assert stores.timeline.after(begun, 1, 10) == [taken]
    assert _head(stores, begun).last_seq == 1


def test_a_growth_below_the_head_is_refused(stores: Stores, begun: str) -> None:
    stores.conversations.advance(replace(_head(stores, begun), last_seq=5))
    for seq in (4, 5):
        assert not _won(stores, [growth(changed(begun, seq))])
    assert _won(stores, [growth(changed(begun, 6))])


def test_a_member_is_made_where_there_is_none(
    stores: Stores, group: str, people: tuple[str, str]
) -> None:
    stores.records.commit([MemberChange(group, people[0], {"role": Role.MEMBER, "acl": 4})])
    expected = Member(group, people[0], role=Role.MEMBER, acl=4)
    assert stores.conversations.member(group, people[0]) == expected


def test_every_field_of_a_member_can_be_changed_and_taken_away(
    stores: Stores, chat: Conversation
) -> None:
    stores.conversations.settle(settlement(message(chat, 1)))
    before = member_of(stores, chat)
    given: dict[str, Any] = {
        "role": Role.ADMIN,
        "since": 3,
        "left_seq": 5,
        "left_count": 4,
        "left_alls": 1,
        "stays": (Span(1, 2), Span(4, 9)),
        "muted_until": FOREVER,
        "banned": True,
        "nickname": "Al",
        "acl": 7,
        "pair": 2,
        "friends": True,
        "blocked_by_peer": True,
        "blocking_peer": True,
        "read_seq": 8,
        "read_count": 6,
        "read_alls": 2,
    }
    stores.records.commit([MemberChange(chat.id, chat.users[0], given)])
    assert member_of(stores, chat) == replace(before, **given)
    assert member_of(stores, chat, 1) == Member(chat.id, chat.users[1])
    kept = {"read_seq", "read_count"}
    gone = dict.fromkeys(given.keys() - kept)
    stores.records.commit([MemberChange(chat.id, chat.users[0], gone)])
    assert member_of(stores, chat) == replace(before, read_seq=8, read_count=6)


def test_no_stays_are_no_stays(stores: Stores, chat: Conversation) -> None:
    stores.records.commit([MemberChange(chat.id, chat.users[0], {"stays": ()})])
    assert member_of(stores, chat).stays == ()


@pytest.mark.parametrize("name", ["acl", "pair"])
def test_a_member_is_changed_only_as_it_was_read(
    stores: Stores, chat: Conversation, name: str
) -> None:
    def change(read: int, now: int) -> bool:
        changes = {name: now, "nickname": f"{now}"}
        return _won(stores, [MemberChange(chat.id, chat.users[0], changes, {name: read})])

    assert not change(1, 2)
    assert change(0, 1)
    assert not change(0, 1)
    assert change(1, 5)
    assert not change(1, 2)
    assert member_of(stores, chat).nickname == "5"


def test_a_member_that_does_not_exist_is_expected_as_zero(
    stores: Stores, group: str, people: tuple[str, str]
) -> None:
    user = people[0]
    assert not _won(stores, [MemberChange(group, user, {"acl": 2}, {"acl": 1})])
    assert stores.conversations.member(group, user) is None
    assert _won(stores, [MemberChange(group, user, {"acl": 2, "pair": 1}, {"acl": 0, "pair": 0})])
    assert not _won(stores, [MemberChange(group, user, {"acl": 3}, {"acl": 2, "pair": 0})])


def test_a_mention_is_noted_once(stores: Stores, begun: str, people: tuple[str, str]) -> None:
    assert _won(stores, [MentionNoted(begun, people[1], 4)])
    assert _won(stores, [MentionNoted(begun, people[1], 5)])
    assert not _won(stores, [MentionNoted(begun, people[1], 4)])
    _, _, settings = stores.conversations.view(begun, people[1])
    assert settings == Settings(mentioned=frozenset({4, 5}))


def test_a_roster_is_touched_only_where_there_is_a_head(
    stores: Stores, begun: str, people: tuple[str, str]
) -> None:
    before = _head(stores, begun)
    for times in (1, 2):
        assert _won(stores, [RosterTouched(begun)])
        assert _head(stores, begun) == replace(before, roster=before.roster + times)
    nowhere = group_id(people[0], "none")
    assert not _won(stores, [RosterTouched(nowhere)])
    assert stores.conversations.head(nowhere) is None


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
    assert not _won(stores, [*failing, *fitting] if first else [*fitting, *failing])
    assert _state(stores, begun, user) == before
    assert stores.conversations.head(notices) is None
    assert _won(stores, fitting)


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
    won = stores.each_at_once(partial(_won, stores), map(commit, names))
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

    won, taken = stores.at_once(lambda: _won(stores, [growth(entry)]), send)
    assert won == (taken is not None)
    assert stores.timeline.after(begun, 1, 10) == [entry if won else said]
    assert _head(stores, begun).last_seq == (2 if won else 1)
