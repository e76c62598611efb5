"""`sam local start-api`: the routes of the template, over HTTP.

It checks no JWT, so every request comes without claims: what the gateway would refuse, the
function must.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from local.sam_local.sam import SamLocal

# The first request to a function waits for its container.
TIMEOUT_S = 60


class Answer(NamedTuple):
    status: int
    content_type: str
    body: Any


@pytest.fixture(scope="module")
def address(stack: SamLocal) -> Iterator[str]:
    """Where the HTTP API is served."""
    with stack.start_api() as address:
        yield address


def request(address: str, method: str, path: str, *, body: Any = None, token: str = "") -> Answer:
    call = Request(  # noqa: S310
        address + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={
            **({} if body is None else {"Content-Type": "application/json"}),
            **({"Authorization": f"Bearer {token}"} if token else {}),
        },
    )
    try:
        response = urlopen(call, timeout=TIMEOUT_S)  # noqa: S310
    except HTTPError as error:
        response = error
    with response:
        text = response.read()
        type_ = response.headers.get_content_type()
        return Answer(response.status, type_, json.loads(text) if text else None)


def test_health_answers_without_a_token(address: str) -> None:
    assert request(address, "GET", "/v1/health").status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/me", None),
        ("GET", "/v1/conversations", None),
        ("POST", "/v1/ws-tickets", {}),
        (
            "POST",
            "/v1/conversations/p_alice~bob/messages",
            {"client_id": "01M57C1QG0SAMPLEHTTP000009", "type": "text", "content": {"text": "x"}},
        ),
    ],
)
def test_a_request_without_claims_is_refused(
    address: str, method: str, path: str, body: Any
) -> None:
    answer = request(address, method, path, body=body)
    assert (answer.status, answer.content_type) == (401, "application/problem+json")
    assert answer.body["code"] == "unauthenticated"


def test_a_token_that_no_gateway_has_verified_counts_for_nothing(
    address: str, stack: SamLocal
) -> None:
    token, _ = stack.cloud.token("trudy")
    assert request(address, "GET", "/v1/me", token=token).status == 401
