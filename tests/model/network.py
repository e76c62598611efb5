"""From the dispatcher to the devices' inboxes."""

from collections.abc import Callable, Sequence

from chirrup.contracts.frames import event_view
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Audience, Event, MessageCreated, MessageUpdated
from tests.model.client import Client
from tests.model.replies import Request, check_gone
from tests.model.schedule import Schedule
from tests.model.tape import Tape


class Network:
    """Hands events to whoever is connected. Implements `ports.Dispatcher`."""

    def __init__(self, schedule: Schedule, tape: Tape, clients: Sequence[Client]) -> None:
        self._schedule = schedule
        self._tape = tape
        self._clients = clients

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        self._schedule.point("dispatch")
        task = self._schedule.current
        request: Request | None = task.log if task else None
        if request and not self._schedule.calm and self._tape.chance(8):
            request.unavailable = True
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        for event in events:
            view = event_view(event)
            if request:
                check_gone(request, view)
                if isinstance(event, MessageCreated):
                    request.dispatched.add(event.entry.seq)
                elif isinstance(event, MessageUpdated):
                    request.dispatched.add(event.seq)
            for client in self._clients:
                online = client.connection not in (None, audience.but_connection)
                if online and client.user in audience.user_ids:
                    client.inbox.append(view)


class ModelClock:
    """Time passes with every action; servers differ by what `skew` says.

    Implements `ports.Clock`.
    """

    def __init__(self, schedule: Schedule, skew: Callable[[], int]) -> None:
        self.time = 1_790_000_000_000
        self._schedule = schedule
        self._skew = skew

    def now(self) -> int:
        """See `ports.Clock`."""
        return self.time + self._skew()

    def pause(self, ms: float) -> None:
        """See `ports.Clock`."""
        self._schedule.point("pause")
        self.time += 5
