"""Dispatchers: how a stored event reaches the fan-out."""

from collections.abc import Sequence

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event
from chirrup.domain.jobs import Job
from chirrup.ports import Clock
from chirrup.ports.fanout import Carrier, Pusher
from chirrup.push.telling import told

PUSH_MS = 15_000
"""Pushes that have not begun by then are left to sync: the gateway waits 29 s for the answer."""


class LocalDispatcher:
    """Send mode `local`: the function that stored the event pushes it itself.

    Implements `ports.Dispatcher`.
    """

    def __init__(self, *, pusher: Pusher, clock: Clock) -> None:
        self._pusher = pusher
        self._clock = clock

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        now = self._clock.now()
        job = Job(tuple(told(event) for event in events), audience, now)
        if self._pusher.push([job], now + PUSH_MS).unread:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)


class QueueDispatcher:
    """The other send modes: a carrier brings the event to the fan-out, unless few hear it.

    Implements `ports.Dispatcher`.
    """

    def __init__(
        self, *, carrier: Carrier, inline: LocalDispatcher, inline_limit: int, clock: Clock
    ) -> None:
        """Use these.

        Args:
            carrier: Brings jobs to the fan-out.
            inline: Pushes at once.
            inline_limit: Users that an event goes to at most for being pushed at once: they get it
                sooner, and the queue and the other function are not paid for.
            clock: Dates the jobs.
        """
        self._carrier = carrier
        self._inline = inline
        self._inline_limit = inline_limit
        self._clock = clock

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        size = audience.size
        if size is not None and size <= self._inline_limit:
            self._inline.dispatch(events, audience)
            return
        now = self._clock.now()
        encoded = tuple(told(event) for event in events)
        self._carrier.carry([Job(encoded, page, now) for page in audience.pages()])
