"""Queues and topics call functions here as they do on AWS."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest

from local.processes import wait_until
from tests.emulator.gaps import TIMEOUT_S, Gaps

_numbers = count()


@contextmanager
def held(gaps: Gaps, mapping: str) -> Iterator[None]:
    """Keep a mapping from taking anything while the block runs."""
    functions, which = gaps.client("lambda"), gaps.outputs[mapping]
    functions.update_event_source_mapping(UUID=which, Enabled=False)
    yield
    functions.update_event_source_mapping(UUID=which, Enabled=True)


def _names(prefix: str, number: int) -> list[str]:
    return [f"{prefix}-{next(_numbers)}" for _ in range(number)]


def _send(gaps: Gaps, queue: str, *bodies: str, group: str | None = None) -> None:
    sqs = gaps.client("sqs")
    for body in bodies:
        ordered = {"MessageGroupId": group, "MessageDeduplicationId": body} if group else {}
        sqs.send_message(QueueUrl=gaps.outputs[queue], MessageBody=body, **ordered)


def _received(gaps: Gaps, queue: str, name: str) -> Any:
    """Wait for a message with this text somewhere in it."""
    found: list[str] = []

    def there() -> bool:
        answer = gaps.client("sqs").receive_message(
            QueueUrl=gaps.outputs[queue], MaxNumberOfMessages=10, VisibilityTimeout=0
        )
        found.extend(one["Body"] for one in answer.get("Messages", ()) if name in one["Body"])
        return bool(found)

    assert wait_until(there, timeout_s=TIMEOUT_S)
    return found[0]


def _batches(gaps: Gaps) -> list[list[str]]:
    """What the worker got, a list each time."""
    lines = (line.partition(" got ")[2].split() for line in gaps.log().splitlines())
    return [words[1:] for words in lines if words]


def test_a_batch_is_as_large_as_its_mapping_says(gaps: Gaps) -> None:
    bodies = _names("many", 25)
    with held(gaps, "QueueMapping"):
        _send(gaps, "Queue", *bodies)
    gaps.logged(r"got 25 many-")
    assert bodies in _batches(gaps)


def test_only_what_is_given_back_comes_again_until_it_is_a_dead_letter(gaps: Gaps) -> None:
    good, bad = *_names("good", 1), *_names("bad", 1)
    with held(gaps, "QueueMapping"):
        _send(gaps, "Queue", bad, good)
    assert _received(gaps, "DeadLetters", bad) == bad
    got = _batches(gaps)
    assert [good in batch for batch in got].count(True) == 1
    assert [bad in batch for batch in got].count(True) == 3


def test_an_ordered_queue_keeps_each_group_in_its_order(gaps: Gaps) -> None:
    one, other = _names("one", 3), _names("other", 3)
    with held(gaps, "OrderedMapping"):
        for pair in zip(one, other, strict=True):
            _send(gaps, "OrderedQueue", pair[0], group="one")
            _send(gaps, "OrderedQueue", pair[1], group="other")
    gaps.logged(rf"got .*{other[-1]}")
    (batch,) = (batch for batch in _batches(gaps) if one[0] in batch)
    assert [body for body in batch if body in one] == one
    assert [body for body in batch if body in other] == other


def test_what_is_given_back_holds_up_its_own_group_only(gaps: Gaps) -> None:
    bad, behind, beside = *_names("bad", 1), *_names("behind", 1), *_names("beside", 1)
    _send(gaps, "OrderedQueue", bad, group="held")
    gaps.logged(rf"got .*{bad}\b")
    _send(gaps, "OrderedQueue", behind, group="held")
    _send(gaps, "OrderedQueue", beside, group="free")
    assert _received(gaps, "OrderedDeadLetters", bad) == bad
    gaps.logged(rf"got .*{behind}\b")
    order = [body for batch in _batches(gaps) for body in batch]
    assert order.index(beside) < order.index(behind)
    assert order.count(bad) == 3


def test_the_same_body_twice_in_one_group_is_carried_once(gaps: Gaps) -> None:
    again, last = *_names("again", 1), *_names("last", 1)
    _send(gaps, "OrderedQueue", again, again, last, group="repeated")
    gaps.logged(rf"got .*{last}\b")
    assert [body for batch in _batches(gaps) for body in batch].count(again) == 1


def test_a_call_of_a_topic_is_repeated_twice_and_then_kept(gaps: Gaps) -> None:
    (bad,) = _names("bad", 1)
    gaps.client("sns").publish(TopicArn=gaps.outputs["Topic"], Message=bad)
    kept = json.loads(_received(gaps, "DeadLetters", bad))
    assert kept["requestPayload"]["Records"][0]["Sns"]["Message"] == bad
    assert kept["requestContext"]["condition"] == "RetriesExhausted"
    assert [bad in batch for batch in _batches(gaps)].count(True) == 3


def test_a_call_of_a_topic_that_ends_well_is_not_repeated(gaps: Gaps) -> None:
    good, last = *_names("good", 1), *_names("bad", 1)
    gaps.client("sns").publish(TopicArn=gaps.outputs["Topic"], Message=good)
    gaps.client("sns").publish(TopicArn=gaps.outputs["Topic"], Message=last)
    _received(gaps, "DeadLetters", last)
    assert [good in batch for batch in _batches(gaps)].count(True) == 1


@pytest.mark.parametrize("kind", ["private", "saved"])
def test_a_subscription_chooses_by_an_attribute_and_delivers_just_the_text(
    gaps: Gaps, kind: str
) -> None:
    other, chosen = _names("routed", 2)
    for body, value in ((other, "group"), (chosen, kind)):
        gaps.client("sns").publish_batch(
            TopicArn=gaps.outputs["RoutingTopic"],
            PublishBatchRequestEntries=[
                {
                    "Id": "0",
                    "Message": body,
                    "MessageAttributes": {"kind": {"DataType": "String", "StringValue": value}},
                }
            ],
        )
    gaps.logged(rf"got .*{chosen}\b")
    assert other not in gaps.log()
