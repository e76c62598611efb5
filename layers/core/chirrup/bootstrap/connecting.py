"""The use cases around users and their sockets."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import (
    clock,
    connections,
    dynamo,
    presence,
    settings,
    users,
)
from chirrup.bootstrap.media import attaching
from chirrup.bootstrap.screening import screening
from chirrup.bootstrap.telling import gateway

if TYPE_CHECKING:
    from chirrup.domain.events import Event
    from chirrup.ports import Identity, Tickets
    from chirrup.service.devices import Devices
    from chirrup.service.farewell import Farewell
    from chirrup.service.presence import PresenceService
    from chirrup.service.sessions import Admission, Forgetting, Sessions, TicketOffice
    from chirrup.service.users import UserService


@cache
def admission() -> "Admission":
    """Who may open a WebSocket."""
    from chirrup.identity.oidc import OidcVerifier
    from chirrup.service.sessions import Admission

    env = settings()
    tokens = OidcVerifier(
        issuer=env.text("OIDC_ISSUER"),
        audience=env.words("OIDC_AUDIENCE"),
        keys_url=env.keys_url(),
        user_claim=env.text("OIDC_USER_CLAIM"),
        clock=clock(),
    )
    return Admission(
        tokens=tokens,
        tickets=_Tickets(),
        clock=clock(),
        allowed_origins=env.words("ALLOWED_ORIGINS"),
    )


@cache
def sessions() -> "Sessions":
    """Opening and ending sessions."""
    from chirrup.service.sessions import Sessions

    return Sessions(
        connections=connections(), users=users(), presence=presence(), farewell=_farewell()
    )


@cache
def forgetting() -> "Forgetting":
    """Forgetting closed sockets."""
    from chirrup.service.sessions import Forgetting

    return Forgetting(connections=connections(), presence=presence(), clock=clock())


@cache
def devices() -> "Devices":
    """One's own devices as a use case."""
    from chirrup.service.devices import Devices

    return Devices(connections=connections(), farewell=_farewell(), clock=clock())


@cache
def presence_service() -> "PresenceService":
    """Who is online, as a use case."""
    from chirrup.service.presence import PresenceService
    from chirrup.storage.relations import DynamoRelations

    return PresenceService(
        presence=presence(),
        relations=DynamoRelations(dynamo()),
        users=users(),
        connections=connections(),
        clock=clock(),
    )


@cache
def ticket_office() -> "TicketOffice":
    """Issuing tickets."""
    from chirrup.service.sessions import TicketOffice

    return TicketOffice(tickets=_Tickets(), clock=clock())


@cache
def user_service() -> "UserService":
    """Profiles as a use case."""
    from chirrup.service.appearance import Appearance
    from chirrup.service.users import UserService

    appearance = Appearance(screening=screening(), pictures=attaching())
    return UserService(users=users(), appearance=appearance, clock=clock())


@cache
def _farewell() -> "Farewell":
    from chirrup.service.farewell import Farewell

    return Farewell(gateway=gateway(), encode=_encode_event, clock=clock())


def _encode_event(event: "Event") -> bytes:
    """Loads the wire models only when a socket is closed, which few connects do."""
    from chirrup.push.telling import encode_event

    return encode_event(event)


class _Tickets:
    """Opens DynamoDB only when a ticket is shown: most sockets are opened with a token.

    Implements `ports.Tickets`.
    """

    def issue(self, ticket_hash: str, identity: "Identity", expires_at: int) -> None:
        """See `ports.Tickets`."""
        _stored_tickets().issue(ticket_hash, identity, expires_at)

    def redeem(self, ticket_hash: str, now: int) -> "Identity | None":
        """See `ports.Tickets`."""
        return _stored_tickets().redeem(ticket_hash, now)


@cache
def _stored_tickets() -> "Tickets":
    from chirrup.storage.tickets import DynamoTickets

    return DynamoTickets(dynamo())
