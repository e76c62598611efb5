"""Dispatcher: what a stored event's way to the devices must do in every send mode.

What follows holds for all modes, on every store.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import Event, MessageCreated, ReceiptRead, Typing
from chirrup.domain.ids import Conversation
from chirrup.domain.jobs import Job
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Clock, Connections, Dispatcher
from chirrup.ports.fanout import Gateway, Rosters
from chirrup.ports.records import Put
from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher
from chirrup.push.pusher import Pusher
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.rosters import DynamoRosters
from chirrup.transport.queue.fanout import Fanout
from tests.contract.conftest import client
from tests.contract.entries import message
from tests.contract.stores import Stores
from tests.fakes import FakeClock, FakeGateway
from tests.fakes.queues import Broken
from tests.support.carrying import CARRYING, Carrying
from tests.support.wire import Wire, refused

FRAME_MAX = 32 * 1024


MODES = ("local", *CARRYING, *(f"{mode}, inline" for mode in CARRYING))
"""Every send mode; those with a carrier once through it and once without."""


class Told:
    """The dispatcher of a mode; when it returns, the fan-out has worked off what was carried.

    Implements `ports.Dispatcher`.
    """

    def __init__(
        self, mode: str, connections: Connections, rosters: Rosters, gateway: Gateway, clock: Clock
    ) -> None:
        pusher = Pusher(
            connections=connections,
            rosters=rosters,
            gateway=gateway,
            clock=clock,
            side_by_side=one_by_one,
        )
        self.fanout = Fanout(pusher=pusher, clock=clock)
        self._dispatcher: Dispatcher = LocalDispatcher(pusher=pusher, clock=clock)
        self.carrying: Carrying | None = None
        self.carried = False
        name, _, inline = mode.partition(", ")
        if name != "local":
            self.carrying = Carrying.of(name, clock)
            self.carried = not inline and name != "redis"
            self._dispatcher = QueueDispatcher(
                carrier=self.carrying.carrier,
                inline=LocalDispatcher(pusher=pusher, clock=clock),
                inline_limit=20 if inline else 0,
                clock=clock,
            )

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """See `ports.Dispatcher`."""
        self.hand_over(events, audience)
        self.work_off()

    def hand_over(self, events: Sequence[Event], audience: Audience) -> None:
        """Dispatch, and leave it to the carrier."""
        self._dispatcher.dispatch(events, audience)

    def work_off(self) -> None:
        """Let the fan-out do what waits."""
        if self.carrying:
            self.carrying.run(self.fanout)
            assert self.carrying.dead == []


@dataclass
class Delivery:
    """A dispatcher, and the devices at the other end."""

    dispatcher: Told
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
    dispatcher = Told(request.param, stores.connections, stores.rosters, gateway, clock)
    return Delivery(dispatcher, stores, gateway, clock)


def _enrol(stores: Stores, group: str, since: dict[str, int], *muted: str) -> None:
    """Make users members of a group, each from a seq on."""
    chunks: dict[str, dict[str, int]] = {}
    for user, first in since.items():
        chunks.setdefault(chunk_of(user), {})[user] = first
    for name, known in chunks.items():
        silent = tuple(user for user in muted if user in known)
        stores.records.commit([Put(RosterChunk(owner=group, name=name, since=known, muted=silent))])


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
    _enrol(delivery.stores, group_id, since, f"mute.{people[0]}")
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


def test_what_waits_for_one_device_shares_frames_in_the_order_of_seqs(
    delivery: Delivery, private: Conversation
) -> None:
    phone = delivery.connect(private.users[1], "phone")
    if delivery.dispatcher.carrying:
        # A batch in which everything comes the wrong way round, and twice.
        delivery.dispatcher.carrying.shuffle = lambda waiting: list(reversed(waiting))
        delivery.dispatcher.carrying.batch = 100
    for seq in (2, 1, 3, 5, 4):
        event = MessageCreated(message(private, seq))
        delivery.dispatcher.hand_over([event], Audience(private.users))
    delivery.dispatcher.work_off()
    seqs = [event["seq"] for event in delivery.events(phone)]
    carrying = delivery.dispatcher.carrying
    if carrying and delivery.dispatcher.carried:
        assert seqs == [1, 2, 3, 4, 5]
        assert len(delivery.gateway.frames[phone.id]) == 1
    else:
        assert sorted(seqs) == [1, 2, 3, 4, 5]


def test_events_of_two_conversations_share_a_frame(
    delivery: Delivery, private: Conversation
) -> None:
    alice, bob = private.users
    phone = delivery.connect(bob, "phone")
    if delivery.dispatcher.carrying:
        delivery.dispatcher.carrying.batch = 100
    other = f"p_{bob}~zoe"
    delivery.dispatcher.hand_over([Typing(private.id, alice)], Audience((bob,)))
    delivery.dispatcher.hand_over([Typing(other, "zoe")], Audience((bob,)))
    delivery.dispatcher.work_off()
    places = {event["conversation_id"] for event in delivery.events(phone)}
    assert places == {private.id, other}


@pytest.mark.parametrize("size", [99, 2_500])
@pytest.mark.parametrize("stores", ["fake"], indirect=True)
def test_a_large_group_is_reached_page_by_page_everybody_once(
    delivery: Delivery, people: tuple[str, str], size: int
) -> None:
    group = f"g_of_{people[0]}"
    members = [f"{number}.{people[0]}" for number in range(size)]
    _enrol(delivery.stores, group, dict.fromkeys(members, 1))
    online = [delivery.connect(user, "phone") for user in members[::2]]
    told = Audience(members=Members(group, 1, 4, size=size))
    delivery.dispatcher.dispatch([Typing(group, people[0])], told)
    assert all(len(delivery.events(one)) == 1 for one in online)


def test_everybody_who_is_online_can_be_told(delivery: Delivery, private: Conversation) -> None:
    sockets = [delivery.connect(user, "phone") for user in private.users]
    told = Audience(everyone=True, but_user=private.users[0])
    delivery.dispatcher.dispatch([Typing(private.id, "x")], told)
    assert delivery.events(sockets[0]) == []
    assert [one["event"] for one in delivery.events(sockets[1])] == ["typing"]


AWKWARD = {
    "no characters": "\ufffe\uffff",
    "control characters": "\x00\x07\x1f\x7f",
    "Chinese": "\u4e2d" * 5_000,
    "emoji": "\U0001f600" * 4_000,
    "quotes": '"' * 7_900,
}


@pytest.mark.parametrize("words", AWKWARD.values(), ids=AWKWARD)
def test_any_text_is_carried_as_it_is(
    delivery: Delivery, private: Conversation, words: str
) -> None:
    phone = delivery.connect(private.users[1], "phone")
    event = MessageCreated(message(private, 1, content={"text": words}))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert delivery.events(phone)[0]["message"]["content"] == {"text": words}


def _refusing(mode: str) -> tuple[Told, Broken | None]:
    dynamo = client(None)
    Wire(refused("ServiceUnavailable", 503)).under(dynamo)
    connections, rosters = DynamoConnections(dynamo), DynamoRosters(dynamo)
    told = Told(mode, connections, rosters, FakeGateway(), FakeClock())
    return told, told.carrying.broken if told.carrying else None


@pytest.mark.parametrize("mode", MODES)
def test_what_could_not_be_handed_over_is_said(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    dispatcher, broken = _refusing(mode)
    if broken:
        broken.error = "InternalError"
    with pytest.raises(ChirrupError) as refusal:
        dispatcher.hand_over([Typing("p_alice~bob", "alice")], Audience(("bob",)))
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE


@pytest.mark.parametrize("mode", CARRYING)
def test_a_job_whose_recipients_cannot_be_found_is_kept(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    dispatcher, _ = _refusing(mode)
    dispatcher.hand_over([Typing("p_alice~bob", "alice")], Audience(("bob",)))
    carrying = dispatcher.carrying
    assert carrying is not None
    carrying.run(dispatcher.fanout)
    (dead,) = carrying.dead
    assert Job.decode(dead).conversation_id == "p_alice~bob"
