"""Whom the last entries concern: a member that was read too early is always noticed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.last_of import DOUBT_MS, KEPT, LastOf
from chirrup.domain.messages import Entry
from chirrup.storage.conversation_items import last_of_text
from tests.fakes.clock import NOON
from tests.unit.making import change, message


def by(seq: int, sender_id: str, **more: Any) -> Entry:
    return message(seq, sender_id=sender_id, **more)


def governing(seq: int, user_ids: list[str], **more: Any) -> Entry:
    given = {"type": "system.group_changed", "content": {"user_ids": user_ids}, "sender_id": "root"}
    return message(seq, **(given | more))


def crowd(seq: int, number: int = KEPT, **more: Any) -> list[Entry]:
    """Messages of so many others from a seq on."""
    return [by(seq + at, f"other{seq + at}", **more) for at in range(number)]


def test_an_entry_that_a_member_does_not_reflect_is_noticed() -> None:
    last_of = LastOf().after([by(1, "alice"), by(2, "bob")], NOON)
    assert last_of.newer_than(0, "alice", NOON)
    assert last_of.newer_than(1, "bob", NOON)
    assert not last_of.newer_than(1, "alice", NOON)
    assert not last_of.newer_than(2, "bob", NOON)
    assert not last_of.newer_than(0, "carol", NOON)


def test_what_is_known_of_a_user_is_noticed_however_long_ago() -> None:
    assert LastOf().after([by(1, "alice")], NOON).newer_than(0, "alice", NOON + 10**9)


def test_only_the_last_of_each_counts() -> None:
    last_of = LastOf().after([by(1, "alice"), by(2, "bob"), by(3, "alice")], NOON)
    assert [last_of.seq(user) for user in ("alice", "bob", "carol")] == [3, 2, 0]
    assert last_of.after([by(9, "bob")], NOON).seq("bob") == 9


def test_changes_of_messages_concern_nobody_and_those_of_a_group_whom_they_name() -> None:
    entries = [change(1, 1, sender_id="alice"), governing(2, ["bob", "carol"])]
    last_of = LastOf().after(entries, NOON)
    assert [last_of.seq(user) for user in ("alice", "root", "bob", "carol")] == [0, 0, 2, 2]


def test_who_was_forgotten_a_moment_ago_is_doubted_and_later_no_more() -> None:
    last_of = LastOf().after([by(1, "alice"), *crowd(2)], NOON)
    assert (last_of.seq("alice"), last_of.floor) == (0, 1)
    assert last_of.newer_than(0, "alice", NOON + DOUBT_MS - 1)
    assert not last_of.newer_than(0, "alice", last_of.floor_at + DOUBT_MS)
    assert not last_of.newer_than(1, "alice", NOON)
    # Nobody can tell who was forgotten.
    assert last_of.newer_than(0, "somebody", NOON)


def test_one_change_may_concern_more_than_are_kept() -> None:
    users = [f"user{number}" for number in range(3 * KEPT)]
    last_of = LastOf().after([governing(5, users)], NOON)
    assert len(last_of.seqs) == KEPT
    assert all(last_of.newer_than(4, user, NOON) for user in users)
    assert not any(last_of.newer_than(5, user, NOON) for user in users)


def test_what_counts_is_when_the_members_knew_of_it_not_when_it_was_made() -> None:
    """What a crash has left is settled much later."""
    left = by(1, "alice", sent_at=NOON - 10**9)
    last_of = LastOf().after([left], NOON).after(crowd(2, KEPT + 1, sent_at=NOON - 10**9), NOON)
    assert last_of.floor >= 1
    assert last_of.newer_than(0, "alice", NOON)


def test_times_that_run_back_raise_no_less_doubt() -> None:
    last_of = LastOf().after([by(1, "alice")], NOON + 1_500)
    last_of = last_of.after([by(2, "bob")], NOON - 10**9)
    last_of = last_of.after(crowd(3), NOON - 10**9)
    assert last_of.newer_than(0, "alice", NOON + 3_000)


USERS = st.lists(st.integers(0, 2 * KEPT), min_size=1, max_size=KEPT + 2)
BATCH = st.tuples(st.lists(USERS, min_size=1, max_size=KEPT), st.integers(-5_000, 5_000))


@given(batches=st.lists(BATCH, max_size=6), known=st.integers(0, 60), late=st.integers(0, 8_000))
def test_no_entry_above_what_is_known_is_overlooked_before_it_is_old(
    batches: list[tuple[list[list[int]], int]], known: int, late: int
) -> None:
    """For every user, whatever the clocks of those who wrote said."""
    last_of, seq = LastOf(), 0
    stored: list[tuple[Entry, int]] = []
    for groups, at in batches:
        entries = []
        for users in groups:
            seq += 1
            entries.append(governing(seq, [f"user{one}" for one in users]))
        last_of = last_of.after(entries, NOON + at)
        stored += [(entry, NOON + at) for entry in entries]
    now = NOON + late
    for number in range(2 * KEPT + 1):
        user = f"user{number}"
        theirs = [at for entry, at in stored if user in entry.concerns and entry.seq > known]
        if any(at > now - DOUBT_MS for at in theirs):
            assert last_of.newer_than(known, user, now)
        if not theirs and last_of.floor <= known:
            assert not last_of.newer_than(known, user, now)


@pytest.mark.parametrize("users", [KEPT, 5 * KEPT])
def test_it_takes_little_room_on_the_head(users: int) -> None:
    last_of = LastOf().after([by(2**52 + at, f"user{at}" * 8) for at in range(users)], NOON)
    assert len(last_of_text(last_of)) < 45 * (KEPT + 1)
