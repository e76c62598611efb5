"""Finding the end of a timeline, whatever else is written at the same time."""

import pytest

from chirrup.domain.conversations import End, Head
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import Entry
from chirrup.domain.recent import Record
from chirrup.service.appending import (
    CLIMB,
    ROUNDS,
    Appended,
    append,
    head_at,
    settlement_of,
)
from tests.fakes import FakeClock, FakeTables, FakeTimeline
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, change, message, refused


class Row:
    """A timeline with some entries of bob's, and a put of alice's."""

    def __init__(self, length: int) -> None:
        self.tables = FakeTables()
        self.timeline = FakeTimeline(self.tables)
        self.clock = FakeClock()
        self.passing: list[Entry] = []
        self.tables.entries[CHAT] = {
            seq: message(seq, sender_id="bob") for seq in range(1, length + 1)
        }

    def append(self, head: Head, client_id: str = "new") -> Appended:
        def entry_after(end: End) -> Entry:
            return message(end.seq + 1, client_id=client_id, count=end.count + 1)

        return append(self.timeline, self.clock, head, entry_after, self.passing.append)


def test_at_the_end_one_put_is_enough() -> None:
    row = Row(5)
    steps: list[str] = []
    row.tables.hook = steps.append
    appended = row.append(Head(CHAT, 5, 5))
    assert (appended.entry.seq, appended.entry.count, appended.passed) == (6, 6, ())
    assert steps == ["before append", "after append"]


@pytest.mark.parametrize("behind", [1, CLIMB - 1, CLIMB, CLIMB + 1, 40])
def test_a_head_that_has_fallen_behind_is_caught_up_with(behind: int) -> None:
    row = Row(50)
    at = 50 - behind
    appended = row.append(Head(CHAT, at, at))
    assert (appended.entry.seq, appended.entry.count) == (51, 51)
    assert [entry.seq for entry in appended.passed] == list(range(at + 1, 51))
    assert row.passing == list(appended.passed)


def test_a_put_that_meets_its_own_message_has_been_there_before() -> None:
    row = Row(3)
    row.tables.entries[CHAT][4] = message(4, client_id="new")
    appended = row.append(Head(CHAT, 2, 2))
    assert (appended.entry.seq, appended.duplicate) == (4, True)
    assert [entry.seq for entry in appended.passed] == [3]
    assert len(row.tables.entries[CHAT]) == 4


def test_it_is_found_as_well_far_above_the_head() -> None:
    row = Row(30)
    row.tables.entries[CHAT][25] = message(25, client_id="new")
    appended = row.append(Head(CHAT, 2, 2))
    assert (appended.entry.seq, appended.duplicate) == (25, True)
    assert len(row.tables.entries[CHAT]) == 30


def test_changes_are_passed_but_do_not_count() -> None:
    row = Row(2)
    row.tables.entries[CHAT][3] = change(3, 1, count=2)
    appended = row.append(Head(CHAT, 1, 1))
    assert (appended.entry.seq, appended.entry.count) == (4, 3)


def test_another_users_message_with_the_same_client_id_is_another_message() -> None:
    row = Row(1)
    row.tables.entries[CHAT][2] = message(2, sender_id="bob", client_id="new")
    appended = row.append(Head(CHAT, 1, 1))
    assert (appended.entry.seq, appended.duplicate) == (3, False)


def test_where_others_are_always_faster_it_is_given_up_and_nothing_is_stored() -> None:
    row = Row(1)

    def faster(step: str) -> None:
        if step == "before append":
            entries = row.tables.entries[CHAT]
            entries[len(entries) + 1] = message(len(entries) + 1, sender_id="bob")

    row.tables.hook = faster
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1000):
        row.append(Head(CHAT, 1, 1))
    assert all(entry.sender_id == "bob" for entry in row.tables.entries[CHAT].values())
    assert len(row.clock.pauses) == ROUNDS


def test_a_settlement_says_where_the_cursor_goes_and_what_was_sent() -> None:
    entry = message(7, count=5)
    settlement = settlement_of(entry)
    assert (settlement.user_id, settlement.seq, settlement.count) == ("alice", 7, 5)
    assert settlement.record == Record.of(7, entry.sent_at, "c7")


def test_the_head_moves_to_the_message_and_knows_who_wrote_on_the_way() -> None:
    passed = (message(2, sender_id="bob"), change(3, 1, sender_id="bob"))
    head = head_at(Head(CHAT, 1, 1), Appended(message(4, count=3, alls=1), passed), NOON)
    assert (head.last_seq, head.count, head.alls) == (4, 3, 1)
    assert [head.last_of.seq(user_id) for user_id in ("alice", "bob", "carol")] == [4, 2, 0]
    assert head.preview is not None
    assert head.preview.seq == 4


def test_what_is_raised_of_a_passed_entry_comes_out_and_nothing_is_stored() -> None:
    row = Row(3)

    def passing(entry: Entry) -> None:
        if entry.seq == 3:
            raise ChirrupError(ErrorCode.NOT_MEMBER)

    with refused(ErrorCode.NOT_MEMBER):
        append(row.timeline, row.clock, Head(CHAT, 1, 1), lambda end: message(end.seq + 1), passing)
    assert len(row.tables.entries[CHAT]) == 3
