"""The server side of WebSockets in memory."""

from collections.abc import Sequence

from chirrup.ports.fanout import Outcome, Parcel


class FakeGateway:
    """Implements `ports.fanout.Gateway`.

    Attributes:
        frames: What was posted to each connection, in order.
        closed: Connections that we closed, in order.
        gone: Connections that do not exist any more.
        failing: Connections to which nothing can be sent at the moment.
        slow: Connections that give no answer in time.
        in_time: How many more parcels are begun before the time is over; None for all.
    """

    def __init__(self) -> None:
        self.frames: dict[str, list[bytes]] = {}
        self.closed: list[str] = []
        self.gone: set[str] = set()
        self.failing: set[str] = set()
        self.slow: set[str] = set()
        self.in_time: int | None = None

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """See `ports.fanout.Gateway`."""
        return [self._deliver(parcel) for parcel in parcels]

    def _deliver(self, parcel: Parcel) -> Outcome:
        id_ = parcel.connection_id
        if self.in_time is not None:
            if not self.in_time:
                return Outcome.LATE
            self.in_time -= 1
        if id_ in self.gone:
            return Outcome.GONE
        failing = id_ in self.failing
        if not failing:
            self.frames.setdefault(id_, []).extend(parcel.frames)
        if parcel.closing:
            self.closed.append(id_)
            self.gone.add(id_)
            return Outcome.PUSHED
        if id_ in self.slow:
            return Outcome.SLOW
        return Outcome.FAILED if failing else Outcome.PUSHED
