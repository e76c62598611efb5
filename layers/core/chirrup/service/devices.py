"""Devices: what a user has open, and ending it from elsewhere."""

from collections.abc import Sequence

from chirrup.domain.connections import Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import SessionClosing
from chirrup.ports import Clock, Connections
from chirrup.service.actor import Actor
from chirrup.service.farewell import Farewell


class Devices:
    """Lists and ends the sessions of a user's own devices."""

    def __init__(self, *, connections: Connections, farewell: Farewell, clock: Clock) -> None:
        self._connections = connections
        self._farewell = farewell
        self._clock = clock

    def list(self, actor: Actor) -> Sequence[Connection]:
        """The sockets that have not outlived their token, newest first."""
        now = self._clock.now()
        living = [one for one in self._of(actor) if one.expires_at > now]
        return sorted(living, key=lambda one: (one.connected_at, one.id), reverse=True)

    def end(self, actor: Actor, device: str) -> None:
        """End a device's session; it may open a new one with a token that is still good.

        Raises:
            ChirrupError: `not_found` when the user has no such device open.
        """
        ending = [one for one in self._of(actor) if one.device == device]
        if not ending:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        self._end(actor, ending)

    def end_all(self, actor: Actor) -> None:
        """End the sessions of all devices."""
        self._end(actor, self._of(actor))

    def _of(self, actor: Actor) -> Sequence[Connection]:
        """Read consistently: a socket that was opened a moment ago must not escape its end."""
        return self._connections.of([actor.user_id], consistent=True).get(actor.user_id, [])

    def _end(self, actor: Actor, ending: Sequence[Connection]) -> None:
        """Close, then forget: should this break off in between, it can be done again."""
        for connection in ending:
            self._farewell.close(connection.id, SessionClosing("ended"))
        self._connections.remove(actor.user_id, ending)
