"""Every send mode with devices at its other end, so that one suite runs on all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.events import Event
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Clock, Connections, Dispatcher
from chirrup.ports.fanout import Gateway, Rosters
from chirrup.ports.records import Put
from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher
from chirrup.push.pusher import Pusher
from chirrup.transport.queue.fanout import Fanout
from tests.contract.stores import Stores
from tests.fakes import FakeClock, FakeGateway
from tests.support.carrying import CARRYING, Carrying

FRAME_MAX = 32 * 1024


MODES = ("local", *CARRYING, *(f"{mode}, inline" for mode in CARRYING))
"""Every send mode; those with a carrier once through it and once without."""


class Told:
    """The dispatcher of a mode; when it returns, the fan-out has worked off what was carried.

    Implements `ports.Dispatcher`.
    """

    def __init__(
        self, mode: str, connections: Connections, rosters: Rosters, gateway: Gateway, clock: Clock
    ) -> None:
        pusher = Pusher(
            connections=connections,
            rosters=rosters,
            gateway=gateway,
            clock=clock,
            side_by_side=one_by_one,
        )
        self.fanout = Fanout(pusher=pusher, clock=clock)
        self._dispatcher: Dispatcher = LocalDispatcher(pusher=pusher, clock=clock)
        self.carrying: Carrying | None = None
        self.carried = False
        name, _, inline = mode.partition(", ")
        if name != "local":
            self.carrying = Carrying.of(name, clock)
            self.carried = not inline and name != "redis"
            self._dispatcher = QueueDispatcher(
                carrier=self.carrying.carrier,
                inline=LocalDispatcher(pusher=pusher, clock=clock),
                inline_limit=20 if inline else 0,
                clock=clock,
            )

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        self.hand_over(events, audience)
        self.work_off()

    def hand_over(self, events: Sequence[Event], audience: Audience) -> None:
        """Dispatch, and leave it to the carrier."""
        self._dispatcher.dispatch(events, audience)

    def work_off(self) -> None:
        """Let the fan-out do what waits."""
        if self.carrying:
            self.carrying.run(self.fanout)
            assert self.carrying.dead == []


@dataclass
class Delivery:
    """A dispatcher, and the devices at the other end."""

    dispatcher: Told
    stores: Stores
    gateway: FakeGateway
    clock: FakeClock

    def connect(self, user: str, device: str) -> Connection:
        """Open a socket."""
        now = self.clock.now()
        id_ = f"{device}.{user}="
        connection = Connection(id_, now + LIFETIME_MS, now, device)
        self.stores.connections.add(user, connection)
        return connection

    def connections(self, user: str) -> list[Connection]:
        """A user's sockets."""
        return self.stores.connections.of([user]).get(user, [])

    def events(self, connection: Connection) -> list[dict[str, Any]]:
        """What a socket has received."""
        frames = self.gateway.frames.get(connection.id, [])
        assert all(len(frame) <= FRAME_MAX for frame in frames)
        pushes = [json.loads(frame) for frame in frames]
        assert all(push["type"] == "push" for push in pushes)
        return [event for push in pushes for event in push["events"]]


def enrol(stores: Stores, group: str, since: dict[str, int], *muted: str) -> None:
    """Make users members of a group, each from a seq on."""
    chunks: dict[str, dict[str, int]] = {}
    for user, first in since.items():
        chunks.setdefault(chunk_of(user), {})[user] = first
    for name, known in chunks.items():
        silent = tuple(user for user in muted if user in known)
        stores.records.commit([Put(RosterChunk(owner=group, name=name, since=known, muted=silent))])


def names(events: list[dict[str, Any]]) -> list[tuple[str, int | None]]:
    return [(event["event"], event.get("seq")) for event in events]
