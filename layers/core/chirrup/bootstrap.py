"""The composition root: the only place that makes real adapters. Each is made once, at first use.

Imports stand inside the builders, so that a function loads just what it needs.
"""

import gc
from functools import cache
from typing import TYPE_CHECKING

from chirrup.clock import SystemClock
from chirrup.observability import LEVELS, configure
from chirrup.settings import Settings, from_environment

if TYPE_CHECKING:
    from chirrup.domain.events import Event
    from chirrup.ports import (
        Connections,
        Conversations,
        Gateway,
        Identity,
        Presence,
        Tickets,
        Timeline,
        Users,
    )
    from chirrup.service.devices import Devices
    from chirrup.service.farewell import Farewell
    from chirrup.service.presence import PresenceService
    from chirrup.service.sessions import Admission, Forgetting, Sessions, TicketOffice
    from chirrup.service.users import UserService
    from chirrup.storage.dynamo import Dynamo
    from chirrup.storage.records import DynamoRecords
    from chirrup.transport.friends import Friendship
    from chirrup.transport.groups import Groups
    from chirrup.transport.rooms import Rooms
    from chirrup.transport.services import Messaging

# What is loaded at the start is no garbage; looking through it again and again took a tenth of the
# start. Later, too, a collection for each 50,000 objects is often enough: most go by themselves.
gc.set_threshold(50_000, 10, 10)

DAY_S = 24 * 60 * 60
TABLES = {
    "messages": "MESSAGES_TABLE",
    "conversations": "CONVERSATIONS_TABLE",
    "users": "USERS_TABLE",
    "connections": "CONNECTIONS_TABLE",
    "catalog": "CATALOG_TABLE",
}
"""Environment variable by logical name of the table."""


@cache
def settings() -> Settings:
    """The environment of this process; whoever asks for it first starts the logs."""
    found = from_environment()
    configure(found.choice("LOG_LEVEL", *LEVELS) if found.optional("LOG_LEVEL") else "INFO")
    return found


@cache
def clock() -> SystemClock:
    """The real clock."""
    return SystemClock()


@cache
def dynamo() -> "Dynamo":
    """The client for the tables that this function was given."""
    from chirrup.storage.dynamo import Dynamo

    given = {name: settings().optional(variable) for name, variable in TABLES.items()}
    return Dynamo({name: table for name, table in given.items() if table})


@cache
def connections() -> "Connections":
    """Who is connected."""
    from chirrup.storage.connections import DynamoConnections

    return DynamoConnections(dynamo())


@cache
def users() -> "Users":
    """Profiles."""
    from chirrup.storage.users import DynamoUsers

    return DynamoUsers(dynamo())


@cache
def presence() -> "Presence":
    """When users were seen last."""
    from chirrup.storage.presence import DynamoPresence

    return DynamoPresence(dynamo())


@cache
def gateway() -> "Gateway":
    """The server side of WebSockets."""
    from chirrup.push.gateway import ConnectionsApi
    from chirrup.push.sigv4 import Credentials

    env = settings()
    credentials = Credentials(
        env.text("AWS_ACCESS_KEY_ID"),
        env.text("AWS_SECRET_ACCESS_KEY"),
        env.optional("AWS_SESSION_TOKEN"),
    )
    return ConnectionsApi(env.connections_url(), credentials, env.text("AWS_REGION"), clock())


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
    from chirrup.service.users import UserService

    return UserService(users=users(), clock=clock())


@cache
def timeline() -> "Timeline":
    """Entries."""
    from chirrup.storage.messages import DynamoTimeline

    return DynamoTimeline(dynamo(), retention_s=_retention_s())


@cache
def conversations() -> "Conversations":
    """Heads, members and settings."""
    from chirrup.concurrency import side_by_side
    from chirrup.storage.conversations import DynamoConversations

    return DynamoConversations(dynamo(), side_by_side)


@cache
def records() -> "DynamoRecords":
    """Records, commits and rosters."""
    from chirrup.storage.records import DynamoRecords

    return DynamoRecords(dynamo(), retention_s=_retention_s())


@cache
def friendship() -> "Friendship":
    """Friends, requests for friendship, and blocks."""
    from chirrup.transport.friends import friendship

    return friendship(
        conversations=conversations(),
        records=records(),
        users=users(),
        committing=messaging().committing,
        clock=clock(),
        auto_accept=settings().choice("AUTO_ACCEPT_FRIENDS", "true", "false") == "true",
    )


@cache
def messaging() -> "Messaging":
    """Everything about conversations and messages."""
    from chirrup.concurrency import side_by_side
    from chirrup.push.dispatchers import LocalDispatcher
    from chirrup.push.pusher import Pusher
    from chirrup.transport.services import messaging

    settings().choice("SEND_MODE", "local")
    pusher = Pusher(
        connections=connections(),
        rosters=records(),
        gateway=gateway(),
        clock=clock(),
        side_by_side=side_by_side,
    )
    return messaging(
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        dispatcher=LocalDispatcher(pusher),
        clock=clock(),
        side_by_side=side_by_side,
        friends_only=_friends_only(),
    )


@cache
def _farewell() -> "Farewell":
    from chirrup.service.farewell import Farewell

    return Farewell(gateway=gateway(), encode=_encode_event)


@cache
def groups() -> "Groups":
    """Everything about groups, beside what is written in them."""
    from chirrup.domain.groups import History
    from chirrup.transport.groups import groups

    env = settings()
    return groups(
        conversations=conversations(),
        records=records(),
        users=users(),
        committing=messaging().committing,
        clock=clock(),
        friends_only=_friends_only(),
        members_max=env.number("GROUP_MAX_MEMBERS"),
        history=History(env.choice("HISTORY_VISIBLE", *History)),
    )


@cache
def rooms() -> "Rooms":
    """Members, pins, announcements."""
    from chirrup.transport.rooms import rooms

    return rooms(
        messaging(),
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        users=users(),
        friends_only=_friends_only(),
    )


def _retention_s() -> int:
    return settings().number("RETENTION_DAYS") * DAY_S


def _friends_only() -> bool:
    return settings().choice("PRIVATE_CHAT_POLICY", "open", "friends") == "friends"


def _encode_event(event: "Event") -> bytes:
    """Loads the wire models only when a socket is closed, which few connects do."""
    from chirrup.push.pusher import encode_event

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
