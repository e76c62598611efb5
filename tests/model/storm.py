"""Messages to groups while everything between the table and the devices goes wrong at random.

The tables are fakes; carrier, fan-out, pusher and HTTP client are the real ones, and the gateway
double stands at the other end of real sockets.
"""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.ids import group_id
from chirrup.domain.rights import GroupState, Role
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Profile
from chirrup.ports.records import MemberChange, Put
from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.patience import Patience
from chirrup.push.pusher import Pusher
from chirrup.push.sigv4 import Credentials
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt
from chirrup.service.senders import Draft
from chirrup.transport.queue.fanout import Fanout
from chirrup.transport.services import messaging
from tests.fakes import (
    FakeClock,
    FakeConnections,
    FakeConversations,
    FakeRecords,
    FakeRosters,
    FakeTables,
    FakeTimeline,
    FakeUsers,
)
from tests.fakes.gateway import Faults, GatewayDouble, gateway_double
from tests.fakes.gateway.signatures import Verifier
from tests.fakes.queues import Waiting
from tests.support.carrying import Carrying
from tests.support.composing import only_texts
from tests.support.words import no_words

CREDENTIALS = Credentials("AKID", "secret", "session")
BUDGET = 10_000_000


class GatewayTime:
    """The gateway lives in the time of the model; its answers take none.

    Implements `GatewayClock`.
    """

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def now(self) -> int:
        """See `GatewayClock`."""
        return self._clock.now()

    def later(self, loop: asyncio.AbstractEventLoop, ms: float, call: Callable[[], None]) -> None:
        """See `GatewayClock`."""
        loop.call_soon(call)


@dataclass
class Device:
    """A device that follows the sync rules.

    Attributes:
        cursors: The highest contiguous seq, by conversation.
        known: Texts by conversation and seq.
        pulls: How often it had to ask for what it missed.
    """

    user: str
    connection: Connection
    cursors: dict[str, int] = field(default_factory=dict)
    known: dict[str, dict[int, str]] = field(default_factory=dict)
    pulls: int = 0

    def learn(self, conversation_id: str, seq: int, text: str) -> None:
        """Take a message, and move the cursor over what is contiguous now."""
        known = self.known.setdefault(conversation_id, {})
        known.setdefault(seq, text)
        cursor = self.cursors.get(conversation_id, 1)
        while cursor + 1 in known:
            cursor += 1
        self.cursors[conversation_id] = cursor

    def hole(self, conversation_id: str) -> bool:
        """Whether something is missing below what has come."""
        return max(self.known[conversation_id]) > self.cursors[conversation_id]


class Storm:
    """Groups, their members' devices, and a fan-out that sees the worst."""

    def __init__(self, double: GatewayDouble, url: str, clock: FakeClock, random: Random) -> None:
        self.double, self.clock, self.random = double, clock, random
        self.tables = FakeTables()
        self.connections = FakeConnections(self.tables)
        self.carrying = Carrying.of("kafka", clock)
        self.carrying.shuffle = self._shuffled
        self.api = ConnectionsApi(url, CREDENTIALS, "us-east-1", clock, Patience(pause_ms=0.2))
        pusher = Pusher(
            connections=self.connections,
            rosters=FakeRosters(self.tables),
            gateway=self.api,
            clock=clock,
            side_by_side=one_by_one,
        )
        self.fanout = Fanout(pusher=pusher, clock=clock)
        self.app = messaging(
            timeline=FakeTimeline(self.tables),
            conversations=FakeConversations(self.tables),
            records=FakeRecords(self.tables),
            dispatcher=QueueDispatcher(
                carrier=self.carrying.carrier,
                inline=LocalDispatcher(pusher=pusher, clock=clock),
                inline_limit=20,
                clock=clock,
            ),
            screening=no_words(clock),
            clock=clock,
            side_by_side=one_by_one,
            composing=only_texts,
            friends_only=False,
        )
        self.groups: dict[str, list[str]] = {}
        self.devices: dict[str, Device] = {}
        self.opened: list[tuple[str, Connection]] = []
        self.doubled = 0.0

    def found(self, name: str, members: list[str]) -> None:
        """A group of these, made by the first of them."""
        id_ = group_id(members[0], name)
        self.groups[id_] = members
        users = FakeUsers(self.tables)
        for user in members:
            users.ensure(Profile(user, user))

        def build(attempt: Attempt) -> None:
            entry = attempt.grow(
                id_,
                members[0],
                "system.group_created",
                {"user_ids": members},
                lambda head, entry: Audience(members=Members(id_, head.roster, entry.seq)),
                group=GroupState(name, len(members)),
                new_roster=True,
            )
            since: dict[str, dict[str, int]] = {}
            for user in members:
                fields = {"role": Role.MEMBER, "since": entry.seq, "acl": entry.seq}
                attempt.write(MemberChange(id_, user, fields, expected={"acl": 0}))
                since.setdefault(chunk_of(user), {})[user] = entry.seq
            for chunk, those in since.items():
                attempt.write(Put(RosterChunk(owner=id_, name=chunk, since=those)))

        self.app.committing.run(build)

    def connect(self, user: str) -> None:
        """A user's device opens a socket, anew or for the first time, and syncs."""
        number = len(self.opened)
        connection = Connection(f"Conn{number:08d}=", self.clock.now() + LIFETIME_MS, number, "one")
        self.double.open(connection.id)
        self.connections.add(user, connection)
        self.opened.append((user, connection))
        device = self.devices.setdefault(user, Device(user, connection))
        device.connection = connection
        self.sync(device)

    def send(self, number: int) -> None:
        """Somebody writes to a group they are in; some jobs are carried twice."""
        id_ = self.random.choice(list(self.groups))
        user = self.random.choice(self.groups[id_])
        self.clock.advance(100)
        device = self.devices[user]
        actor = Actor(user, device.connection.id)
        before = {url: len(queue) for url, queue in self.carrying.sqs.queues.items()}
        draft = Draft(f"m-{number}", "text", {"text": f"text {number}"}, id_)
        sent = self.app.sending.send(actor, draft)
        device.learn(id_, sent.entry.seq, f"text {number}")
        if self.random.random() < self.doubled:
            for url, queue in self.carrying.sqs.queues.items():
                for job in queue[before.get(url, 0) :]:
                    self.carrying.sqs.put(url, job.body)

    def work_off(self) -> None:
        """The fan-out does what waits; then devices learn of their pushes, and come back."""
        self.carrying.run(self.fanout)
        self.double.flush()
        by_connection = {device.connection.id: device for device in self.devices.values()}
        for id_, device in by_connection.items():
            frames = self.double.frames(id_)
            for frame in frames:
                self._receive(device, frame)
            frames.clear()
            if id_ in self.double.gone_ids:
                self.connect(device.user)

    def sync(self, device: Device) -> None:
        """Ask for all that is above the cursors."""
        actor, page = Actor(device.user), None
        while True:
            found, page = self.app.reading.sync(actor, device.cursors, page, budget=BUDGET)
            for synced in found:
                id_ = synced.conversation.id
                for shown in synced.entries:
                    self._learn(device, id_, shown.entry.seq, shown.entry.content)
                while device.cursors.get(id_, 0) < synced.last_seq:
                    self._pull(device, id_)
            if page is None:
                return

    def _receive(self, device: Device, frame: bytes) -> None:
        for event in json.loads(frame)["events"]:
            conversation_id = event["conversation_id"]
            self._learn(device, conversation_id, event["seq"], event["message"]["content"])
            if device.hole(conversation_id):
                self._pull(device, conversation_id)

    def _learn(self, device: Device, conversation_id: str, seq: int, content: object) -> None:
        text = content.get("text", "") if isinstance(content, dict) else ""
        device.learn(conversation_id, seq, text)

    def _pull(self, device: Device, conversation_id: str) -> None:
        device.pulls += 1
        cursor = device.cursors.get(conversation_id, 0)
        page = self.app.reading.history(
            Actor(device.user), conversation_id, after_seq=cursor, limit=200, budget=BUDGET
        )
        for shown in page.entries:
            self._learn(device, conversation_id, shown.entry.seq, shown.entry.content)

    def _shuffled(self, waiting: list[Waiting]) -> list[Waiting]:
        return self.random.sample(waiting, len(waiting))


@contextmanager
def storm(seed: int) -> Iterator[Storm]:
    """A storm that has not begun: no faults yet."""
    clock, random = FakeClock(), Random(seed)  # noqa: S311 - repeatable, not secret
    with gateway_double(GatewayTime(clock), Verifier(*CREDENTIALS)) as (double, url):
        double.keep_requests = False
        made = Storm(double, url, clock, random)
        yield made
        made.api.close()


def faults(seed: int) -> Faults:
    """As much of everything as there may be."""
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    return Faults(
        random,
        gone=0.05,
        throttled=0.05,
        failed=0.05,
        reset=0.02,
        duplicated=0.05,
        reordered=0.05,
        slow_body=0.05,
    )
