"""A worker that is killed at any point, and the same batch again: nobody misses anything."""

import json
from typing import Any

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.events import MessageCreated
from chirrup.domain.jobs import Job
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.pusher import Pusher
from chirrup.push.telling import told
from chirrup.transport.queue.fanout import Fanout
from tests.fakes import FakeClock, FakeConnections, FakeGateway, FakeRosters, FakeTables
from tests.unit.making import message, socket

MEMBERS = [f"user{number}" for number in range(30)]
GONE = {"user3=", "user17="}


class Killed(BaseException):
    """The worker ends here; nothing of ours runs any more."""


class Worker:
    """A fan-out over tables that outlive it."""

    def __init__(self, tables: FakeTables, gateway: FakeGateway) -> None:
        clock = FakeClock()
        pusher = Pusher(
            connections=FakeConnections(tables),
            rosters=FakeRosters(tables),
            gateway=gateway,
            clock=clock,
            side_by_side=one_by_one,
        )
        self.fanout = Fanout(pusher=pusher, clock=clock)


class Killing(FakeGateway):
    """A gateway at which a worker can be killed between two posts."""

    def __init__(self) -> None:
        super().__init__()
        self.left: int | None = None

    def _deliver(self, parcel: Parcel) -> Outcome:
        if self.left is not None:
            if self.left == 0:
                raise Killed
            self.left -= 1
        return super()._deliver(parcel)


def prepared() -> tuple[FakeTables, Killing, dict[str, Any]]:
    """A group, its members' sockets, and a batch of three jobs and poison."""
    tables, gateway = FakeTables(), Killing()
    connections = FakeConnections(tables)
    gateway.gone |= GONE
    for user in MEMBERS:
        connections.add(user, socket(f"{user}=", "phone"))
        key = RosterChunk, "g_1", chunk_of(user)
        known = tables.records.get(key)
        since = {**known.since, user: 1} if isinstance(known, RosterChunk) else {user: 1}
        tables.records[key] = RosterChunk(owner="g_1", name=chunk_of(user), since=since, version=1)
    jobs = [
        Job(
            (told(MessageCreated(message(seq, conversation_id="g_1"))),),
            Audience(members=Members("g_1", 1, seq, size=len(MEMBERS))),
            seq,
        ).encode()
        for seq in (1, 2, 3)
    ]
    records = [
        {"messageId": f"m{number}", "body": body, "attributes": {}}
        for number, body in enumerate([*jobs[:2], "poison", jobs[2]])
    ]
    return tables, gateway, {"Records": records}


def steps_of_a_run() -> list[str]:
    tables, gateway, event = prepared()
    steps: list[str] = []
    tables.hook = steps.append
    Worker(tables, gateway).fanout.handle(event, 30_000)
    return steps


STEPS = len(steps_of_a_run())


def assert_told(tables: FakeTables, gateway: FakeGateway) -> None:
    for user in MEMBERS:
        frames = [json.loads(frame) for frame in gateway.frames.get(f"{user}=", [])]
        seqs = {event["seq"] for frame in frames for event in frame["events"]}
        assert seqs == (set() if f"{user}=" in GONE else {1, 2, 3}), user
    left = {one.id for sockets in tables.sockets.values() for one in sockets}
    assert left == {f"{user}=" for user in MEMBERS} - GONE


def run_again(tables: FakeTables, gateway: Killing, event: dict[str, Any]) -> None:
    tables.hook = lambda _: None
    gateway.left = None
    answer = Worker(tables, gateway).fanout.handle(event, 30_000)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m2"}]}
    assert_told(tables, gateway)


@pytest.mark.parametrize("at", range(STEPS))
def test_killed_at_any_step_of_the_tables_nothing_is_lost(at: int) -> None:
    tables, gateway, event = prepared()
    seen = 0

    def kill(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen > at:
            raise Killed

    tables.hook = kill
    with pytest.raises(Killed):
        Worker(tables, gateway).fanout.handle(event, 30_000)
    run_again(tables, gateway, event)


@pytest.mark.parametrize("posts", range(len(MEMBERS)))
def test_killed_between_any_two_posts_nothing_is_lost(posts: int) -> None:
    tables, gateway, event = prepared()
    gateway.left = posts
    with pytest.raises(Killed):
        Worker(tables, gateway).fanout.handle(event, 30_000)
    run_again(tables, gateway, event)


def test_a_batch_that_ends_and_comes_again_is_told_twice_and_changes_nothing_else() -> None:
    tables, gateway, event = prepared()
    worker = Worker(tables, gateway)
    for _ in range(2):
        worker.fanout.handle(event, 30_000)
    assert_told(tables, gateway)
    assert len(gateway.frames["user0="]) == 2
