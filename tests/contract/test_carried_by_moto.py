"""Every carrier from the dispatcher to the devices, by the requests and answers of SQS and SNS."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from moto import mock_aws

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import PAGES_MAX, Audience, Members
from chirrup.domain.connections import Connection
from chirrup.domain.events import Event, MessageCreated, ReceiptRead, Typing
from chirrup.domain.ids import Conversation, parse_conversation_id
from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher
from chirrup.push.pusher import Pusher
from chirrup.transport.queue.fanout import Fanout
from local.places import REGION
from tests.contract.delivering import Delivery, Told, enrol, names
from tests.contract.entries import message
from tests.contract.stores import fake_stores
from tests.fakes import FakeClock, FakeGateway
from tests.support.aws_carrying import AwsCarrying
from tests.support.carrying import CARRYING

CHAT: Conversation = parse_conversation_id("p_alice~bob")
BOTH = Audience(("alice", "bob"))


class Line(Delivery):
    """A dispatcher and devices, with moto between them."""

    def __init__(self, mode: str) -> None:
        stores, gateway, clock = fake_stores(), FakeGateway(), FakeClock()
        told = Told("local", stores.connections, stores.rosters, gateway, clock)
        super().__init__(told, stores, gateway, clock)
        self.mode = mode
        self.carrying = AwsCarrying.of(mode, clock)
        pusher = Pusher(
            connections=stores.connections,
            rosters=stores.rosters,
            gateway=gateway,
            clock=clock,
            side_by_side=one_by_one,
        )
        self.fanout = Fanout(pusher=pusher, clock=clock)
        self._dispatcher = QueueDispatcher(
            carrier=self.carrying.carrier,
            inline=LocalDispatcher(pusher=pusher, clock=clock),
            inline_limit=0,
            clock=clock,
        )

    def hand_over(self, events: Sequence[Event], audience: Audience = BOTH) -> None:
        """Dispatch, and leave it to the carrier."""
        self.clock.advance(1)
        self._dispatcher.dispatch(events, audience)

    def work_off(self) -> None:
        """Let the fan-out do what waits."""
        self.carrying.run(self.fanout)

    def frames(self, connection: Connection) -> int:
        """How many frames a socket has received."""
        return len(self.gateway.frames.get(connection.id, []))


@pytest.fixture(params=CARRYING)
def line(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Each send mode that has a carrier."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        yield Line(request.param)


def created(seq: int, words: str = "hello") -> MessageCreated:
    return MessageCreated(message(CHAT, seq, content={"text": words}))


def test_every_event_reaches_every_device_but_the_one_that_caused_it(line: Line) -> None:
    phone, laptop = line.connect("alice", "phone"), line.connect("alice", "laptop")
    tablet = line.connect("bob", "tablet")
    audience = Audience(BOTH.user_ids, but_connection=phone.id, muted=("bob",))
    line.hand_over([created(1), ReceiptRead(CHAT.id, "alice", 1)], audience)
    line.work_off()
    expected = [("message.created", 1), ("receipt.read", None)]
    assert line.events(phone) == []
    assert names(line.events(laptop)) == names(line.events(tablet)) == expected
    assert [event.get("muted") for event in line.events(tablet)] == [True, None]
    assert line.carrying.dead == []


AWKWARD = {
    "characters that XML has not": "\ufffe\uffff and \x00\x01\x08\x0b\x0c\x1f\x7f",
    "ends of lines": "a\rb\nc\r\nd\te\u0085f\u2028g",
    "what XML takes for its own": "<a b='c'>&amp;]]>\"</a>",
    "16 KB of Chinese": "\u4e2d" * 5_400,
    "16 KB of emoji": "\U0001f600" * 4_000,
    "what JSON escapes twice": '"\\' * 4_000,
}


@pytest.mark.parametrize("words", AWKWARD.values(), ids=AWKWARD)
def test_any_text_arrives_as_it_was_sent(line: Line, words: str) -> None:
    phone = line.connect("bob", "phone")
    line.hand_over([created(1, words)])
    line.work_off()
    assert [event["message"]["content"]["text"] for event in line.events(phone)] == [words]


def test_ten_pages_of_a_large_message_reach_2500_members_once_each(line: Line) -> None:
    """Together they are more than one request to SNS may hold."""
    members = [f"user{number}" for number in range(2_500)]
    enrol(line.stores, "g_1", dict.fromkeys(members, 1))
    online = [line.connect(user, "phone") for user in members]
    event = MessageCreated(
        message(CHAT, 4, conversation_id="g_1", content={"text": "\u4e2d" * 10_000})
    )
    line.hand_over([event], Audience(members=Members("g_1", 1, 4, size=9_500)))
    line.work_off()
    assert all(names(line.events(one)) == [("message.created", 4)] for one in online)
    assert line.carrying.dead == []


def test_everybody_online_is_reached_once_page_by_page(line: Line) -> None:
    online = [line.connect(f"user{number}", "phone") for number in range(150)]
    sender = line.connect("alice", "phone")
    line.hand_over([Typing("u_all", "alice")], Audience(everyone=True, but_user="alice"))
    line.work_off()
    assert all(len(line.events(one)) == 1 for one in online)
    assert line.events(sender) == []
    jobs = PAGES_MAX if line.mode == "redis" else 1
    assert len(line.carrying.answers) >= jobs


def test_what_waits_for_a_device_comes_in_the_order_of_seqs_in_the_frames_of_its_batch(
    line: Line,
) -> None:
    phone = line.connect("bob", "phone")
    for seq in (2, 1, 4, 3, *range(5, 21)):
        line.hand_over([created(seq)])
    line.work_off()
    seqs = [event["seq"] for event in line.events(phone)]
    calls = {"redis": 20, "rocketmq": 2, "kafka": 1, "rabbitmq": 2}[line.mode]
    assert line.frames(phone) == calls
    assert sorted(seqs) == list(range(1, 21))
    if line.mode == "kafka":
        assert seqs == sorted(seqs)


def test_who_is_typing_is_told_where_it_was(line: Line) -> None:
    phone = line.connect("bob", "phone")
    for event in (created(1), Typing(CHAT.id, "alice"), created(2)):
        line.hand_over([event])
    line.work_off()
    if line.mode != "redis":
        told = [("message.created", 1), ("typing", None), ("message.created", 2)]
        assert names(line.events(phone)) == told
    assert len(line.events(phone)) == 3


def test_a_job_that_is_brought_twice_is_told_and_is_no_error(line: Line) -> None:
    phone = line.connect("bob", "phone")
    line.hand_over([created(1)])
    # The first call's answer is lost, so that all of it comes again.
    handle = line.fanout.handle

    class Lost(Fanout):
        def handle(self, event: Any, remaining_ms: int) -> Any:
            answer = handle(event, remaining_ms)
            failures = [{"itemIdentifier": one.get("messageId")} for one in event["Records"]]
            return answer | {"batchItemFailures": failures}

    lost = Lost(pusher=line.fanout._pusher, clock=line.clock)
    for url in line.carrying.urls:
        line.carrying.call(lost, url)
    line.work_off()
    assert {event["seq"] for event in line.events(phone)} == {1}
    assert line.carrying.dead == []


POISON = ["{", '{"v":1,"events":', json.dumps({"v": 99}), json.dumps({"v": 1, "at": 1e999})]


def test_poison_ends_as_a_dead_letter_and_stops_nobody(line: Line) -> None:
    phone = line.connect("bob", "phone")
    for seq, body in enumerate(POISON, 1):
        line.carrying.put(0, body)
        line.hand_over([created(seq)])
    line.work_off()
    assert {event["seq"] for event in line.events(phone)} == {1, 2, 3, 4}
    seen = [
        json.loads(one)["Message"] if line.mode == "redis" else one for one in line.carrying.dead
    ]
    assert sorted(seen) == sorted(POISON)
