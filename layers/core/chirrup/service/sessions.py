"""Sessions: who may open a WebSocket, on which device, and when it ends."""

import hashlib
import secrets
from dataclasses import dataclass

from chirrup.domain.connections import LIFETIME_MS, Connection, displaced_by, overtaken
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import ClosingReason, SessionClosing
from chirrup.ports import (
    Clock,
    Connections,
    Identity,
    Presence,
    Profile,
    Tickets,
    TokenVerifier,
    Users,
)
from chirrup.service.actor import Actor
from chirrup.service.farewell import Farewell

TICKET_MS = 60_000
"""A ticket's life."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as its user gets it, once; only its hash is stored."""

    ticket: str
    expires_at: int


class Admission:
    """Decides who may open a WebSocket."""

    def __init__(
        self,
        *,
        tokens: TokenVerifier,
        tickets: Tickets,
        clock: Clock,
        allowed_origins: frozenset[str],
    ) -> None:
        self._tokens = tokens
        self._tickets = tickets
        self._clock = clock
        self._allowed_origins = allowed_origins

    def admit(self, *, token: str | None, ticket: str | None, origin: str | None) -> Identity:
        """Who opens the socket.

        Args:
            token: From the Authorization header.
            ticket: From the URL; used up by this call.
            origin: What a browser says; native clients say nothing.

        Raises:
            ChirrupError: `forbidden` for a foreign Origin; `unauthenticated` for anything that
                is not exactly one valid token or ticket.
        """
        if origin and "*" not in self._allowed_origins and origin not in self._allowed_origins:
            raise ChirrupError(ErrorCode.FORBIDDEN)
        if (token is None) == (ticket is None):
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        if token is not None:
            return self._tokens.verify(token)
        now = self._clock.now()
        identity = self._tickets.redeem(_hash(ticket or ""), now)
        if identity is None or identity.expires_at <= now:
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        return identity


class TicketOffice:
    """Issues tickets to those who have a token already."""

    def __init__(self, *, tickets: Tickets, clock: Clock) -> None:
        self._tickets = tickets
        self._clock = clock

    def issue(self, identity: Identity) -> Ticket:
        """A single-use ticket, good for 60 s and never longer than the token."""
        ticket = secrets.token_urlsafe(32)
        expires_at = min(self._clock.now() + TICKET_MS, identity.expires_at)
        self._tickets.issue(_hash(ticket), identity, expires_at)
        return Ticket(ticket, expires_at)


class Forgetting:
    """Forgets sockets that have closed."""

    def __init__(self, *, connections: Connections, presence: Presence, clock: Clock) -> None:
        self._connections = connections
        self._presence = presence
        self._clock = clock

    def close(self, user_id: str, connection: Connection) -> None:
        """Forget a socket that was closed: this one only, whatever newer one there is.

        It is forgotten first, and so even if it cannot be noted when the user was there.
        """
        self._connections.remove(user_id, [connection])
        self._presence.note(user_id, self._clock.now())


class Sessions:
    """Opens and ends the sessions of devices."""

    def __init__(
        self,
        *,
        connections: Connections,
        users: Users,
        presence: Presence,
        farewell: Farewell,
    ) -> None:
        self._connections = connections
        self._users = users
        self._presence = presence
        self._farewell = farewell

    def open(self, identity: Identity, connection: Connection) -> None:
        """Note a new socket; the device's older one, and any beyond the tenth, is closed.

        Raises:
            ChirrupError: `conflict` when the device has a newer one already.
        """
        self._users.ensure(
            Profile(
                user_id=identity.user_id,
                name=identity.name or identity.user_id,
                picture=identity.picture,
                created_at=connection.connected_at,
            )
        )
        self._presence.note(identity.user_id, connection.connected_at)
        present = self._connections.add(identity.user_id, connection)
        if overtaken(connection, present):
            self._connections.remove(identity.user_id, [connection])
            raise ChirrupError(ErrorCode.CONFLICT, reason="replaced")
        gone = displaced_by(connection, present)
        if gone:
            self._connections.remove(identity.user_id, gone)
        for old in gone:
            self._farewell.close(old.id, SessionClosing(_reason(old, connection)))

    def expire(self, actor: Actor, connection: Connection, frame: bytes) -> None:
        """End a socket whose token has ended, with a last frame that says so."""
        self._connections.remove(actor.user_id, [connection])
        self._farewell.close_with(connection.id, frame)


def lifetime_end(identity: Identity, now: int) -> int:
    """When a socket opened now must end (ms since epoch): with its token, or after two hours."""
    return min(identity.expires_at, now + LIFETIME_MS)


def _reason(old: Connection, new: Connection) -> ClosingReason:
    if old.device == new.device:
        return "replaced"
    return "expired" if old.expires_at <= new.connected_at else "too_many_devices"


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
