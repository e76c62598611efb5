"""From the dispatcher to the devices' inboxes by a carrier, and by a fan-out that may die."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from chirrup.contracts.frames import PushEvent, event_view
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated, MessageUpdated
from chirrup.domain.rosters import CHUNKS, Roster, chunk_of
from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher
from chirrup.push.pusher import Pusher
from chirrup.transport.queue.fanout import Fanout, NotPushed
from tests.model.network import Network
from tests.model.rules import require
from tests.model.schedule import Crash
from tests.support.carrying import TIME_MS, Carrying

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chirrup.domain.audiences import Audience, Page
    from chirrup.domain.events import Event
    from tests.fakes.queues import Waiting
    from tests.model.client import Client
    from tests.model.world import World

_EVENT: TypeAdapter[PushEvent] = TypeAdapter(PushEvent)
Owed = tuple[str, int]
"""A connection, and the seq that it is to be told of."""


class Carried(Network):
    """Hands events to the real carrier of a send mode. Implements `ports.Dispatcher`.

    Attributes:
        owed: Whom handed-over jobs are to reach, as far as they are connected all the time.
        told: Whom they have reached.
    """

    def __init__(self, world: World, mode: str) -> None:
        super().__init__(world)
        self.carrying = Carrying.of(mode, world.clock)
        self.owed: set[Owed] = set()
        self.told: set[Owed] = set()
        self._causes: dict[int, set[str | None]] = {}
        sockets = Sockets(self, world)
        pusher = Pusher(
            connections=sockets,
            rosters=Rosters(world),
            gateway=Devices(self, world),
            clock=world.clock,
            side_by_side=lambda *calls: [call() for call in calls],
        )
        self._fanout = Fanout(pusher=pusher, clock=world.clock)
        self._dispatcher = QueueDispatcher(
            carrier=self.carrying.carrier,
            inline=LocalDispatcher(pusher=pusher, clock=world.clock),
            inline_limit=0,
            clock=world.clock,
        )

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`: when it returns, the carrier has the jobs."""
        request = self._begin()
        self._dispatcher.dispatch(events, audience)
        if request:
            for event in events:
                self._note(request, event_view(event), event)
        users = self._users(audience)
        seqs = [self._seq_here(event) for event in events]
        for client in self._world.clients:
            if client.connection not in (None, audience.but_connection) and client.user in users:
                assert client.connection
                self.owed |= {(client.connection, seq) for seq in seqs if seq}
        for seq in filter(None, seqs):
            self._causes.setdefault(seq, set()).add(audience.but_connection)

    def check_not_caused(self, connection: str, seq: int) -> None:
        """The connection that has sent a message gets the ack alone; a retry may come elsewhere."""
        only = self._causes.get(seq) == {connection}
        require(not only, "the cause is not told", connection=connection, seq=seq)

    def work(self) -> None:
        """The fan-out takes a batch of each queue; it may die, and see some messages again."""
        tape = self._world.tape
        self._forgive()
        for url, queue in self.carrying.sqs.queues.items():
            batch = self._batch(queue)
            if not batch:
                continue
            try:
                answer = self._fanout.handle(self.carrying.event(batch), TIME_MS)
            except (Crash, NotPushed) as end:
                self._world.schedule.trace.append(f"fanout: {type(end).__name__}")
                self._world.schedule.crashes += isinstance(end, Crash)
                continue
            failed = {one["itemIdentifier"] for one in answer["batchItemFailures"]}
            again = failed | {m.id for m in batch if tape.chance(20)}
            done = {message.id for message in batch} - again
            self.carrying.sqs.queues[url] = [one for one in queue if one.id not in done]
            self._world.schedule.trace.append(f"fanout: {len(done)} of {len(batch)} jobs")

    def _forgive(self) -> None:
        """Who is out while jobs are worked off pulls what they have missed, once in again."""
        there = {client.connection: client for client in self._world.clients}
        self.owed = {
            (connection, seq)
            for connection, seq in self.owed
            if connection in there and self._is_in(there[connection], seq)
        }

    def _batch(self, queue: list[Waiting]) -> list[Waiting]:
        """A FIFO queue gives the oldest of a lane; the others give any, in any order."""
        tape, waiting = self._world.tape, list(queue)
        count = 1 + tape.below(3) if not self._world.schedule.calm else len(waiting)
        if self.carrying.mode == "rocketmq":
            return self._oldest(waiting, count)
        if self.carrying.mode == "redis":
            count = min(count, 1)
        return [waiting.pop(tape.below(len(waiting))) for _ in range(min(count, len(waiting)))]

    def _oldest(self, waiting: list[Waiting], count: int) -> list[Waiting]:
        """A FIFO queue gives its lanes in any order, and each lane in its own."""
        batch: list[Waiting] = []
        while waiting and len(batch) < count:
            lanes = list(dict.fromkeys(message.group for message in waiting))
            lane = lanes[self._world.tape.below(len(lanes))]
            batch.append(next(message for message in waiting if message.group == lane))
            waiting.remove(batch[-1])
        return batch

    def may_die(self) -> None:
        """The worker may end here, as far as anybody sees."""
        if not self._world.schedule.calm and self._world.tape.chance(8):
            raise Crash

    def come_to_rest(self) -> None:
        """All that waits is worked off: whoever was owed something has it, or may not see it."""
        for _ in range(1_000):
            if not self.carrying.waiting:
                break
            self.work()
        require(not self.carrying.waiting, "the fan-out comes to an end")
        self._forgive()
        state = self._world.state()
        for client in self._world.clients:
            for connection, seq in self.owed - self.told:
                if connection == client.connection:
                    seen = seq in state.visible(client.user)
                    require(not seen, "what was handed over is pushed", client=client, seq=seq)

    def _is_in(self, client: Client, seq: int) -> bool:
        if not self._world.room.group:
            return True
        since = self._world.backend.roster().since.get(client.user)
        return since is not None and since <= seq

    def _seq_here(self, event: Event) -> int | None:
        match event:
            case MessageCreated(entry) if entry.conversation_id == self._world.room.id:
                return entry.seq
            case MessageUpdated(seq):
                return seq
        return None


class Devices:
    """The gateway of the model: frames go to inboxes. Implements `ports.fanout.Gateway`."""

    def __init__(self, carried: Carried, world: World) -> None:
        self._carried = carried
        self._world = world

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """See `ports.fanout.Gateway`; the worker may die between two posts, or run out of time."""
        return [self._deliver(parcel) for parcel in parcels]

    def _deliver(self, parcel: Parcel) -> Outcome:
        self._carried.may_die()
        if not self._world.schedule.calm and self._world.tape.chance(8):
            return Outcome.LATE
        found = [one for one in self._world.clients if one.connection == parcel.connection_id]
        if not found:
            return Outcome.GONE
        (client,) = found
        for frame in parcel.frames:
            for event in json.loads(frame)["events"]:
                view = _EVENT.validate_python(event, strict=False)
                if getattr(view, "conversation_id", None) == self._world.room.id:
                    self._carried.check_may_see_view(client, view)
                    client.inbox.append(view)
                    seq = event.get("seq", 0)
                    self._carried.check_not_caused(parcel.connection_id, seq)
                    self._carried.told.add((parcel.connection_id, seq))
        return Outcome.PUSHED


class Sockets:
    """Who is connected, as the table has it. Implements `ports.Connections`."""

    def __init__(self, carried: Carried, world: World) -> None:
        self._carried = carried
        self._world = world
        self._gone: set[str] = set()

    def add(self, user_id: str, connection: Connection) -> list[Connection]:
        """Nobody connects this way."""
        raise NotImplementedError

    def counted(self) -> Mapping[int, int]:
        """So few users are not remembered."""
        raise NotImplementedError

    def remove(self, user_id: str, connections: Sequence[Connection]) -> None:
        """See `ports.Connections`: of those that are not open any more."""
        self._carried.may_die()
        there = {client.connection for client in self._world.clients}
        gone = {connection.id for connection in connections}
        require(not gone & there, "only what is gone is removed", removed=gone)
        self._gone |= gone

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        """See `ports.Connections`; the first socket of a device is known for ever, if not removed.

        Raises:
            ChirrupError: `temporarily_unavailable`, now and then.
        """
        if not self._world.schedule.calm and self._world.tape.chance(8):
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        found: dict[str, list[Connection]] = {user: [] for user in user_ids}
        for client in self._world.clients:
            if client.user in found:
                ids = {f"{client.name}-0", client.connection} - {None} - self._gone
                found[client.user] += [_connection(str(id_)) for id_ in sorted(map(str, ids))]
        return found

    def scan(self, page: Page) -> Iterator[Mapping[str, Sequence[Connection]]]:
        """Nothing goes to everybody here."""
        raise NotImplementedError


class Rosters:
    """The group's roster, as it is stored. Implements `ports.fanout.Rosters`."""

    def __init__(self, world: World) -> None:
        self._world = world

    def roster(self, conversation_id: str, version: int, page: Page) -> Roster:
        """See `ports.fanout.Rosters`."""
        if conversation_id != self._world.room.id:
            return Roster({}, frozenset())
        whole = self._world.backend.roster()
        wanted = set(page.chunks(CHUNKS))
        mine = {user: seq for user, seq in whole.since.items() if int(chunk_of(user)) in wanted}
        return Roster(mine, whole.muted & mine.keys())


def _connection(id_: str) -> Connection:
    return Connection(id_, 2**62, 2**62 - LIFETIME_MS, id_)
