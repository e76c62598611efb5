"""Timelines: reading them by seq, upwards and downwards."""

import pytest

from chirrup.domain.ids import Conversation
from tests.contract.entries import fill
from tests.contract.stores import Stores

LARGE = {"data": "x" * 16_000}
"""Near the largest content: 64 of them fill the megabyte at which DynamoDB ends a page."""


def _seqs(entries: list[object]) -> list[int]:
    return [getattr(entry, "seq", 0) for entry in entries]


def test_entries_are_found_by_seq_and_missing_ones_left_out(
    stores: Stores, private: Conversation
) -> None:
    entries = fill(stores.timeline, private, 3)
    assert stores.timeline.get(private.id, [3, 1, 9]) == {1: entries[0], 3: entries[2]}
    assert stores.timeline.get(private.id, [9]) == {}
    assert stores.timeline.get(private.id, []) == {}
    assert stores.timeline.get("p_no~one", [1, 2]) == {}


def test_more_entries_than_one_request_takes_are_found(
    stores: Stores, private: Conversation
) -> None:
    entries = fill(stores.timeline, private, 120)
    found = stores.timeline.get(private.id, list(range(1, 131)))
    assert found == {entry.seq: entry for entry in entries}


@pytest.mark.parametrize(
    ("seq", "limit", "expected"),
    [
        (0, 3, [1, 2, 3]),
        (0, 100, list(range(1, 13))),
        (4, 3, [5, 6, 7]),
        (9, 3, [10, 11, 12]),
        (10, 3, [11, 12]),
        (12, 3, []),
        (99, 3, []),
        (0, 12, list(range(1, 13))),
    ],
)
def test_reading_upwards_begins_above_the_seq_and_keeps_to_the_limit(
    stores: Stores, private: Conversation, seq: int, limit: int, expected: list[int]
) -> None:
    entries = fill(stores.timeline, private, 12)
    found = stores.timeline.after(private.id, seq, limit)
    assert found == [entries[one - 1] for one in expected]


@pytest.mark.parametrize(
    ("seq", "floor", "limit", "expected"),
    [
        (None, 0, 3, [10, 11, 12]),
        (None, 0, 100, list(range(1, 13))),
        (None, 10, 5, [11, 12]),
        (None, 12, 5, []),
        (10, 0, 3, [7, 8, 9]),
        (10, 8, 3, [9]),
        (10, 9, 3, []),
        (10, 10, 3, []),
        (5, 11, 3, []),
        (2, 0, 3, [1]),
        (1, 0, 3, []),
        (99, 0, 2, [11, 12]),
    ],
)
def test_reading_downwards_takes_the_newest_below_the_seq_and_above_the_floor(
    stores: Stores,
    private: Conversation,
    seq: int | None,
    floor: int,
    limit: int,
    expected: list[int],
) -> None:
    entries = fill(stores.timeline, private, 12)
    found = stores.timeline.before(private.id, seq, floor, limit)
    assert found == [entries[one - 1] for one in expected]


def test_a_timeline_that_nobody_has_written_is_empty(stores: Stores, private: Conversation) -> None:
    assert stores.timeline.after(private.id, 0, 10) == []
    assert stores.timeline.before(private.id, None, 0, 10) == []


def test_pages_do_not_end_where_dynamodb_ends_its_own(
    stores: Stores, private: Conversation
) -> None:
    entries = fill(stores.timeline, private, 200, type="custom", content=LARGE)
    assert stores.timeline.after(private.id, 0, 200) == entries
    assert stores.timeline.after(private.id, 20, 150) == entries[20:170]
    assert stores.timeline.before(private.id, None, 0, 200) == entries
    assert stores.timeline.before(private.id, 190, 30, 120) == entries[69:189]
    assert stores.timeline.before(private.id, 190, 30, 500) == entries[30:189]
    found = stores.timeline.get(private.id, list(range(1, 201)))
    assert found == {entry.seq: entry for entry in entries}
