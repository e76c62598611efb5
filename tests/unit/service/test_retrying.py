"""Retries: the first attempt's message, wherever it stands, and no search without need."""

import pytest

from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ErrorCode
from chirrup.domain.recent import Recent, Record
from chirrup.service import retrying
from chirrup.service.retrying import find_earlier, found_again, stored_above
from tests.fakes import FakeTables, FakeTimeline
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, change, message, refused

ULID = "01AN4Z07BY79KA1307SR9X4MV3"
"""Made at 1465824320894 ms since the epoch."""
MADE_AT = 1_465_824_320_894
HEAD = Head(CHAT, 6, 6)


class Row:
    """A timeline of alice's messages, every fourth of bob's; she remembers the last ones."""

    def __init__(self, length: int = 8, complete_since: int = NOON) -> None:
        self.tables = FakeTables()
        self.timeline = FakeTimeline(self.tables)
        self.tables.entries[CHAT] = {
            seq: message(seq, sender_id="bob" if seq % 4 == 0 else "alice", sent_at=MADE_AT + seq)
            for seq in range(1, length + 1)
        }
        records = {Record.of(5, MADE_AT, "c5").encode(), Record.of(6, MADE_AT, "c6").encode()}
        self.member = Member(CHAT, "alice", recent=Recent(frozenset(records), complete_since))
        self.steps: list[str] = []
        self.tables.hook = self.steps.append

    def find(self, client_id: str, attempt: int = 1) -> int | None:
        """The seq that is found."""
        found = find_earlier(self.timeline, HEAD, self.member, client_id, attempt)
        return found.seq if found else None

    @property
    def searched(self) -> bool:
        """Whether the timeline was searched."""
        return "after find sent" in self.steps


def test_the_last_messages_stand_on_the_member() -> None:
    row = Row()
    assert row.find("c5") == 5
    assert not row.searched


def test_a_record_that_is_of_another_message_is_not_trusted() -> None:
    row = Row(complete_since=0)
    row.tables.entries[CHAT][5] = message(5, client_id="another")
    assert row.find("c5") is None


def test_where_nothing_was_trimmed_nothing_is_searched() -> None:
    row = Row(complete_since=0)
    assert row.find("c1", attempt=9) is None
    assert not row.searched


def test_an_id_that_tells_no_time_is_searched_for() -> None:
    row = Row()
    assert row.find("c1") == 1
    assert row.find("unknown") is None


def test_an_id_that_is_newer_than_what_was_trimmed_is_not() -> None:
    row = Row(complete_since=MADE_AT - 1)
    assert row.find(ULID) is None
    assert not row.searched
    # The clock of a device may be ahead, of which only a marked retry tells.
    assert row.find(ULID, attempt=2) is None
    assert row.searched


def test_another_users_message_under_the_same_id_is_another_message() -> None:
    assert Row().find("c4") is None


def test_only_what_the_head_counts_is_searched() -> None:
    assert Row().find("c7") is None


def test_a_search_that_must_give_up_is_a_conflict_for_marked_retries_with_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retrying, "HORIZON", 2)
    monkeypatch.setattr(retrying, "SHORT_HORIZON", 2)
    with refused(ErrorCode.CONFLICT, reason="too_old_to_retry"):
        Row().find(ULID, attempt=2)
    assert Row().find(ULID) is None
    assert Row().find("unknown", attempt=2) is None


def test_what_is_found_above_the_head_takes_with_it_what_stands_between() -> None:
    row = Row()
    entries = row.tables.entries[CHAT]
    below = found_again(row.timeline, HEAD, entries[5])
    assert (below.entry, below.passed, below.duplicate) == (entries[5], (), True)
    above = found_again(row.timeline, HEAD, entries[8])
    assert (above.entry, above.passed, above.duplicate) == (entries[8], (entries[7],), True)


def test_what_a_crash_left_is_found_above_the_head() -> None:
    row = Row()
    entries = row.tables.entries[CHAT]
    entries[9] = change(9, 1, sender_id="alice")
    found = stored_above(row.timeline, HEAD, "bob", "c8")
    assert found is not None
    assert (found.entry, found.passed, found.duplicate) == (entries[8], (entries[7],), True)
    assert stored_above(row.timeline, HEAD, "alice", "c8") is None
    assert stored_above(row.timeline, HEAD, "alice", "c6") is None
    assert stored_above(row.timeline, HEAD, "alice", "") is None
