"""Records that are changed again when somebody else was faster."""

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.upload_quotas import UploadQuota
from chirrup.ports.records import Commit, CommitConflict, Put
from chirrup.service.appending import ROUNDS
from chirrup.service.storing import store
from tests.fakes import FakeClock, FakeRecords, FakeTables
from tests.fakes.clock import NOON
from tests.unit.making import refused


@pytest.fixture
def records() -> FakeRecords:
    return FakeRecords(FakeTables())


def charge(records: FakeRecords) -> tuple[int, Commit]:
    quota = (records.get(UploadQuota, "alice") or UploadQuota(owner="alice")).with_upload(NOON)
    return quota.made, [Put(quota)]


def test_what_is_wanted_is_stored_once(records: FakeRecords) -> None:
    clock = FakeClock()
    assert [store(records, clock, lambda: charge(records)) for _ in range(2)] == [1, 2]
    assert clock.pauses == []


def test_who_meets_another_reads_again(records: FakeRecords) -> None:
    clock = FakeClock()
    met: list[int] = []

    def build() -> tuple[int, Commit]:
        wanted = charge(records)
        if not met:
            met.append(1)
            store(records, clock, lambda: charge(records))
        return wanted

    assert store(records, clock, build) == 2
    assert len(clock.pauses) == 1


def test_who_always_meets_another_is_told_to_wait(records: FakeRecords) -> None:
    clock = FakeClock()

    class Busy(FakeRecords):
        def commit(self, commit: Commit) -> None:
            raise CommitConflict

    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1000):
        store(Busy(FakeTables()), clock, lambda: charge(records))
    assert len(clock.pauses) == ROUNDS


def test_nothing_wanted_is_nothing_asked(records: FakeRecords) -> None:
    class Closed(FakeRecords):
        def commit(self, commit: Commit) -> None:
            raise AssertionError(commit)

    assert store(Closed(FakeTables()), FakeClock(), lambda: ("done", ())) == "done"


def test_a_refusal_comes_out(records: FakeRecords) -> None:
    def build() -> tuple[None, Commit]:
        raise ChirrupError(ErrorCode.MEDIA_NOT_FOUND)

    with refused(ErrorCode.MEDIA_NOT_FOUND):
        store(records, FakeClock(), build)
