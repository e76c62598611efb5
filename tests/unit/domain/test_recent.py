"""The last client ids of a sender, as they stand on the member item."""

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.recent import FULL, KEPT, Recent, Record

RECORDS = st.builds(
    Record.of, st.integers(1, 2**53), st.integers(0, 2**45), st.text("abc-:._9", min_size=1)
)


@given(RECORDS)
def test_a_record_survives_its_encoding(record: Record) -> None:
    assert Record.decode(record.encode()) == record


def test_a_record_is_found_by_its_client_id_alone() -> None:
    recent = Recent(frozenset(Record.of(seq, seq * 10, f"c{seq}").encode() for seq in range(1, 9)))
    assert recent.find("c3") == Record.of(3, 30, "c3")
    assert recent.find("c33") is None
    assert recent.last_seq == 8


def test_nothing_is_found_among_no_records() -> None:
    assert Recent().find("c1") is None
    assert Recent().last_seq == 0
    assert not Recent().full


@given(st.sets(RECORDS, min_size=FULL, max_size=40), st.integers(0, 2**45))
def test_trimming_keeps_the_newest_and_says_since_when_nothing_is_missing(
    records: set[Record], since: int
) -> None:
    recent = Recent(frozenset(record.encode() for record in records), since)
    assert recent.full
    trimmed = recent.trimmed()
    kept = {Record.decode(text) for text in trimmed.records}
    assert len(kept) == KEPT
    dropped = records - kept
    assert max(record.seq for record in dropped) <= min(record.seq for record in kept)
    assert trimmed.complete_since >= since
    assert all(record.sent_at <= trimmed.complete_since for record in dropped)


def test_the_records_of_a_full_member_item_stay_far_below_a_kilobyte() -> None:
    longest = Record.of(2**53 - 1, 4_102_444_800_000, "c" * 64).encode()
    assert len(longest) * FULL < 800
