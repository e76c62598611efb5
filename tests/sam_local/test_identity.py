"""Whom the authorizer lets in: what cannot stand in a sample, since it is new each time."""

import copy
import json
from typing import Any

from local.sam_local.sam import SamLocal
from tests import samples

SAMPLES = samples.load()
AUTHORIZER = samples.logical_id("ws_authorizer")


def handshake(*, header: str | None = None, ticket: str | None = None) -> dict[str, Any]:
    event = copy.deepcopy(SAMPLES["ws_authorizer/no_credentials"].event)
    if header is not None:
        event["headers"]["Authorization"] = header
    if ticket is not None:
        event["queryStringParameters"]["ticket"] = ticket
    return event


def effect(policy: Any) -> str:
    (statement,) = policy["policyDocument"]["Statement"]
    return str(statement["Effect"])


def test_a_token_of_the_pool_opens_a_socket(stack: SamLocal) -> None:
    token, user_id = stack.cloud.token("alice")
    policy = stack.invoke(AUTHORIZER, handshake(header=f"Bearer {token}"))
    assert effect(policy) == "Allow"
    assert policy["context"]["user_id"] == user_id


def test_a_ticket_opens_one_socket(stack: SamLocal) -> None:
    made = stack.invoke(samples.logical_id("http_api"), SAMPLES["http_api/ticket"].event)
    ticket = json.loads(made["body"])["ticket"]
    policy = stack.invoke(AUTHORIZER, handshake(ticket=ticket))
    assert effect(policy) == "Allow"
    assert policy["context"]["user_id"] == "alice"
    assert effect(stack.invoke(AUTHORIZER, handshake(ticket=ticket))) == "Deny"
