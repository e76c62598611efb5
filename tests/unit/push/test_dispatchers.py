"""Dispatchers: what is pushed at once, what is carried, and what is refused."""

from collections.abc import Sequence

import pytest

from chirrup.domain.audiences import PAGE, PAGES_MAX, Audience, Members
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event, MessageCreated, Typing
from chirrup.domain.jobs import Job
from chirrup.ports.fanout import Pushed
from chirrup.push.dispatchers import PUSH_MS, LocalDispatcher, QueueDispatcher
from chirrup.push.telling import told
from tests.fakes import FakeClock
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, message, refused
from tests.unit.pushing import Push

EVENTS: list[Event] = [MessageCreated(message(1)), Typing(CHAT, "alice")]
TOLD = tuple(told(event) for event in EVENTS)


class RecordingPusher:
    """Implements `ports.fanout.Pusher`: notes what it was given."""

    def __init__(self, *, unread: bool = False, late: bool = False) -> None:
        self.pushed: list[tuple[Sequence[Job], int]] = []
        self._unread = {0} if unread else set()
        self._late = {0} if late else set()

    def push(self, jobs: Sequence[Job], until: int) -> Pushed:
        self.pushed.append((list(jobs), until))
        return Pushed(unread=set(self._unread), late=set(self._late))


class RecordingCarrier:
    """Implements `ports.fanout.Carrier`: notes what it was given."""

    def __init__(self, *, broken: bool = False) -> None:
        self.carried: list[list[Job]] = []
        self._broken = broken

    def carry(self, jobs: Sequence[Job]) -> None:
        if self._broken:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        self.carried.append(list(jobs))


def queued(
    limit: int, carrier: RecordingCarrier, pusher: RecordingPusher | None = None
) -> QueueDispatcher:
    clock = FakeClock()
    inline = LocalDispatcher(pusher=pusher or RecordingPusher(), clock=clock)
    return QueueDispatcher(carrier=carrier, inline=inline, inline_limit=limit, clock=clock)


def test_locally_all_events_are_pushed_as_one_job_with_an_end() -> None:
    pusher, audience = RecordingPusher(), Audience(("alice", "bob"), but_connection="a1=")
    LocalDispatcher(pusher=pusher, clock=FakeClock()).dispatch(EVENTS, audience)
    assert pusher.pushed == [([Job(TOLD, audience, NOON)], NOON + PUSH_MS)]


def test_locally_each_device_but_the_cause_is_pushed_to() -> None:
    push = Push()
    LocalDispatcher(pusher=push.pusher, clock=push.clock).dispatch(
        EVENTS, Audience(("alice",), but_connection="a1=")
    )
    assert push.gateway.frames.keys() == {"a2="}


def test_locally_it_is_said_when_nobody_can_be_looked_up() -> None:
    def throttle(_: str) -> None:
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    push = Push()
    push.tables.hook = throttle
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        LocalDispatcher(pusher=push.pusher, clock=push.clock).dispatch(EVENTS, Audience(("alice",)))


def test_locally_it_is_said_that_recipients_were_not_found() -> None:
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        LocalDispatcher(pusher=RecordingPusher(unread=True), clock=FakeClock()).dispatch(
            EVENTS, Audience(("alice",))
        )


def test_locally_what_is_late_is_left_to_sync() -> None:
    LocalDispatcher(pusher=RecordingPusher(late=True), clock=FakeClock()).dispatch(
        EVENTS, Audience(("alice",))
    )


@pytest.mark.parametrize(
    ("limit", "audience", "inline"),
    [
        (20, Audience(tuple(map(str, range(20)))), True),
        (20, Audience(tuple(map(str, range(21)))), False),
        (20, Audience(("x",), members=Members("g_1", 1, 1, size=19)), True),
        (20, Audience(("x",), members=Members("g_1", 1, 1, size=20)), False),
        (20, Audience(everyone=True), False),
        (0, Audience(("alice",)), False),
        (0, Audience(), True),
    ],
)
def test_few_are_pushed_to_at_once_and_for_others_it_is_carried(
    limit: int, audience: Audience, inline: bool
) -> None:
    carrier, pusher = RecordingCarrier(), RecordingPusher()
    queued(limit, carrier, pusher).dispatch(EVENTS, audience)
    assert (len(pusher.pushed), len(carrier.carried)) == ((1, 0) if inline else (0, 1))


@pytest.mark.parametrize(
    ("audience", "pages"),
    [
        (Audience(("alice",)), 1),
        (Audience(members=Members("g_1", 1, 1, size=PAGE + 1)), 2),
        (Audience(everyone=True, but_user="alice"), PAGES_MAX),
    ],
)
def test_all_pages_are_handed_over_in_one_go_with_the_same_events(
    audience: Audience, pages: int
) -> None:
    carrier = RecordingCarrier()
    queued(0, carrier).dispatch(EVENTS, audience)
    (jobs,) = carrier.carried
    assert [job.audience for job in jobs] == audience.pages()
    assert len(jobs) == pages
    assert {(job.events, job.at) for job in jobs} == {(TOLD, NOON)}


def test_what_no_carrier_has_taken_is_refused_and_not_pushed_instead() -> None:
    pusher = RecordingPusher()
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        queued(0, RecordingCarrier(broken=True), pusher).dispatch(EVENTS, Audience(("alice",)))
    assert pusher.pushed == []
