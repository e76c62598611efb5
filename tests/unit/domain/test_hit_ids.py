"""Ids of hits."""

import re

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.hit_ids import HIT_ID, id_at, name_of, owner_at, owners_between, time_of

KEY = "0123456789abcdef01234567"
DAY = 24 * 60 * 60 * 1000
TIMES = st.integers(1_500_000_000_000, 4_000_000_000_000)


@given(TIMES)
def test_an_id_says_when_the_hit_was_and_where_it_is_kept(at: int) -> None:
    id_ = id_at(at, KEY)
    assert re.fullmatch(HIT_ID, id_)
    assert time_of(id_) == at
    assert name_of(id_) == (owner_at(at), id_)


@given(TIMES, TIMES)
def test_newer_ids_come_first(one: int, other: int) -> None:
    assert (id_at(one, KEY) < id_at(other, KEY)) == (one > other)


def test_hits_are_kept_by_month_of_utc() -> None:
    assert owner_at(1_798_761_599_999) == "HIT#2026-12"
    assert owner_at(1_798_761_600_000) == "HIT#2027-01"


def test_the_months_between_two_times_are_told_from_the_newest() -> None:
    january = 1_798_761_600_000
    assert owners_between(january - 62 * DAY, january) == [
        "HIT#2027-01",
        "HIT#2026-12",
        "HIT#2026-11",
        "HIT#2026-10",
    ]
    assert owners_between(january, january) == ["HIT#2027-01"]
    assert owners_between(january + DAY, january) == ["HIT#2027-01"]


@given(TIMES, st.integers(0, 100 * DAY))
def test_each_time_between_is_in_one_of_the_months(since: int, later: int) -> None:
    owners = owners_between(since, since + later)
    assert owners[0] == owner_at(since + later)
    assert owners[-1] == owner_at(since)
    assert {owner_at(since + later * n // 9) for n in range(10)} <= set(owners)
