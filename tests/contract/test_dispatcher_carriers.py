"""Dispatcher: what a carrier between the sender and the fan-out must not change."""

import time

import pytest

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated, Typing
from chirrup.domain.ids import Conversation
from chirrup.domain.jobs import Job
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.rosters import DynamoRosters
from tests.contract.conftest import client
from tests.contract.delivering import MODES, Delivery, Told, enrol
from tests.contract.entries import message
from tests.fakes import FakeClock, FakeGateway
from tests.fakes.queues import Broken
from tests.support.carrying import CARRYING
from tests.support.wire import Wire, refused


def test_what_waits_for_one_device_shares_frames_in_the_order_of_seqs(
    delivery: Delivery, private: Conversation
) -> None:
    phone = delivery.connect(private.users[1], "phone")
    if delivery.dispatcher.carrying:
        # A batch in which everything comes the wrong way round, and twice.
        delivery.dispatcher.carrying.shuffle = lambda waiting: [*reversed(waiting), *waiting]
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
    enrol(delivery.stores, group, dict.fromkeys(members, 1))
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
