"""What lies between an ack and the push: jobs are carried, kept when they fail, sent again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from local import redrive
from local.processes import wait_until
from tests.e2e.carriers import Carriers
from tests.e2e.people import Person
from tests.e2e.stack import Stack
from tests.e2e.wire import new_id, refused, text

POISON = '{"v":1,"events":'
GIVEN_UP_S = 30.0
HANDING_OVER = ("sns:Publish", "sqs:SendMessage")
DEAD_LETTERS_OF = {
    "OrderedQueue": "OrderedDeadLetters",
    "Shard2Queue": "ShardDeadLetters",
    "PrivateQueue": "PrivateDeadLetters",
}


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
    name = next(one for one in DEAD_LETTERS_OF if one in found)
    fifo = {"MessageGroupId": new_id(), "MessageDeduplicationId": new_id()}
    more = fifo if name == "OrderedQueue" else {}
    sqs.send_message(QueueUrl=found[name], MessageBody=body, **more)
    return DEAD_LETTERS_OF[name]


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
    with _without(stack, "WsMessage", *HANDING_OVER), refused("temporarily_unavailable"):
        phone.ask("sendMessage", to=bob.id, **message)
    assert phone.ask("sendMessage", to=bob.id, **message, attempt=2)["duplicate"] is True
    (pushed,) = desk.pushed()
    assert pushed["message"]["client_id"] == message["client_id"]


@contextmanager
def _without(stack: Stack, function: str, *actions: str) -> Iterator[None]:
    """Take rights away from a function (`WsMessage`) while the block runs."""
    iam = stack.aws("iam")
    role = stack.resources[f"{function}Role"]
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    policy = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    left = [one for one in policy["Statement"] if not set(actions) & set(_listed(one["Action"]))]
    assert len(left) == len(policy["Statement"]) - 1

    def put(statements: list[Any]) -> None:
        changed = json.dumps({**policy, "Statement": statements})
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=changed)

    put(left)
    try:
        yield
    finally:
        put(policy["Statement"])


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.usefixtures("impatient")
def test_poison_holds_up_nobody_and_ends_with_the_dead_letters(
    stack: Stack, carriers: Carriers, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    dead = _put(stack, carriers, POISON)
    for number in range(1, 4):
        phone.ask("sendMessage", to=bob.id, **text("hello"))
        assert desk.expect("message.created")["seq"] == number
    assert wait_until(lambda: carriers.visible(dead) == 1, timeout_s=GIVEN_UP_S)
    assert sum(map(carriers.visible, carriers.dead_letters)) == 1
    carriers.discard(dead)


@pytest.mark.usefixtures("impatient")
def test_what_the_fan_out_failed_with_is_sent_again_and_poison_stays_in_sight(
    stack: Stack,
    carriers: Carriers,
    alice: Person,
    bob: Person,
    capsys: pytest.CaptureFixture[str],
) -> None:
    phone, desk = alice.open(), bob.open()
    with _without(stack, "Fanout", "dynamodb:BatchGetItem"):
        dead = _put(stack, carriers, POISON)
        phone.ask("sendMessage", to=bob.id, **text("a secret"))
        assert wait_until(lambda: carriers.visible(dead) == 2, timeout_s=GIVEN_UP_S)
    assert desk.pushed() == []
    assert redrive.main(["--state-dir", str(stack.places.state_dir), "--dry-run"]) == 0
    assert f"{dead}: 2\n" in capsys.readouterr().out
    assert redrive.main(["--state-dir", str(stack.places.state_dir)]) == 0
    carriers.sent_again(1)
    (pushed,) = desk.pushed()
    assert (pushed["event"], pushed["message"]["content"]) == (
        "message.created",
        {"text": "a secret"},
    )
    said = capsys.readouterr().out
    assert f"{dead}: 1 sent again, 1 left that are no jobs\n  left: " in said
    assert "secret" not in said
    assert carriers.visible(dead) == 1
    carriers.discard(dead)
