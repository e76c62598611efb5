"""A world to measure in: tables on moto, the real services, no network."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from moto import mock_aws

from benchmarks.meter import Meter
from chirrup.domain.audiences import Audience
from chirrup.domain.connections import Connection
from chirrup.domain.events import Event
from chirrup.ports import Profile
from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.dispatchers import LocalDispatcher
from chirrup.push.pusher import Pusher
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.conversations import DynamoConversations
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.messages import DynamoTimeline
from chirrup.storage.models import (
    CatalogRecordItem,
    ConnectionsItem,
    EntryItem,
    MemberItem,
    ProfileItem,
)
from chirrup.storage.records import DynamoRecords
from chirrup.storage.rosters import DynamoRosters
from chirrup.storage.users import DynamoUsers
from chirrup.transport.screening import screening
from chirrup.transport.services import Messaging, messaging
from chirrup.transport.words import opener
from chirrup.words.automaton import Automaton
from tests.support.composing import only_texts

TABLES = ("messages", "conversations", "users", "connections", "catalog")


class SwiftClock:
    """Implements `ports.Clock`: half a second passes between two looks, so nobody meets a limit."""

    def __init__(self) -> None:
        self._now = 1_790_000_000_000

    def now(self) -> int:
        """Milliseconds since the epoch."""
        self._now += 500
        return self._now

    def pause(self, ms: float) -> None:
        """Pass the time."""
        self._now += int(ms)


class SilentGateway:
    """Implements `ports.fanout.Gateway` without a network."""

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """Take all of them."""
        return [Outcome.PUSHED] * len(parcels)


class StillClock(SwiftClock):
    """No time passes: the look which list of words is in force, once in 30 s, is told apart."""

    def now(self) -> int:
        """Always the same."""
        return 1_790_000_000_000


class NoObjects:
    """Implements `ports.objects.Objects`: a bucket that holds nothing."""

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Keep nothing."""

    def get(self, key: str) -> bytes | None:
        """Find nothing."""
        return None

    def delete(self, key: str) -> None:
        """Have nothing to delete."""


class Switched:
    """Implements `ports.Dispatcher`; what it hands on to may be switched off."""

    def __init__(self, inner: LocalDispatcher) -> None:
        self.on = True
        self._inner = inner

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        if self.on:
            self._inner.dispatch(events, audience)


@dataclass
class World:
    """The services over metered tables."""

    meter: Meter
    users: DynamoUsers
    connections: DynamoConnections
    records: DynamoRecords
    dispatcher: "Switched"
    messaging: Messaging

    @contextmanager
    def only_dispatched(self) -> Iterator[None]:
        """Hand events over and push none, as a function does that leaves this to a queue."""
        self.dispatcher.on = False
        yield
        self.dispatcher.on = True

    def add_user(self, user_id: str) -> None:
        """A user with one open socket."""
        self.users.ensure(Profile(user_id, user_id))
        now = 1_790_000_000_000
        self.connections.add(
            user_id, Connection(f"c-{user_id}=", now + 360_000_000, now, f"phone of {user_id}")
        )


@contextmanager
def world() -> Iterator[World]:
    """Tables from the models, and everything on top of them."""
    with mock_aws():
        _make_tables()
        dynamo = Dynamo({name: name for name in TABLES}, region="us-east-1")
        meter = Meter(dynamo)
        clock = SwiftClock()
        connections, records = DynamoConnections(dynamo), DynamoRecords(dynamo)
        pusher = Pusher(
            connections=connections,
            rosters=DynamoRosters(dynamo),
            gateway=SilentGateway(),
            clock=clock,
            side_by_side=meter.side_by_side,
        )
        dispatcher = Switched(LocalDispatcher(pusher=pusher, clock=clock))
        yield World(
            meter=meter,
            records=records,
            dispatcher=dispatcher,
            users=DynamoUsers(dynamo),
            connections=connections,
            messaging=messaging(
                timeline=DynamoTimeline(dynamo),
                conversations=DynamoConversations(dynamo, meter.side_by_side),
                records=records,
                dispatcher=dispatcher,
                screening=screening(
                    records=records,
                    objects=NoObjects(),
                    open_list=opener(records=records, clock=clock, compile_=Automaton),
                    clock=StillClock(),
                    side_by_side=meter.side_by_side,
                ),
                clock=clock,
                side_by_side=meter.side_by_side,
                composing=only_texts,
                friends_only=False,
            ),
        )


def _make_tables() -> None:
    for model in (EntryItem, MemberItem, ProfileItem, ConnectionsItem, CatalogRecordItem):
        model.create_table(billing_mode="PAY_PER_REQUEST")
