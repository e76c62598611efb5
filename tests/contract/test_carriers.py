"""Carriers: the same requests to SQS and SNS in memory and to moto's, with the same effect."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.session import get_session
from moto import mock_aws

from chirrup.domain.audiences import Audience, Members, Page
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.jobs import Job, Told
from chirrup.push.batches import BATCH, ROUNDS
from chirrup.push.carriers import OrderedQueue, Shards, Topic, client, kind_of
from local.places import REGION
from tests.fakes import FakeClock
from tests.fakes.queues import FakeSns, FakeSqs
from tests.support.carrying import KINDS

TOPIC = "arn:aws:sns:us-east-1:123456789012:jobs"
LARGE = 40_000
"""Characters of a job of which six pass what SNS takes at once."""


@dataclass
class Backend:
    """SQS and SNS, real or not.

    Attributes:
        sqs: Takes `send_message_batch`.
        sns: Takes `publish_batch`.
        queue: Makes a queue, by name; its URL.
        topic: Makes a topic with a queue for each kind; its ARN, and their URLs.
        taken: The bodies and groups of what waits in a queue.
    """

    sqs: Any
    sns: Any
    queue: Callable[[str], str]
    topic: Callable[[], tuple[str, dict[str, str]]]
    taken: Callable[[str], list[tuple[str, str | None]]]


def _fake() -> Backend:
    sqs = FakeSqs()
    wanted: dict[str, set[str] | None] = {**KINDS}
    return Backend(
        sqs,
        FakeSns(sqs, wanted),
        queue=lambda name: name,
        topic=lambda: (TOPIC, {kind: kind for kind in KINDS}),
        taken=lambda url: [(one.body, one.group) for one in sqs.queues.pop(url, [])],
    )


def _moto() -> Backend:
    sqs = boto3.client("sqs", region_name=REGION)
    sns = boto3.client("sns", region_name=REGION)

    def queue(name: str) -> str:
        fifo = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        url: str = sqs.create_queue(QueueName=name, Attributes=fifo)["QueueUrl"]
        return url

    def topic() -> tuple[str, dict[str, str]]:
        arn = sns.create_topic(Name="jobs")["TopicArn"]
        urls = {kind: queue(kind) for kind in KINDS}
        for kind, url in urls.items():
            which = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
            sns.subscribe(
                TopicArn=arn,
                Protocol="sqs",
                Endpoint=which["Attributes"]["QueueArn"],
                Attributes={
                    "RawMessageDelivery": "true",
                    "FilterPolicy": json.dumps({"kind": sorted(KINDS[kind])}),
                },
            )
        return arn, urls

    def taken(url: str) -> list[tuple[str, str | None]]:
        found: list[tuple[str, str | None]] = []
        while messages := sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]
        ).get("Messages"):
            found += [(m["Body"], m["Attributes"].get("MessageGroupId")) for m in messages]
            for message in messages:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    session = get_session()
    made = client("sqs", session), client("sns", session)
    return Backend(*made, queue, topic, taken)


@pytest.fixture(params=["fake", "moto"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Backend]:
    """SQS and SNS under test."""
    if request.param == "fake":
        yield _fake()
        return
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        yield _moto()


def job(number: int, conversation_id: str = "g_1", page: Page | None = None, size: int = 3) -> Job:
    """A job like no other."""
    audience = Audience(members=Members(conversation_id, 1, number), page=page or Page(0, 1))
    return Job((Told(_text(size), conversation_id, number),), audience, number)


def _text(size: int) -> str:
    return json.dumps({"text": "x" * size})


def test_a_fifo_queue_keeps_a_lane_in_order_and_lanes_apart(backend: Backend) -> None:
    url = backend.queue("jobs.fifo")
    carrier = OrderedQueue(backend.sqs, url, FakeClock())
    jobs = [job(number, f"g_{number % 2}") for number in range(25)]
    carrier.carry(jobs)
    found = backend.taken(url)
    groups = {group for _, group in found}
    assert len(groups) == 2
    for group in groups:
        mine = [Job.decode(body) for body, one in found if one == group]
        assert mine == [one for one in jobs if one.conversation_id == mine[0].conversation_id]


def test_a_repeated_request_to_a_fifo_queue_is_carried_once(backend: Backend) -> None:
    url = backend.queue("jobs.fifo")
    carrier = OrderedQueue(backend.sqs, url, FakeClock())
    for _ in range(2):
        carrier.carry([job(1)])
    assert len(backend.taken(url)) == 1


def test_a_conversation_stays_in_its_shard_and_pages_are_spread(backend: Backend) -> None:
    urls = [backend.queue(f"shard-{number}") for number in range(4)]
    carrier = Shards(backend.sqs, urls, FakeClock())
    carrier.carry([job(number) for number in range(12)])
    held = Counter({url: len(backend.taken(url)) for url in urls})
    assert sorted(held.values()) == [0, 0, 0, 12]
    carrier.carry([job(1, page=Page(number, 64)) for number in range(64)])
    held = Counter({url: len(backend.taken(url)) for url in urls})
    assert sum(held.values()) == 64
    assert min(held.values()) >= 6


def test_a_topic_brings_each_kind_to_its_queue(backend: Backend) -> None:
    arn, urls = backend.topic()
    carrier = Topic(backend.sns, arn, FakeClock())
    places = ("p_a~b", "s_a", "u_a", "g_1", "c_news", "call_1", "")
    carrier.carry([job(number, place) for number, place in enumerate(places)])
    found = {kind: len(backend.taken(url)) for kind, url in urls.items()}
    assert found == {"private": 4, "group": 1, "channel": 1, "call": 1}


def test_jobs_come_out_as_they_went_in_however_large_and_many(backend: Backend) -> None:
    arn, urls = backend.topic()
    jobs = [job(number, size=LARGE) for number in range(12)]
    Topic(backend.sns, arn, FakeClock()).carry(jobs)
    found = [Job.decode(body) for body, _ in backend.taken(urls["group"])]
    assert sorted(one.at for one in found) == list(range(12))
    assert all(one.events[0].text == _text(LARGE) for one in found)


def test_what_is_too_much_for_one_request_is_refused_here_as_there(backend: Backend) -> None:
    url = backend.queue("plain")
    entries = [{"Id": str(number), "MessageBody": "x"} for number in range(BATCH + 1)]
    with pytest.raises(ClientError):
        backend.sqs.send_message_batch(QueueUrl=url, Entries=entries)


def test_the_kind_is_that_of_the_conversation() -> None:
    assert [kind_of(id_) for id_ in ("p_a~b", "g_1", "x_1")] == ["private", "group", "private"]


def test_what_was_not_taken_is_sent_again_and_nothing_else() -> None:
    sqs, clock = FakeSqs(), FakeClock()
    sqs.broken.not_taken, sqs.broken.rounds = 3, 1
    Shards(sqs, ["one"], clock).carry([job(number) for number in range(10)])
    assert sqs.requests == [10, 3]
    assert len(sqs.queues["one"]) == 10
    assert len(clock.pauses) == 1


@pytest.mark.parametrize("error", [None, "ThrottlingException", "AccessDenied", "KmsDisabled"])
def test_what_is_not_taken_in_the_end_is_said(error: str | None) -> None:
    sqs, clock = FakeSqs(), FakeClock()
    sqs.broken.error, sqs.broken.not_taken, sqs.broken.rounds = error, 1, 99
    with pytest.raises(ChirrupError) as refusal:
        OrderedQueue(sqs, "jobs.fifo", clock).carry([job(1)])
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE
    assert len(sqs.requests) == (0 if error else ROUNDS)
