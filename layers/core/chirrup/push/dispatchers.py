"""Dispatchers: how a stored event reaches the fan-out, one class for each send mode."""

from collections.abc import Sequence

from chirrup.domain.events import Audience, Event
from chirrup.push.pusher import Pusher


class LocalDispatcher:
    """Send mode `local`: the function that stored the event pushes it itself.

    Implements `ports.Dispatcher`.
    """

    def __init__(self, pusher: Pusher) -> None:
        self._pusher = pusher

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        self._pusher.push(events, audience)
