"""How many frames a busy room takes when its messages share them, in the mode `kafka`.

Messages come at random (Poisson). Lambda gathers a second of them into a batch; with two workers a
shard, the fewest that there can be, a second's messages may be split between two batches.
"""

from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING

from benchmarks.fanout_world import jobs_for, user_id
from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Page
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.rosters import Roster
from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.pusher import Pusher
from tests.fakes import FakeClock, FakeConnections, FakeTables

if TYPE_CHECKING:
    from chirrup.domain.jobs import Job

ROOM = 100
RATES = (1, 5, 20, 100)
SECONDS = 120


class _Counting:
    """Implements `ports.fanout.Gateway`: counts frames."""

    def __init__(self) -> None:
        self.frames = 0

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """Take all of them."""
        self.frames += sum(len(parcel.frames) for parcel in parcels)
        return [Outcome.PUSHED] * len(parcels)


class _NoRosters:
    """Implements `ports.fanout.Rosters`: users are named here."""

    def roster(self, conversation_id: str, version: int, page: Page) -> Roster:
        """Nobody."""
        return Roster({}, frozenset())


def frames_a_message(rate: int, batches: int) -> float:
    """Frames that a message costs in a room of 100, all online.

    Args:
        rate: Messages a second.
        batches: How many batches a second's messages are split into.
    """
    random = Random(rate)  # noqa: S311 - repeatable, not secret
    gateway, tables, clock = _Counting(), FakeTables(), FakeClock()
    connections = FakeConnections(tables)
    for number in range(ROOM):
        now = clock.now()
        connections.add(user_id(number), Connection(f"c{number}=", now + LIFETIME_MS, now, "one"))
    pusher = Pusher(
        connections=connections,
        rosters=_NoRosters(),
        gateway=gateway,
        clock=clock,
        side_by_side=one_by_one,
    )
    at, seq = 0.0, 0
    gathered: dict[tuple[int, int], list[Job]] = {}
    while at < SECONDS:
        at += random.expovariate(rate)
        seq += 1
        gathered.setdefault((int(at), random.randrange(batches)), []).extend(jobs_for(ROOM, seq))
    for jobs in gathered.values():
        pusher.push(jobs, clock.now() + 1_000)
    return gateway.frames / seq
