"""Receipts: counting who has read a message, among any number of members."""

from collections.abc import Mapping
from itertools import count

import pytest

from chirrup.domain.ids import group_id
from chirrup.domain.rights import Role
from chirrup.ports.records import MemberChange
from tests.contract.conftest import SERVERS
from tests.contract.stores import Stores
from tests.support.watching import watched

LOCAL = [parameter for parameter in SERVERS if "dynamodb_local" in parameter.values]

_numbers = count(1)


@pytest.fixture
def group() -> str:
    """A group that no other test knows."""
    return group_id("alice", f"receipts-{next(_numbers)}")


def _enter(stores: Stores, group: str, **cursors: int) -> None:
    """Members who have read so far, all there from seq 3 on."""
    _change(
        stores,
        group,
        {user: {"role": Role.MEMBER, "since": 3, "read_seq": seq} for user, seq in cursors.items()},
    )


def _change(stores: Stores, group: str, changes: Mapping[str, Mapping[str, object]]) -> None:
    writes = [MemberChange(group, user, fields) for user, fields in changes.items()]
    for at in range(0, len(writes), 100):
        stores.records.commit(writes[at : at + 100])


def test_counted_are_those_whose_cursor_is_at_or_past_the_message(
    stores: Stores, group: str
) -> None:
    _enter(stores, group, alice=9, bob=4, carol=5, dora=6, eve=0)
    assert stores.conversations.count_read(group, 5, "alice") == (2, 4)
    assert stores.conversations.count_read(group, 5, "carol") == (2, 4)
    assert stores.conversations.count_read(group, 5, "nobody") == (3, 5)
    assert stores.conversations.count_read(group, 7, "alice") == (0, 4)


def test_not_counted_are_those_who_have_left_or_came_later(stores: Stores, group: str) -> None:
    _enter(stores, group, alice=9, bob=9, carol=0, dora=9)
    _change(stores, group, {"bob": {"role": None, "left_seq": 9}, "dora": {"since": 6}})
    assert stores.conversations.count_read(group, 5, "alice") == (0, 1)
    assert stores.conversations.count_read(group, 6, "alice") == (1, 2)
    assert stores.conversations.count_read(group, 2, "alice") == (0, 0)


def test_who_came_later_and_sees_it_all_is_not_counted_either(stores: Stores, group: str) -> None:
    _enter(stores, group, alice=9, bob=9)
    everything = {"role": Role.MEMBER, "since": 1, "joined_seq": 6, "read_seq": 9}
    _change(stores, group, {"carol": everything})
    assert stores.conversations.count_read(group, 5, "alice") == (1, 1)
    assert stores.conversations.count_read(group, 6, "alice") == (2, 2)


def test_a_group_in_which_nobody_is_has_no_readers(stores: Stores, group: str) -> None:
    assert stores.conversations.count_read(group, 1, "alice") == (0, 0)


def test_members_are_counted_beyond_one_page_of_the_database(stores: Stores, group: str) -> None:
    """1 MB is a page; a nickname of 20,000 characters makes 60 members more than that."""
    heavy = {
        f"u{number:03}": {
            "role": Role.MEMBER,
            "since": 1,
            "read_seq": number,
            "nickname": "x" * 20_000,
        }
        for number in range(60)
    }
    _change(stores, group, heavy)
    assert stores.conversations.count_read(group, 40, "u059") == (19, 59)


@pytest.mark.parametrize("stores", SERVERS, indirect=True)
def test_what_is_counted_comes_in_two_requests_and_no_item_with_it(
    stores: Stores, group: str
) -> None:
    _enter(stores, group, **{f"u{number:03}": number for number in range(150)})
    with watched(stores.dynamo) as requests:
        assert stores.conversations.count_read(group, 100, "u000") == (50, 149)
    assert requests.operations == ["Query", "Query"]


@pytest.mark.parametrize("stores", LOCAL, indirect=True)
def test_counting_costs_an_eighth_of_a_unit_for_each_member_of_1_kb_and_query(
    stores: Stores, group: str
) -> None:
    _enter(stores, group, **{f"u{number:03}": number for number in range(100)})
    rest = {"nickname": "x" * 930}
    _change(stores, group, {f"u{number:03}": rest for number in range(100)})
    with watched(stores.dynamo) as requests:
        stores.conversations.count_read(group, 50, "u000")
    assert [round(one.units) for one in requests] == [13, 13]


def test_profiles_are_read_together(stores: Stores, people: tuple[str, str]) -> None:
    alice, bob = people
    assert stores.users.profiles([]) == {}
    found = stores.users.profiles([bob, alice, bob, f"nobody.{alice}"])
    assert found == {user: stores.users.get(user) for user in people}
