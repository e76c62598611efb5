"""A pusher over fakes, with sockets of two users."""

import json
from typing import Any

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience
from chirrup.domain.events import Event, MessageCreated
from chirrup.domain.jobs import Job
from chirrup.ports import SideBySide
from chirrup.push.pusher import Pusher
from chirrup.push.telling import told
from tests.fakes import FakeClock, FakeConnections, FakeGateway, FakeRosters, FakeTables
from tests.unit.making import message, socket

CREATED = MessageCreated(message(1))
SHARED = {"frames", "coalesced"}


class Push:
    """A pusher, and the sockets of alice and bob."""

    def __init__(self, run: SideBySide = one_by_one) -> None:
        self.tables = FakeTables()
        self.clock = FakeClock()
        self.gateway = FakeGateway()
        self.looked_up: list[str] = []
        self.connections = connections = FakeConnections(self.tables)
        for user_id, ids in (("alice", ("a1=", "a2=")), ("bob", ("b1=", "b2="))):
            for id_ in ids:
                connections.add(user_id, socket(id_, id_))
        self.pusher = Pusher(
            connections=connections,
            rosters=FakeRosters(self.tables),
            gateway=self.gateway,
            clock=self.clock,
            side_by_side=run,
        )

    def push(self, *events: Event, **audience: Any) -> dict[str, int]:
        given: dict[str, Any] = {"user_ids": ("alice", "bob")} | audience
        encoded = tuple(told(event) for event in events or [CREATED])
        job = Job(encoded, Audience(**given), self.clock.now())
        counts = self.pusher.push([job], self.clock.now() + 1_000).counts
        return {name: count for name, count in counts.items() if count and name not in SHARED}

    def unread(self, **audience: Any) -> set[int]:
        """Places of jobs, of this one, whose recipients were not found."""
        job = Job((told(CREATED),), Audience(**audience), self.clock.now())
        return self.pusher.push([job], self.clock.now() + 1_000).unread

    def got(self, connection_id: str) -> list[Any]:
        """The events that a connection got, in order."""
        frames = [json.loads(frame) for frame in self.gateway.frames.get(connection_id, [])]
        return [event for frame in frames for event in frame["events"]]

    def open(self) -> set[str]:
        return {one.id for sockets in self.tables.sockets.values() for one in sockets}
