"""A dispatcher that remembers what it was given."""

from collections.abc import Sequence

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event


class RecordingDispatcher:
    """Implements `ports.Dispatcher`.

    Attributes:
        dispatched: Events and audience of each call, in order.
        unavailable: Nothing can be handed over at the moment.
    """

    def __init__(self) -> None:
        self.dispatched: list[tuple[tuple[Event, ...], Audience]] = []
        self.unavailable = False

    @property
    def events(self) -> list[Event]:
        """All events, in order."""
        return [event for events, _ in self.dispatched for event in events]

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        if self.unavailable:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        self.dispatched.append((tuple(events), audience))
