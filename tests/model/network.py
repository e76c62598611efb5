"""From the dispatcher to the devices' inboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chirrup.contracts.frames import (
    MessageCreatedEvent,
    MessageUpdatedEvent,
    PushEvent,
    event_view,
)
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event, MessageCreated, MessageUpdated
from tests.model.replies import Request, check_gone
from tests.model.rules import require

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from chirrup.domain.audiences import Audience
    from tests.model.client import Client
    from tests.model.schedule import Schedule
    from tests.model.world import World


class Network:
    """Hands events to whoever is connected. Implements `ports.Dispatcher`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        world = self._world
        request = self._begin()
        users = self._users(audience)
        for event in events:
            view = event_view(event)
            if request:
                self._note(request, view, event)
            for client in world.clients:
                online = client.connection not in (None, audience.but_connection)
                ours = getattr(view, "conversation_id", None) == world.room.id
                if online and ours and client.user in users:
                    self.check_may_see_view(client, view)
                    client.inbox.append(view)

    def work(self) -> None:
        """Nothing waits where nothing carries."""

    def come_to_rest(self) -> None:
        """The same."""

    def _begin(self) -> Request | None:
        """A request hands something over: it may crash before, or be refused."""
        world, schedule = self._world, self._world.schedule
        schedule.point("dispatch")
        task = schedule.current
        request: Request | None = task.log if task else None
        if request and not schedule.calm and world.tape.chance(8):
            request.unavailable = True
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        return request

    def _users(self, audience: Audience) -> set[str]:
        """As `Pusher` finds them."""
        users = set(audience.user_ids)
        if audience.members:
            since = self._world.backend.roster().since.items()
            told = audience.members
            users |= {user for user, first in since if told.above < first <= told.seq}
        return users - {audience.but_user}

    def _note(self, request: Request, view: PushEvent, event: Event) -> None:
        check_gone(request, view)
        room = self._world.room.id
        match event:
            case MessageCreated(entry) if entry.conversation_id == room:
                request.dispatched.add(entry.seq)
            case MessageUpdated(seq):
                request.dispatched.add(seq)

    def check_may_see_view(self, client: Client, view: PushEvent) -> None:
        """What is pushed to somebody is from within their membership, with what it quotes."""
        world = self._world
        seqs: set[int] = set()
        if isinstance(view, MessageCreatedEvent | MessageUpdatedEvent):
            message = view.message
            seqs = {message.seq}
            if message.quote and message.quote.excerpt:
                seqs.add(message.quote.seq)
        visible = world.state().visible(client.user)
        require(seqs <= visible, "only members are told", user=client.user, event=view)


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
