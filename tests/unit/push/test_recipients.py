"""Who is told: everybody of every job, slice by slice, and whose recipients were not found."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.concurrency import one_by_one, side_by_side
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.connections import Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.jobs import Job, Told
from chirrup.domain.rosters import Roster, RosterChunk, chunk_of
from chirrup.ports import SideBySide
from chirrup.push import recipients
from chirrup.push.memory import FEWEST
from chirrup.push.recipients import Recipients, Slice
from tests.fakes import FakeClock, FakeConnections, FakeRosters, FakeTables
from tests.unit.making import socket

UNAVAILABLE = ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
PER_LOOKUP, PER_SLICE = 4, 10


class Unsteady(FakeConnections):
    """Cannot look up whoever stands on a page with one of these."""

    def __init__(self, tables: FakeTables) -> None:
        super().__init__(tables)
        self.failing: set[str] = set()

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        if self.failing & set(user_ids):
            raise UNAVAILABLE
        return super().of(user_ids, consistent=consistent)


class Finding:
    """Recipients over fakes, with small pages; users have a socket of their name."""

    def __init__(self, run: SideBySide = one_by_one) -> None:
        self.tables = FakeTables()
        self.connections = Unsteady(self.tables)
        self.unread: set[int] = set()
        self._recipients = Recipients(
            connections=self.connections,
            rosters=FakeRosters(self.tables),
            side_by_side=run,
            clock=FakeClock(),
        )

    def connect(self, *users: str) -> None:
        for user in users:
            self.connections.add(user, socket(f"{user}="))

    def group(self, id_: str, *users: str) -> None:
        for user in users:
            key = RosterChunk, id_, chunk_of(user)
            known = self.tables.records.get(key)
            since = {**known.since, user: 1} if isinstance(known, RosterChunk) else {user: 1}
            self.tables.records[key] = RosterChunk(owner=id_, name=chunk_of(user), since=since)

    def slices(self, *audiences: Audience) -> list[Slice]:
        jobs = [Job((Told("{}"),), audience, at) for at, audience in enumerate(audiences)]
        self.unread = set()
        return list(self._recipients.found(jobs, self.unread))


@pytest.fixture(params=[one_by_one, side_by_side], ids=["one by one", "side by side"])
def finding(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Finding:
    monkeypatch.setattr(recipients, "LOOKUP", PER_LOOKUP)
    monkeypatch.setattr(recipients, "SLICE", PER_SLICE)
    return Finding(request.param)


def named(*numbers: int) -> tuple[str, ...]:
    return tuple(f"user{number}" for number in numbers)


def heard(slices: Sequence[Slice]) -> dict[str, list[int]]:
    """The places of the jobs that each user hears."""
    return {
        user: [place for place, _ in hearings]
        for part in slices
        for user, hearings in part.heard.items()
    }


def test_one_who_hears_several_jobs_is_looked_up_once(finding: Finding) -> None:
    finding.connect("user1")
    (only,) = finding.slices(Audience(named(1, 2)), Audience(named(1)))
    assert only.heard == {"user1": [(0, False), (1, False)], "user2": [(0, False)]}
    assert [one.id for one in only.sockets["user1"]] == ["user1="]
    assert only.ended == {0, 1}
    assert finding.unread == set()


def test_jobs_end_with_the_slice_in_which_their_last_recipient_stands(finding: Finding) -> None:
    slices = finding.slices(
        Audience(named(*range(6))), Audience(named(*range(6, 12))), Audience(named(20))
    )
    assert [part.ended for part in slices] == [{0, 1}, {2}]
    assert [len(part.heard) for part in slices] == [12, 1]


def test_what_goes_to_everyone_comes_last_and_ends_with_its_last_page(finding: Finding) -> None:
    finding.connect(*named(*range(5)))
    slices = finding.slices(Audience(everyone=True, but_user="user0"), Audience(named(1)))
    assert slices[0].ended == {1}
    assert slices[-1].ended == {0}
    assert all(not part.ended for part in slices[1:-1])
    told = [user for part in slices[1:] for user in part.heard]
    assert sorted(told) == list(named(*range(1, 5)))


@pytest.mark.parametrize("size", [PER_LOOKUP * 2, FEWEST + 1], ids=["looked up", "remembered"])
def test_a_lookup_that_fails_marks_just_the_jobs_that_tell_one_of_its_users(
    finding: Finding, size: int
) -> None:
    finding.connect(*named(*range(size)))
    finding.connections.failing = {"user0"}
    audiences = [
        Audience(named(0)),
        Audience(named(*range(1, size))),
        Audience(named(*range(PER_LOOKUP, size))),
        Audience(named(size - 1)),
    ]
    slices = finding.slices(*audiences)
    assert finding.unread == {0, 1}
    found = {user for part in slices for user in part.sockets}
    assert found == set(named(*range(PER_LOOKUP, size)))


def test_after_a_lookup_that_failed_everybody_is_found(finding: Finding) -> None:
    users = named(*range(FEWEST + 1))
    finding.connect(*users)
    finding.connections.failing = {"user0"}
    finding.slices(Audience(users))
    finding.connections.failing = set()
    slices = finding.slices(Audience(users))
    assert finding.unread == set()
    assert {user for part in slices for user in part.sockets} == set(users)


def test_a_roster_that_cannot_be_read_marks_its_job_and_stops_no_other(finding: Finding) -> None:
    finding.group("g_1", *named(1, 2))
    finding.connect(*named(1, 2, 3))

    def throttle(step: str) -> None:
        if step == "before get roster":
            finding.tables.hook = lambda _: None
            raise UNAVAILABLE

    finding.tables.hook = throttle
    members = Audience(members=Members("g_1", 1, 1))
    slices = finding.slices(members, members, Audience(named(3)))
    assert finding.unread == {0}
    assert heard(slices) == {"user1": [1], "user2": [1], "user3": [2]}


def test_a_scan_that_breaks_off_marks_its_job_and_stops_no_other(finding: Finding) -> None:
    finding.connect(*named(*range(6)))
    pages = 0

    def throttle(step: str) -> None:
        nonlocal pages
        pages += step == "before scan connections"
        if pages == 2:
            pages = 3
            raise UNAVAILABLE

    finding.tables.hook = throttle
    slices = finding.slices(Audience(everyone=True), Audience(everyone=True))
    assert finding.unread == {0}
    told = [user for part in slices for user, hearing in part.heard.items() if hearing[0][0] == 1]
    assert sorted(told) == list(named(*range(6)))


NUMBERS = st.lists(st.integers(0, 30), max_size=12, unique=True)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=6), st.sets(st.integers(0, 30), max_size=2))
def test_everybody_hears_each_job_that_tells_them_once_and_what_fails_is_marked(
    audiences: list[tuple[list[int], list[int]]], failing: set[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recipients, "LOOKUP", PER_LOOKUP)
        patch.setattr(recipients, "SLICE", PER_SLICE)
        finding = Finding()
        finding.connect(*named(*range(0, 31, 2)))
        finding.connections.failing = set(named(*failing))
        for at, (_, members) in enumerate(audiences):
            finding.group(f"g_{at}", *named(*members))
        slices = finding.slices(
            *(
                Audience(named(*users), members=Members(f"g_{at}", 1, 1))
                for at, (users, _) in enumerate(audiences)
            )
        )
    for at, (users, members) in enumerate(audiences):
        told = [u for part in slices for u, ones in part.heard.items() if at in dict(ones)]
        assert sorted(told) == sorted(named(*{*users, *members}))
        looked_up = {u for part in slices if at in part.ended for u in part.sockets}
        online = {user for user in told if int(user.removeprefix("user")) % 2 == 0}
        assert at in finding.unread or online <= looked_up
        assert at in finding.unread or not failing & {*users, *members}
    assert set().union(*(part.ended for part in slices)) == set(range(len(audiences)))


def test_of_everyone_those_are_flagged_whom_the_roster_of_the_channel_names(
    finding: Finding,
) -> None:
    finding.connect(*named(1, 2, 3))
    key = RosterChunk, "c_all", chunk_of("user2")
    finding.tables.records[key] = RosterChunk(owner="c_all", name=key[2], muted=("user2",))
    audience = Audience(everyone=True, members=Members("c_all", 5, 5))
    told = {
        user: flag for part in finding.slices(audience) for user, [(_, flag)] in part.heard.items()
    }
    assert told == {"user1": False, "user2": True, "user3": False}


def test_a_page_of_everyone_knows_all_who_have_muted_the_channel(finding: Finding) -> None:
    users = named(*range(40))
    finding.connect(*users)
    for user in users:
        key = RosterChunk, "c_all", chunk_of(user)
        known = finding.tables.records.get(key)
        muted = known.muted if isinstance(known, RosterChunk) else ()
        finding.tables.records[key] = RosterChunk(owner="c_all", name=key[2], muted=(*muted, user))
    whole = Audience(everyone=True, members=Members("c_all", 5, 5))
    told = [
        (user, flag)
        for page in whole.pages()
        for part in finding.slices(page)
        for user, [(_, flag)] in part.heard.items()
    ]
    assert sorted(told) == sorted((user, True) for user in users)


def test_everyone_is_left_for_later_when_the_roster_of_the_channel_cannot_be_read(
    finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Roster:
        raise UNAVAILABLE

    finding.connect("user1")
    monkeypatch.setattr(FakeRosters, "roster", fail)
    slices = finding.slices(Audience(everyone=True, members=Members("c_all", 5, 5)))
    assert heard(slices) == {}
    assert finding.unread == {0}
