"""Conversations: members by name and by pages, and the messages that name them."""

from functools import partial

import pytest

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.ids import Conversation, group_id
from chirrup.domain.rights import Role
from chirrup.ports.records import MemberChange
from tests.contract.entries import T0, head_of, message
from tests.contract.notes import STATE, changed, growth
from tests.contract.stores import Stores

NAMES = ["a", "a-b", "a.b", "a@b", "ab", "b"]
"""In the order of their bytes; each begins as another does, or is cut short by a sign."""


@pytest.fixture
def group(stores: Stores, people: tuple[str, str]) -> str:
    """A group of these, with settings of two, one of whom is no member."""
    id_ = group_id(people[0], "c1")
    members = [MemberChange(id_, name, {"role": Role.MEMBER, "acl": 1}) for name in NAMES]
    stores.records.commit([growth(changed(id_, 1), Head(id_, group=STATE)), *members])
    for name in ("ab", "stranger"):
        stores.conversations.change_settings(id_, name, {"muted": True}, T0)
    return id_


def _member(group: str, name: str) -> Member:
    return Member(group, name, role=Role.MEMBER, acl=1)


def test_a_head_is_read_as_it_is_now(stores: Stores, chat: Conversation) -> None:
    assert stores.conversations.head(chat.id) == Head(chat.id)
    for seq in range(1, 4):
        moved = head_of(message(chat, seq))
        stores.conversations.advance(moved)
        assert stores.conversations.head(chat.id) == moved
    assert stores.conversations.head(f"{chat.id}0") is None


def test_members_are_found_by_name(stores: Stores, group: str) -> None:
    found = stores.conversations.members(group, ["ab", "stranger", "a", "nobody"])
    assert found == {name: _member(group, name) for name in ("a", "ab")}
    assert stores.conversations.members(group, []) == {}
    assert stores.conversations.members(group, ["b", "b"]) == {"b": _member(group, "b")}


def test_a_hundred_members_are_found_at_once(stores: Stores, group: str) -> None:
    names = [f"user{number:02}" for number in range(100)]
    stores.records.commit([MemberChange(group, name, {}) for name in names])
    assert sorted(stores.conversations.members(group, names)) == names


@pytest.mark.parametrize("limit", [1, 2, 4, len(NAMES), 100])
def test_pages_show_every_member_once_and_in_order(stores: Stores, group: str, limit: int) -> None:
    found: list[Member] = []
    after = None
    while not found or after:
        page, after = stores.conversations.member_page(group, after, limit)
        assert len(page) <= limit
        found += page
    assert found == [_member(group, name) for name in NAMES]


def test_a_page_begins_after_a_name_whether_or_not_it_is_there(stores: Stores, group: str) -> None:
    for at, name in enumerate(NAMES):
        page, _ = stores.conversations.member_page(group, name, 100)
        assert [member.user_id for member in page] == NAMES[at + 1 :]
    page, _ = stores.conversations.member_page(group, "aa", 1)
    assert [member.user_id for member in page] == ["ab"]
    assert stores.conversations.member_page(group, "z", 10) == ([], None)


def test_one_who_has_left_is_still_among_the_members(stores: Stores, group: str) -> None:
    left = {"role": None, "left_seq": 2}
    stores.records.commit([MemberChange(group, "ab", left)])
    expected = Member(group, "ab", acl=1, left_seq=2)
    assert stores.conversations.members(group, ["ab"]) == {"ab": expected}
    assert expected in stores.conversations.member_page(group, None, 100)[0]


def test_members_are_found_with_their_settings(stores: Stores, group: str) -> None:
    found = stores.conversations.mentioned(group, ["a", "ab", "stranger", "nobody"])
    assert found == {
        "a": (_member(group, "a"), Settings()),
        "ab": (_member(group, "ab"), Settings(muted=True, touched_at=T0)),
    }
    assert stores.conversations.mentioned(group, []) == {}


def test_fifty_are_found_with_their_settings_at_once(stores: Stores, group: str) -> None:
    names = [f"user{number:02}" for number in range(50)]
    stores.records.commit([MemberChange(group, name, {}) for name in names])
    for name in names[::7]:
        stores.conversations.note_mention(group, name, 9)
    found = stores.conversations.mentioned(group, names)
    assert found.keys() == set(names)
    noted = [name for name, (_, settings) in found.items() if settings.mentioned == {9}]
    assert sorted(noted) == names[::7]


def test_mentions_are_noted_once_each_and_forgotten(stores: Stores, group: str) -> None:
    note = partial(stores.conversations.note_mention, group, "a")
    for seq in (4, 7, 4, 9):
        note(seq)

    def mentioned(name: str) -> frozenset[int]:
        return stores.conversations.mentioned(group, [name])[name][1].mentioned

    assert mentioned("a") == {4, 7, 9}
    assert mentioned("ab") == set()
    stores.conversations.forget_mentions(group, "a", [4, 9, 11])
    assert mentioned("a") == {7}
    stores.conversations.forget_mentions(group, "a", [7])
    stores.conversations.forget_mentions(group, "a", [7])
    assert mentioned("a") == set()
    note(12)
    assert mentioned("a") == {12}


def test_a_mention_touches_no_setting(stores: Stores, group: str) -> None:
    """A sync that asks what was changed on other devices has nothing to tell."""
    stores.conversations.note_mention(group, "ab", 4)
    stores.conversations.forget_mentions(group, "ab", [4])
    assert stores.conversations.view(group, "ab")[2] == Settings(muted=True, touched_at=T0)


def test_mentions_that_are_noted_at_the_same_moment_are_all_noted(
    stores: Stores, group: str
) -> None:
    stores.each_at_once(partial(stores.conversations.note_mention, group, "a"), range(1, 7))
    assert stores.conversations.view(group, "a")[2].mentioned == set(range(1, 7))
