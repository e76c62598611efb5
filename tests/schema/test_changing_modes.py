"""The send mode of a running stack is changed: in an order in which nothing can be lost."""

import json
from typing import Any

import pytest

from tests.schema.conditions import MODES
from tests.schema.conftest import Template
from tests.schema.test_functions import SENDS, named

SENDING = ("WsMessageFunction", "HttpApiFunction")
WAYS = {
    "redis": {
        "BroadcastSubscription",
        "BroadcastPermission",
        "BroadcastRetries",
        "BroadcastDeadLettersPolicy",
    },
    "rabbitmq": {
        f"{kind}{part}"
        for kind in ("Private", "Group", "Channel", "Call")
        for part in ("Subscription", "QueuesPolicy")
    },
}
"""What has to be there before a topic is sent to: it drops what nobody may have yet."""


def _references(part: Any) -> set[str]:
    """Logical ids that a part of a template refers to, as CloudFormation finds them."""
    if isinstance(part, list):
        return set().union(*map(_references, part))
    if not isinstance(part, dict):
        return set()
    if part.keys() == {"Ref"}:
        return {part["Ref"]}
    if part.keys() == {"Fn::GetAtt"}:
        return {part["Fn::GetAtt"][0]}
    if part.keys() == {"Fn::Sub"}:
        text = part["Fn::Sub"] if isinstance(part["Fn::Sub"], str) else part["Fn::Sub"][0]
        return {one.partition("}")[0].partition(".")[0] for one in text.split("${")[1:]}
    return set().union(*map(_references, part.values()))


def _before(stack: Template) -> dict[str, set[str]]:
    """By resource those that are made before it."""
    resources = stack.result["Resources"]
    return {
        name: (_references(one) | set(_listed(one.get("DependsOn", [])))) & resources.keys()
        for name, one in resources.items()
    }


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("name", SENDING)
def test_nobody_sends_to_a_topic_before_all_its_ways_are_there(
    stack: Template, mode: str, name: str
) -> None:
    assert WAYS.get(mode, set()) <= _before(stack)[name]


@pytest.mark.parametrize("before", MODES)
@pytest.mark.parametrize("now", MODES)
def test_no_two_resources_wait_for_each_other(template: Template, before: str, now: str) -> None:
    waiting = _before(template.decided(SendMode=now, PreviousSendMode=before))
    while ready := {name for name, others in waiting.items() if not others}:
        waiting = {name: others - ready for name, others in waiting.items() if name not in ready}
    assert not waiting


@pytest.mark.parametrize("before", MODES)
@pytest.mark.parametrize("now", MODES)
@pytest.mark.parametrize("name", SENDING)
def test_while_the_mode_is_changed_the_old_carrier_may_still_be_sent_to(
    template: Template, name: str, before: str, now: str
) -> None:
    statements = template.decided(SendMode=now, PreviousSendMode=before).statements(name)
    may = {
        named(resource)
        for statement in statements
        if {"sns:Publish", "sqs:SendMessage"} & set(_listed(statement["Action"]))
        for resource in _listed(statement["Resource"])
    }
    assert may == SENDS[before].keys() | SENDS[now].keys()


def test_what_was_made_of_the_mode_before_goes_when_it_is_named_no_more(
    template: Template,
) -> None:
    changed = template.decided(SendMode="local", PreviousSendMode="none")
    assert "FanoutFunction" not in json.dumps(changed.result["Resources"])
