"""What lies between an ack and the push: jobs are carried, kept when they fail, sent again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from chirrup.domain.jobs import Job
from local import redrive
from local.carriers import CARRIER_OF, OF_MODE
from local.processes import wait_until
from tests.e2e.carriers import Carriers
from tests.e2e.people import Person
from tests.e2e.stack import Stack
from tests.e2e.wire import refused, text

POISON = '{"v":1,"events":'
GIVEN_UP_S = 30.0


@pytest.fixture(autouse=True)
def carried(send_mode: str) -> None:
    """Only modes with a carrier have any of this."""
    if send_mode == "local":
        pytest.skip("the sending function pushes by itself")


@pytest.fixture
def impatient(carriers: Carriers) -> Iterator[None]:
    """What was given back comes again at once, not after three minutes."""
    _hide(carriers, "1")
    yield
    _hide(carriers, "180")


def _hide(carriers: Carriers, seconds: str) -> None:
    for url in carriers.queues.values():
        carriers.sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": seconds})


def _put(stack: Stack, carriers: Carriers, body: str) -> str:
    """Put anything where the jobs of private chats go; the dead letters where it may end."""
    sqs, found = carriers.sqs, stack.resources
    if "BroadcastTopic" in found:
        stack.aws("sns").publish(TopicArn=found["BroadcastTopic"], Message=body)
        return "BroadcastDeadLetters"
    name = next(one for one in ("OrderedQueue", "Shard2Queue", "PrivateQueue") if one in found)
    fifo = {"MessageGroupId": "g", "MessageDeduplicationId": body[:100].encode().hex()[:120]}
    more = fifo if name == "OrderedQueue" else {}
    sqs.send_message(QueueUrl=found[name], MessageBody=body, **more)
    dead = {"OrderedQueue": "OrderedDeadLetters", "PrivateQueue": "PrivateDeadLetters"}
    return dead.get(name, "ShardDeadLetters")


def test_every_message_is_carried_to_the_fan_out(
    stack: Stack, carriers: Carriers, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    before = stack.runs("fanout")["done"]
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    assert desk.expect("message.created")["seq"] == 1
    carriers.settle()
    assert stack.runs("fanout")["done"] > before


def test_what_cannot_be_handed_over_is_not_acknowledged_and_comes_with_the_retry(
    stack: Stack, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    message = text("hello")
    with _without_handing_over(stack), refused("temporarily_unavailable"):
        phone.ask("sendMessage", to=bob.id, **message)
    assert phone.ask("sendMessage", to=bob.id, **message, attempt=2)["duplicate"] is True
    (pushed,) = desk.pushed()
    assert pushed["message"]["client_id"] == message["client_id"]


@contextmanager
def _without_handing_over(stack: Stack) -> Iterator[None]:
    iam = stack.aws("iam")
    which = {"RoleName": stack.resources["WsMessageRole"], "PolicyName": "ws-message"}
    policy = iam.get_role_policy(**which)["PolicyDocument"]
    left = [
        statement
        for statement in policy["Statement"]
        if statement["Action"] not in ("sns:Publish", "sqs:SendMessage")
    ]
    assert len(left) == len(policy["Statement"]) - 1
    iam.put_role_policy(**which, PolicyDocument=json.dumps({**policy, "Statement": left}))
    try:
        yield
    finally:
        iam.put_role_policy(**which, PolicyDocument=json.dumps(policy))


@pytest.mark.usefixtures("impatient")
def test_poison_holds_up_nobody_and_ends_with_the_dead_letters(
    stack: Stack, carriers: Carriers, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    dead = _put(stack, carriers, POISON)
    for number in range(1, 4):
        phone.ask("sendMessage", to=bob.id, **text("hello"))
        assert desk.expect("message.created")["seq"] == number
    url = carriers.dead_letters[dead]
    assert wait_until(lambda: carriers.size(url) == 1, timeout_s=GIVEN_UP_S)
    carriers.settle()
    assert [carriers.size(one) for one in carriers.dead_letters.values() if one != url] == [0] * (
        len(carriers.dead_letters) - 1
    )
    assert redrive.main(["--state-dir", str(stack.places.state_dir)]) == 0
    assert carriers.size(url) == 1
    carriers.discard(dead)


def test_dead_letters_are_sent_again(
    stack: Stack, carriers: Carriers, alice: Person, bob: Person, send_mode: str
) -> None:
    phone, desk = alice.open(), bob.open()
    sent = phone.ask("sendMessage", to=bob.id, **text("hello"))
    event = desk.expect("message.created")
    encoded = json.dumps(event, separators=(",", ":"))
    job = json.dumps(
        {
            "v": 1,
            "at": sent["sent_at"],
            "events": [[encoded, sent["conversation_id"], 1, True]],
            "audience": {"user_ids": [bob.id], "page": {"number": 0, "of": 1}},
        }
    )
    assert Job.decode(job)
    name = next(one for one in CARRIER_OF if one.startswith(OF_MODE[send_mode]))
    fifo = {"MessageGroupId": "g", "MessageDeduplicationId": event["message"]["client_id"]}
    carriers.sqs.send_message(
        QueueUrl=carriers.dead_letters[name],
        MessageBody=_wrapped(job) if send_mode == "redis" else job,
        **(fifo if send_mode == "rocketmq" else {}),
    )
    assert redrive.main(["--state-dir", str(stack.places.state_dir)]) == 0
    assert desk.expect("message.created") == event
    assert carriers.size(carriers.dead_letters[name]) == 0


def _wrapped(job: str) -> str:
    """As Lambda keeps a call that has failed."""
    record: dict[str, Any] = {"EventSource": "aws:sns", "Sns": {"MessageId": "1", "Message": job}}
    return json.dumps({"requestPayload": {"Records": [record]}, "responseContext": {}})
