"""Dispatcher: what a stored event's way to the devices must do in every send mode.

One line in `MODES` for each mode: what follows holds for all of them, on every store.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event, MessageCreated, ReceiptRead, Typing
from chirrup.domain.ids import Conversation
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Clock, Connections, Dispatcher
from chirrup.ports.fanout import Gateway, Rosters
from chirrup.ports.records import Put
from chirrup.push.dispatchers import LocalDispatcher
from chirrup.push.pusher import Pusher
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.rosters import DynamoRosters
from tests.contract.conftest import client
from tests.contract.entries import message
from tests.contract.stores import Stores
from tests.fakes import FakeClock, FakeGateway
from tests.support.wire import Wire, refused

FRAME_MAX = 32 * 1024


Mode = Callable[[Connections, Rosters, Gateway, Clock], Dispatcher]


def _local(
    connections: Connections, rosters: Rosters, gateway: Gateway, clock: Clock
) -> Dispatcher:
    pusher = Pusher(
        connections=connections,
        rosters=rosters,
        gateway=gateway,
        clock=clock,
        side_by_side=one_by_one,
    )
    return LocalDispatcher(pusher=pusher, clock=clock)


MODES: dict[str, Mode] = {"local": _local}


@dataclass
class Delivery:
    """A dispatcher, and the devices at the other end."""

    dispatcher: Dispatcher
    stores: Stores
    gateway: FakeGateway
    clock: FakeClock

    def connect(self, user: str, device: str) -> Connection:
        """Open a socket."""
        now = self.clock.now()
        id_ = f"{device}.{user}="
        connection = Connection(id_, now + LIFETIME_MS, now, device)
        self.stores.connections.add(user, connection)
        return connection

    def connections(self, user: str) -> list[Connection]:
        """A user's sockets."""
        return self.stores.connections.of([user]).get(user, [])

    def events(self, connection: Connection) -> list[dict[str, Any]]:
        """What a socket has received."""
        frames = self.gateway.frames.get(connection.id, [])
        assert all(len(frame) <= FRAME_MAX for frame in frames)
        pushes = [json.loads(frame) for frame in frames]
        assert all(push["type"] == "push" for push in pushes)
        return [event for push in pushes for event in push["events"]]


@pytest.fixture(params=MODES)
def delivery(request: pytest.FixtureRequest, stores: Stores) -> Delivery:
    """The dispatcher of each mode."""
    gateway, clock = FakeGateway(), FakeClock()
    dispatcher = MODES[request.param](stores.connections, stores.rosters, gateway, clock)
    return Delivery(dispatcher, stores, gateway, clock)


def _names(events: list[dict[str, Any]]) -> list[tuple[str, int | None]]:
    return [(event["event"], event.get("seq")) for event in events]


def test_every_device_of_the_audience_is_reached_but_the_one_that_knows(
    delivery: Delivery, private: Conversation
) -> None:
    alice, bob = private.users
    phone, laptop = (delivery.connect(alice, device) for device in ("phone", "laptop"))
    tablet = delivery.connect(bob, "tablet")
    stranger = delivery.connect("stranger." + bob, "phone")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users, but_connection=phone.id))
    assert delivery.events(phone) == delivery.events(stranger) == []
    assert _names(delivery.events(laptop)) == [("message.created", 1)]
    assert delivery.events(tablet) == delivery.events(laptop)


def test_events_arrive_whole_and_in_order_however_large(
    delivery: Delivery, private: Conversation
) -> None:
    phone = delivery.connect(private.users[1], "phone")
    large = {"data": "ä" * 8_000}
    events: list[Event] = [
        MessageCreated(message(private, seq, type="custom", content=large)) for seq in range(1, 6)
    ]
    events.append(ReceiptRead(private.id, private.users[0], 5))
    delivery.dispatcher.dispatch(events, Audience(private.users))
    received = delivery.events(phone)
    expected = [*(("message.created", seq) for seq in range(1, 6)), ("receipt.read", None)]
    assert _names(received) == expected
    assert all(one["message"]["content"] == large for one in received[:5])


def test_who_has_muted_the_conversation_is_told_so(
    delivery: Delivery, private: Conversation
) -> None:
    alice, bob = private.users
    one, other = delivery.connect(alice, "phone"), delivery.connect(bob, "phone")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users, muted=(bob,)))
    assert "muted" not in delivery.events(one)[0]
    assert delivery.events(other)[0]["muted"] is True


def test_the_members_of_a_group_are_reached_who_may_see_it(
    delivery: Delivery, people: tuple[str, str]
) -> None:
    group_id = f"g_of_{people[0]}"
    since = {f"{name}.{people[0]}": seq for name, seq in (("in", 1), ("new", 5), ("mute", 1))}
    for user, first in since.items():
        chunk = RosterChunk(
            owner=group_id,
            name=chunk_of(user),
            since={user: first},
            muted=(user,) if user.startswith("mute") else (),
        )
        delivery.stores.records.commit([Put(chunk)])
    phones = {user.split(".")[0]: delivery.connect(user, "phone") for user in since}
    removed = delivery.connect(people[1], "phone")
    told = Audience((people[1],), members=Members(group_id, 1, 4), but_user=f"in.{people[0]}")
    event = Typing(group_id, people[0])
    delivery.dispatcher.dispatch([event], told)
    assert delivery.events(phones["in"]) == delivery.events(phones["new"]) == []
    assert [one["event"] for one in delivery.events(phones["mute"])] == ["typing"]
    assert [one["event"] for one in delivery.events(removed)] == ["typing"]
    delivery.dispatcher.dispatch([event], Audience(members=Members(group_id, 1, 5)))
    assert len(delivery.events(phones["in"])) == len(delivery.events(phones["new"])) == 1


def test_an_audience_that_is_not_connected_is_no_error(
    delivery: Delivery, private: Conversation
) -> None:
    event = Typing(private.id, private.users[0])
    delivery.dispatcher.dispatch([event], Audience(private.users))
    delivery.dispatcher.dispatch([event], Audience(()))
    assert delivery.gateway.frames == {}


def test_a_connection_that_is_gone_is_forgotten_and_stops_no_other(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    gone, there = delivery.connect(bob, "phone"), delivery.connect(bob, "laptop")
    delivery.gateway.gone.add(gone.id)
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert len(delivery.events(there)) == 1
    assert delivery.connections(bob) == [there]


def test_a_connection_that_cannot_be_reached_now_is_kept_and_stops_no_other(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    slow, there = delivery.connect(bob, "phone"), delivery.connect(bob, "laptop")
    delivery.gateway.failing.add(slow.id)
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert delivery.events(slow) == []
    assert len(delivery.events(there)) == 1
    assert sorted(delivery.connections(bob)) == sorted([slow, there])


def test_a_connection_past_its_end_is_closed_rather_than_pushed_to(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    old = delivery.connect(bob, "phone")
    delivery.clock.time = old.expires_at
    new = delivery.connect(bob, "laptop")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert _names(delivery.events(old)) == [("session.closing", None)]
    assert delivery.gateway.closed == [old.id]
    assert delivery.connections(bob) == [new]
    assert _names(delivery.events(new)) == [("message.created", 1)]


@pytest.mark.parametrize("mode", MODES)
def test_what_could_not_be_handed_over_is_said(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    dynamo = client(None)
    Wire(refused("ServiceUnavailable", 503)).under(dynamo)
    dispatcher = MODES[mode](
        DynamoConnections(dynamo), DynamoRosters(dynamo), FakeGateway(), FakeClock()
    )
    with pytest.raises(ChirrupError) as refusal:
        dispatcher.dispatch([Typing("p_alice~bob", "alice")], Audience(("bob",)))
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE
