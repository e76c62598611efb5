"""Coming into a group and leaving it."""

import pytest

from chirrup.domain.conversations import STAYS_MAX, Member, Span
from chirrup.domain.groups import History
from chirrup.domain.membership import joined, left, merged
from chirrup.domain.rights import Role
from tests.unit.making import message

ENTRY = message(9, count=5, alls=2)


def test_a_newcomer_sees_from_the_own_entry_on_and_has_nothing_unread() -> None:
    fields = joined(Member("g_1", "bob"), ENTRY, History.JOIN)
    assert (fields["role"], fields["since"], fields["acl"]) == (Role.MEMBER, 9, 9)
    assert (fields["read_seq"], fields["read_count"], fields["read_alls"]) == (9, 5, 2)
    assert fields["stays"] == ()


def test_where_history_is_shown_a_newcomer_sees_all() -> None:
    member = Member("g_1", "bob", since=4, left_seq=6, stays=(Span(1, 2),))
    fields = joined(member, ENTRY, History.ALL)
    assert (fields["since"], fields["stays"], fields["read_seq"]) == (1, (), 9)


def test_one_who_comes_again_keeps_the_earlier_stays() -> None:
    member = Member("g_1", "bob", since=4, left_seq=6, stays=(Span(1, 2),), muted_until=99)
    fields = joined(member, ENTRY, History.JOIN)
    assert fields["stays"] == (Span(1, 2), Span(4, 6))
    assert fields["left_seq"] is fields["muted_until"] is None


def test_one_who_leaves_still_sees_that() -> None:
    fields = left(ENTRY, "Book club")
    assert (fields["role"], fields["left_seq"], fields["left_count"]) == (None, 9, 5)
    assert (fields["left_alls"], fields["acl"], fields["banned"]) == (2, 9, None)
    assert left(ENTRY, "Book club", banned=True)["banned"] is True


@pytest.mark.parametrize(
    ("spans", "whole"),
    [
        ([], ()),
        ([Span(1, 2), Span(4, 6)], (Span(1, 2), Span(4, 6))),
        ([Span(1, 3), Span(4, 6)], (Span(1, 6),)),
        ([Span(1, 2), Span(4, 6), Span(1, 9)], (Span(1, 9),)),
    ],
)
def test_spans_that_meet_are_one(spans: list[Span], whole: tuple[Span, ...]) -> None:
    assert merged(spans) == whole


def test_only_the_last_stays_are_kept() -> None:
    spans = [Span(10 * number, 10 * number + 1) for number in range(1, STAYS_MAX + 4)]
    assert merged(spans) == tuple(spans[3:])
