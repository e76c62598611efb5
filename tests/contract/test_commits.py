"""Commits: each kind of write."""

from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.conversations import Head, Member, Settings, Span, preview_of
from chirrup.domain.ids import Conversation, Kind, group_id
from chirrup.domain.last_of import LastOf
from chirrup.domain.rights import FOREVER, Role
from chirrup.ports.records import MemberChange, MentionNoted, RosterTouched
from tests.contract.entries import head_of, message
from tests.contract.notes import STATE, changed, growth, stored
from tests.contract.settlements import member_of, settlement
from tests.contract.stores import Stores
from tests.fakes.clock import NOON


def _head(stores: Stores, conversation_id: str) -> Head:
    head = stores.conversations.head(conversation_id)
    assert head is not None
    return head


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
    assert not stored(stores, [growth(changed(begun, 2, "bob"))])
    assert stores.timeline.after(begun, 1, 10) == [taken]
    assert _head(stores, begun).last_seq == 1


def test_a_growth_below_the_head_is_refused(stores: Stores, begun: str) -> None:
    stores.conversations.advance(replace(_head(stores, begun), last_seq=5))
    for seq in (4, 5):
        assert not stored(stores, [growth(changed(begun, seq))])
    assert stored(stores, [growth(changed(begun, 6))])


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
        return stored(stores, [MemberChange(chat.id, chat.users[0], changes, {name: read})])

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
    assert not stored(stores, [MemberChange(group, user, {"acl": 2}, {"acl": 1})])
    assert stores.conversations.member(group, user) is None
    assert stored(stores, [MemberChange(group, user, {"acl": 2, "pair": 1}, {"acl": 0, "pair": 0})])
    assert not stored(stores, [MemberChange(group, user, {"acl": 3}, {"acl": 2, "pair": 0})])


def test_a_mention_is_noted_once(stores: Stores, begun: str, people: tuple[str, str]) -> None:
    assert stored(stores, [MentionNoted(begun, people[1], 4)])
    assert stored(stores, [MentionNoted(begun, people[1], 5)])
    assert not stored(stores, [MentionNoted(begun, people[1], 4)])
    _, _, settings = stores.conversations.view(begun, people[1])
    assert settings == Settings(mentioned=frozenset({4, 5}))


def test_a_roster_is_touched_only_where_there_is_a_head(
    stores: Stores, begun: str, people: tuple[str, str]
) -> None:
    before = _head(stores, begun)
    for times in (1, 2):
        assert stored(stores, [RosterTouched(begun)])
        assert _head(stores, begun) == replace(before, roster=before.roster + times)
    nowhere = group_id(people[0], "none")
    assert not stored(stores, [RosterTouched(nowhere)])
    assert stores.conversations.head(nowhere) is None
