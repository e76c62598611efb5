"""One set of stores, whatever holds the items."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import Any, TypeVar

from chirrup.concurrency import one_by_one, side_by_side
from chirrup.ports import (
    Connections,
    Presence,
    Relations,
    Tickets,
    Users,
)
from chirrup.ports.conversations import Conversations
from chirrup.ports.fanout import Rosters
from chirrup.ports.finding import Activity, Finder
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from chirrup.storage.activity import DynamoActivity
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.conversations import DynamoConversations
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.finding import DynamoFinder
from chirrup.storage.messages import DynamoTimeline
from chirrup.storage.presence import DynamoPresence
from chirrup.storage.records import DynamoRecords
from chirrup.storage.relations import DynamoRelations
from chirrup.storage.rosters import DynamoRosters
from chirrup.storage.tickets import DynamoTickets
from chirrup.storage.users import DynamoUsers
from tests.fakes import (
    FakeActivity,
    FakeConnections,
    FakeConversations,
    FakeFinder,
    FakePresence,
    FakeRecords,
    FakeRelations,
    FakeRosters,
    FakeTables,
    FakeTickets,
    FakeTimeline,
    FakeUsers,
)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Stores:
    """Every port that stores something.

    Attributes:
        dynamo: The client behind them; None for the fakes.
        atomic: Requests may come at the same time. moto's do not lock, so there they take turns.
    """

    timeline: Timeline
    conversations: Conversations
    records: Records
    rosters: Rosters
    connections: Connections
    users: Users
    tickets: Tickets
    presence: Presence
    relations: Relations
    finder: Finder
    activity: Activity
    dynamo: Dynamo | None
    atomic: bool = True

    def each_at_once(self, call: Callable[[T], R], arguments: Iterable[T]) -> list[R]:
        """Make one call with each argument, at the same moment; their results, in order."""
        return self.at_once(*(partial(call, argument) for argument in arguments))

    def at_once(self, *calls: Callable[[], Any]) -> list[Any]:
        """Make calls at the same moment; their results, in order."""
        if not self.atomic:
            return one_by_one(*calls)
        start = Barrier(len(calls))

        def begin(call: Callable[[], Any]) -> Any:
            start.wait()
            return call()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(begin, calls))


def fake_stores() -> Stores:
    """Stores in memory."""
    tables = FakeTables()
    return Stores(
        timeline=FakeTimeline(tables),
        conversations=FakeConversations(tables),
        records=FakeRecords(tables),
        rosters=FakeRosters(tables),
        connections=FakeConnections(tables),
        users=FakeUsers(tables),
        tickets=FakeTickets(tables),
        presence=FakePresence(tables),
        relations=FakeRelations(tables),
        finder=FakeFinder(tables),
        activity=FakeActivity(tables),
        dynamo=None,
    )


def dynamo_stores(dynamo: Dynamo, *, atomic: bool = True) -> Stores:
    """Stores in DynamoDB, or what stands in for it."""
    together = side_by_side if atomic else one_by_one
    return Stores(
        timeline=DynamoTimeline(dynamo),
        conversations=DynamoConversations(dynamo, together),
        records=DynamoRecords(dynamo),
        rosters=DynamoRosters(dynamo),
        connections=DynamoConnections(dynamo),
        users=DynamoUsers(dynamo),
        tickets=DynamoTickets(dynamo),
        presence=DynamoPresence(dynamo),
        relations=DynamoRelations(dynamo),
        finder=DynamoFinder(dynamo, together),
        activity=DynamoActivity(dynamo, together),
        dynamo=dynamo,
        atomic=atomic,
    )
