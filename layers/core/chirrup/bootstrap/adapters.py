"""What implements the ports: settings, the clock, the tables, the gateway."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.clock import SystemClock
from chirrup.observability import LEVELS, configure
from chirrup.settings import Settings, from_environment

if TYPE_CHECKING:
    from chirrup.ports import Connections, Presence, Users
    from chirrup.ports.conversations import Conversations
    from chirrup.ports.objects import Objects
    from chirrup.ports.timelines import Timeline
    from chirrup.storage.dynamo import Dynamo
    from chirrup.storage.records import DynamoRecords

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
    """Records and commits."""
    from chirrup.storage.records import DynamoRecords

    return DynamoRecords(dynamo(), retention_s=_retention_s())


@cache
def objects() -> "Objects":
    """The bucket."""
    from chirrup.storage.objects import S3Objects, client

    return S3Objects(client(dynamo().session), settings().text("MEDIA_BUCKET"))


def _retention_s() -> int:
    return settings().number("RETENTION_DAYS") * DAY_S
