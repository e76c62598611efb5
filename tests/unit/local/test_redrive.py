"""Dead letters are sent again, each before it is deleted; what is no job stays."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chirrup.domain.audiences import Audience
from chirrup.domain.jobs import Job, Told
from local import redrive as module
from local.carriers import CARRIER_OF, Carriers
from local.errors import LocalError
from local.places import ROOT
from local.redrive import jobs_of, redrive, stack_of

TOLD = Told('{"event":"message.created"}', "p_alice~bob", 1)
POISON = [
    "",
    "hello",
    "5",
    "[]",
    '{"v":1}',
    '{"Message":"hello"}',
    '{"Message":{"v":1}}',
    '{"requestPayload":{"Records":[]}}',
    "[" * 100_000,
]


def _job(number: int = 1) -> str:
    return Job((TOLD,), Audience(user_ids=("bob",)), number).encode()


def _of_lambda(*jobs: str) -> str:
    """What Lambda keeps of a call that failed."""
    records = [
        {"EventSource": "aws:sns", "Sns": {"MessageId": "m", "Message": job}} for job in jobs
    ]
    return json.dumps({"requestContext": {}, "requestPayload": {"Records": records}})


def _of_sns(job: str) -> str:
    """What SNS could not deliver."""
    return json.dumps({"Type": "Notification", "MessageId": "m", "Message": job})


WRAPPED: list[Callable[[str], str]] = [str, _of_sns, _of_lambda]


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "WAIT_S", 0)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        yield


class Stack:
    """Queues, a topic with a queue to see what it was sent, and all dead letters."""

    def __init__(self) -> None:
        self.sqs = boto3.client("sqs")
        self.sns = boto3.client("sns")
        found = {name: self._queue(name) for name in (*CARRIER_OF, *CARRIER_OF.values())}
        topic = self.sns.create_topic(Name="topic")["TopicArn"]
        arn = self.sqs.get_queue_attributes(
            QueueUrl=found["BroadcastTopic"], AttributeNames=["QueueArn"]
        )["Attributes"]["QueueArn"]
        self.sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"}
        )
        self.urls = found
        self.carriers = Carriers(self.sqs, {**found, "BroadcastTopic": topic})

    def _queue(self, name: str) -> str:
        fifo = name.startswith("Ordered")
        url: str = self.sqs.create_queue(
            QueueName=f"{name}{'.fifo' if fifo else ''}",
            Attributes={"FifoQueue": "true"} if fifo else {},
        )["QueueUrl"]
        return url

    def put(self, name: str, *bodies: str, group: str = "lane") -> None:
        """Messages into a queue."""
        for number, body in enumerate(bodies):
            ordered: Any = {"MessageGroupId": group, "MessageDeduplicationId": f"{group}-{number}"}
            self.sqs.send_message(
                QueueUrl=self.urls[name],
                MessageBody=body,
                **(ordered if name.startswith("Ordered") else {}),
            )

    def bodies(self, name: str) -> list[str]:
        """All that can be received from a queue; it is deleted."""
        found = []
        while messages := self.sqs.receive_message(
            QueueUrl=self.urls[name], MaxNumberOfMessages=10
        ).get("Messages"):
            for one in messages:
                found.append(one["Body"])
                self.sqs.delete_message(
                    QueueUrl=self.urls[name], ReceiptHandle=one["ReceiptHandle"]
                )
        return found


@pytest.fixture
def stack(cloud: None) -> Stack:
    return Stack()


@pytest.mark.parametrize("name", CARRIER_OF)
@pytest.mark.parametrize("wrapped", WRAPPED)
def test_a_job_goes_back_to_where_it_came_from(
    stack: Stack, name: str, wrapped: Callable[[str], str]
) -> None:
    stack.put(name, wrapped(_job()))
    assert redrive(stack.carriers, stack.sns, name).sent == 1
    assert stack.bodies(CARRIER_OF[name]) == [_job()]
    assert stack.bodies(name) == []


@pytest.mark.parametrize("body", [body for body in POISON if body])
def test_what_is_no_job_is_named_and_stays_in_sight(stack: Stack, body: str) -> None:
    stack.put("ShardDeadLetters", body, _job())
    done = redrive(stack.carriers, stack.sns, "ShardDeadLetters")
    assert (done.sent, len(done.left)) == (1, 1)
    assert stack.bodies("ShardDeadLetters") == [body]
    assert stack.bodies("Shard1Queue") == [_job()]


def test_more_than_one_batch_is_sent(stack: Stack) -> None:
    jobs = [_job(number) for number in range(25)]
    stack.put("GroupDeadLetters", *jobs)
    assert redrive(stack.carriers, stack.sns, "GroupDeadLetters").sent == 25
    assert sorted(stack.bodies("GroupQueue")) == sorted(jobs)


def test_jobs_of_an_ordered_queue_keep_their_group_and_their_order(stack: Stack) -> None:
    jobs = [_job(number) for number in range(3)]
    stack.put("OrderedDeadLetters", *jobs)
    redrive(stack.carriers, stack.sns, "OrderedDeadLetters")
    found = stack.sqs.receive_message(
        QueueUrl=stack.urls["OrderedQueue"],
        MaxNumberOfMessages=10,
        AttributeNames=["MessageGroupId"],
    )["Messages"]
    assert [one["Body"] for one in found] == jobs
    assert {one["Attributes"]["MessageGroupId"] for one in found} == {"lane"}


def test_what_cannot_be_sent_is_not_deleted(stack: Stack) -> None:
    stack.put("CallDeadLetters", _job())
    broken = replace(stack.carriers, found={**stack.carriers.found, "CallQueue": "gone"})
    with pytest.raises(ClientError):
        redrive(broken, stack.sns, "CallDeadLetters")
    stack.sqs.set_queue_attributes(
        QueueUrl=stack.urls["CallDeadLetters"], Attributes={"VisibilityTimeout": "0"}
    )
    assert stack.carriers.waiting([stack.urls["CallDeadLetters"]]) == 1


def test_a_call_of_several_jobs_is_sent_whole_or_left() -> None:
    assert jobs_of(_of_lambda(_job(1), _job(2))) == [_job(1), _job(2)]
    assert jobs_of(_of_lambda(_job(1), "hello")) == []


@pytest.mark.parametrize("body", POISON)
def test_anything_else_holds_no_jobs(body: str) -> None:
    assert jobs_of(body) == []


@pytest.mark.parametrize("env", ["default", "staging", "prod"])
def test_the_stack_is_the_one_that_make_deploy_makes(env: str) -> None:
    name, region = stack_of(env, (ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    assert name == ("chirrup" if env == "default" else f"chirrup-{env}")
    # That of the profile.
    assert region is None


def test_a_region_of_a_section_counts() -> None:
    config = (
        '[eu.global.parameters]\nstack_name = "x"\n[eu.deploy.parameters]\nregion = "eu-west-1"'
    )
    assert stack_of("eu", config) == ("x", "eu-west-1")


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(LocalError, match="'qa'"):
        stack_of("qa", "")


def test_a_dry_run_only_counts(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    stack.put("ShardDeadLetters", _job(), "hello")
    module.look_through(stack.carriers, stack.sns, dry_run=True)
    assert "ShardDeadLetters: 2" in capsys.readouterr().out.splitlines()
    assert len(stack.bodies("ShardDeadLetters")) == 2


def test_what_is_printed_names_poison_without_its_content(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    stack.put("PrivateDeadLetters", _job(), "a secret")
    module.look_through(stack.carriers, stack.sns, dry_run=False)
    said = capsys.readouterr().out
    assert "PrivateDeadLetters: 1 sent again, 1 left that are no jobs\n  left: " in said
    assert "secret" not in said
    assert "alice" not in said
