"""Pushes events to the devices of audiences. A push is a hint: what fails is left to sync."""

import logging
from collections.abc import Sequence

from chirrup.domain.connections import Connection
from chirrup.domain.jobs import Job
from chirrup.ports import Clock, Connections, SideBySide
from chirrup.ports.fanout import Gateway, Outcome, Parcel, Pushed, Rosters
from chirrup.push.coalescing import Coalescing, Heard
from chirrup.push.recipients import Recipients, Slice

_log = logging.getLogger(__name__)

EXPIRED = b'{"type":"push","events":[{"event":"session.closing","reason":"expired"}]}'
"""What a socket hears last that has outlived its token."""


class Pusher:
    """Finds the open sockets of users, and posts what they hear in as few frames as hold it.

    Implements `ports.fanout.Pusher`.
    """

    def __init__(
        self,
        *,
        connections: Connections,
        rosters: Rosters,
        gateway: Gateway,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._recipients = Recipients(
            connections=connections, rosters=rosters, side_by_side=side_by_side, clock=clock
        )
        self._gateway = gateway
        self._clock = clock

    def push(self, jobs: Sequence[Job], until: int) -> Pushed:
        """See `ports.fanout.Pusher`."""
        pushed = Pushed(late=set(range(len(jobs))))
        frames = Coalescing(jobs)
        for part in self._recipients.found(jobs, pushed.unread):
            if self._clock.now() >= until:
                break
            pushed.late -= part.ended
            self._post(frames, part, until, pushed)
        if pushed.counts:
            _log.info("pushed", extra={"counts": dict(pushed.counts)})
        return pushed

    def _post(self, frames: Coalescing, part: Slice, until: int, pushed: Pushed) -> None:
        """Push to a slice of the recipients."""
        now = self._clock.now()
        parcels: list[Parcel] = []
        owners: list[tuple[str, Connection, Heard]] = []
        for user_id, connections in part.sockets.items():
            heard = tuple(part.heard.get(user_id, ()))
            for connection in connections:
                mine = frames.but(heard, connection.id)
                if not mine:
                    continue
                if connection.expires_at <= now:
                    parcels.append(Parcel(connection.id, [EXPIRED], closing=True))
                    mine = ()
                else:
                    parcels.append(Parcel(connection.id, frames.of(mine)))
                owners.append((user_id, connection, mine))
        outcomes = self._gateway.deliver(parcels, until)
        for parcel, (user_id, connection, heard), outcome in zip(
            parcels, owners, outcomes, strict=True
        ):
            self._note(parcel, user_id, connection, heard, outcome, pushed)
            if outcome is Outcome.PUSHED and heard:
                pushed.counts["frames"] += len(parcel.frames)
                pushed.counts["coalesced"] += frames.events(heard) - len(parcel.frames)

    def _note(
        self,
        parcel: Parcel,
        user_id: str,
        connection: Connection,
        heard: Heard,
        outcome: Outcome,
        pushed: Pushed,
    ) -> None:
        counts = pushed.counts
        if parcel.closing:
            counts["expired"] += 1
            self._recipients.forget(user_id, connection)
            return
        counts[outcome.value] += 1
        if outcome is Outcome.GONE:
            self._recipients.forget(user_id, connection)
        elif outcome is Outcome.LATE:
            pushed.late.update(place for place, _ in heard)
