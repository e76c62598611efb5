"""An `AWS::Serverless::HttpApi` works here as on AWS."""

import json
import urllib.error
import urllib.request
from email.message import Message

import pytest

from local.tokens import sign_in
from tests.emulator.gaps import Gaps


def call(
    gaps: Gaps, path: str, *, method: str = "GET", **headers: str
) -> tuple[int, Message, bytes]:
    request = urllib.request.Request(f"{gaps.gateway('Web')}{path}", method=method)  # noqa: S310
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def token(gaps: Gaps) -> str:
    pool, who = gaps.client("cognito-idp"), {"UserPoolId": gaps.outputs["Pool"], "Username": "ann"}
    pool.admin_create_user(**who, MessageAction="SUPPRESS")
    pool.admin_set_user_password(**who, Password="Pass-phrase-1", Permanent=True)
    local = {"endpoint_url": gaps.endpoint, "client_id": gaps.outputs["Client"]}
    return sign_in(local, "ann", "Pass-phrase-1")["IdToken"]


def test_an_open_route_needs_no_token(gaps: Gaps) -> None:
    assert call(gaps, "/v1/health")[0] == 200


def test_a_protected_route_refuses_a_missing_and_a_forged_token(gaps: Gaps, token: str) -> None:
    header, payload, signature = token.split(".")
    forged = ".".join([header, payload, signature[::-1]])
    assert call(gaps, "/v1/me")[0] == 401
    assert call(gaps, "/v1/me", Authorization=f"Bearer {forged}")[0] == 401


def test_claims_of_a_good_token_reach_the_function(gaps: Gaps, token: str) -> None:
    status, _, body = call(gaps, "/v1/me", Authorization=f"Bearer {token}")
    assert status == 200
    assert json.loads(body)["jwt"]["claims"]["cognito:username"] == "ann"


def test_an_unknown_path_and_method_are_not_found(gaps: Gaps) -> None:
    assert call(gaps, "/v2/me")[0] == 404
    assert call(gaps, "/v1/me", method="POST")[0] == 404


def test_a_preflight_is_answered_from_the_template(gaps: Gaps) -> None:
    asked = {"Origin": "http://localhost:3000", "Access_Control_Request_Method": "GET"}
    status, headers, _ = call(gaps, "/v1/me", method="OPTIONS", **asked)
    assert status == 204
    assert headers["Access-Control-Allow-Origin"] == "http://localhost:3000"


def test_an_update_of_the_template_takes_a_route_away_and_brings_it_back(gaps: Gaps) -> None:
    gaps.update("Path: /v1/health", "Path: /v1/condition")
    assert call(gaps, "/v1/health")[0] == 401
    assert call(gaps, "/v1/condition")[0] == 200
    gaps.update()
    assert call(gaps, "/v1/health")[0] == 200
