"""The real gateway: signatures that AWS's own SDK agrees with, repetitions, kept-alive sockets."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials as SdkCredentials

from chirrup.ports import Gone, PushFailed
from chirrup.push import gateway
from chirrup.push.gateway import ATTEMPTS, POOL, ConnectionsApi
from chirrup.push.sigv4 import Credentials
from tests.contract.sockets import CREDENTIALS, REGION, STAGE
from tests.fakes import FakeClock
from tests.support.http_server import (
    Answer,
    CutShort,
    HttpServer,
    Received,
    Reply,
    Reset,
    Stall,
    http_server,
)
from tests.support.servers import free_port

ID = "L0SM9cOFvHcCIhw="
PATH = "/v1/@connections/L0SM9cOFvHcCIhw%3D"
FRAME = '{"type":"push","events":["😀"]}'.encode()
PASSING: dict[str, Reply] = {
    "too many requests": Answer(429, b'{"message":"LimitExceededException"}'),
    "failed inside": Answer(500),
    "bad gateway": Answer(502, b"<html>" + b"x" * 100_000),
    "unavailable": Answer(503),
    "reset": Reset(),
    "cut short": CutShort(),
    "no answer in time": Stall(),
}


@pytest.fixture
def server() -> Iterator[HttpServer]:
    """What stands for API Gateway."""
    with http_server() as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    """A clock whose pauses pass at once."""
    return FakeClock()


@pytest.fixture
def api(server: HttpServer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> ConnectionsApi:
    """The gateway under test, which does not wait long."""
    monkeypatch.setattr(gateway, "READ_TIMEOUT_S", 0.3)
    return ConnectionsApi(server.url + STAGE, CREDENTIALS, REGION, clock)


def _signature(server: HttpServer, request: Received, credentials: Credentials) -> str:
    """What AWS's own SDK signs the request with."""
    signed = ("host", "x-amz-date", "x-amz-security-token")
    again = AWSRequest(
        request.method,
        server.url + request.path,
        {name: value for name, value in request.headers.items() if name in signed},
        request.body,
    )
    again.context["timestamp"] = request.headers["x-amz-date"]
    auth = SigV4Auth(SdkCredentials(*credentials), "execute-api", REGION)
    return auth.signature(auth.string_to_sign(again, auth.canonical_request(again)), again)


def _assert_signed(server: HttpServer, request: Received, credentials: Credentials) -> None:
    scheme, _, rest = request.headers["authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(", "))
    day = request.headers["x-amz-date"][:8]
    assert scheme == "AWS4-HMAC-SHA256"
    assert (
        parts["Credential"] == f"{credentials.access_key}/{day}/{REGION}/execute-api/aws4_request"
    )
    assert parts["Signature"] == _signature(server, request, credentials)


def test_a_post_is_what_the_sdk_sends(server: HttpServer, api: ConnectionsApi) -> None:
    api.post(ID, FRAME)
    api.close(ID)
    sdk = boto3.client(
        "apigatewaymanagementapi",
        region_name=REGION,
        endpoint_url=server.url + STAGE,
        aws_access_key_id="x",
        aws_secret_access_key="y",
        config=Config(parameter_validation=False),
    )
    sdk.post_to_connection(ConnectionId=ID, Data=FRAME)
    sdk.delete_connection(ConnectionId=ID)
    ours, theirs = server.requests[:2], server.requests[2:]
    assert [one[:2] for one in ours] == [("POST", PATH), ("DELETE", PATH)]
    assert [one[:2] for one in theirs] == [one[:2] for one in ours]
    assert [one.body for one in theirs] == [one.body for one in ours] == [FRAME, b""]


@pytest.mark.parametrize("id_", [ID, "a+b/c==", "~._-", "a b%", "ä@"])
@pytest.mark.parametrize("token", [None, "a/session+token=="])
def test_the_sdk_agrees_with_each_signature(
    server: HttpServer, clock: FakeClock, id_: str, token: str | None
) -> None:
    credentials = Credentials(CREDENTIALS.access_key, CREDENTIALS.secret_key, token)
    api = ConnectionsApi(server.url + STAGE, credentials, REGION, clock)
    api.post(id_, FRAME)
    api.post(id_, b"")
    api.close(id_)
    for request in server.requests:
        _assert_signed(server, request, credentials)
        assert request.headers.get("x-amz-security-token") == token
        names = request.headers["authorization"].split("SignedHeaders=")[1].split(",")[0]
        assert ("x-amz-security-token" in names.split(";")) == (token is not None)


def test_a_key_is_used_for_its_own_day_only(
    server: HttpServer, api: ConnectionsApi, clock: FakeClock
) -> None:
    day_ms = 24 * 60 * 60 * 1000
    clock.time = 1_790_000_000_000 // day_ms * day_ms - 1
    for _ in range(3):
        api.post(ID, FRAME)
        clock.advance(1)
    days = [request.headers["x-amz-date"] for request in server.requests]
    assert days == ["20260920T235959Z", "20260921T000000Z", "20260921T000000Z"]
    for request in server.requests:
        _assert_signed(server, request, CREDENTIALS)


def test_a_stage_may_lie_deeper_in_the_path(server: HttpServer, clock: FakeClock) -> None:
    url = f"{server.url}/_aws/execute-api/ab12cd34/v1/"
    ConnectionsApi(url, CREDENTIALS, REGION, clock).post(ID, FRAME)
    [request] = server.requests
    assert request.path == "/_aws/execute-api/ab12cd34" + PATH
    _assert_signed(server, request, CREDENTIALS)


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_failure_that_passes_is_not_noticed(
    server: HttpServer, api: ConnectionsApi, clock: FakeClock, failure: Reply
) -> None:
    server.answer_with(*[failure] * (ATTEMPTS - 1), Answer(200))
    api.post(ID, FRAME)
    assert [one[:2] for one in server.requests] == [("POST", PATH)] * ATTEMPTS
    assert {one.body for one in server.requests} == {FRAME}
    assert len(clock.pauses) == ATTEMPTS - 1
    for request in server.requests:
        _assert_signed(server, request, CREDENTIALS)


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_failure_that_does_not_pass_is_given_up(
    server: HttpServer, api: ConnectionsApi, failure: Reply
) -> None:
    server.answer_with(failure)
    with pytest.raises(PushFailed):
        api.post(ID, FRAME)
    assert len(server.requests) == ATTEMPTS
    api.close(ID)
    assert len(server.requests) == 2 * ATTEMPTS


@pytest.mark.parametrize("status", [301, 400, 403, 404, 413])
def test_a_refusal_is_not_tried_again(
    server: HttpServer, api: ConnectionsApi, clock: FakeClock, status: int
) -> None:
    server.answer_with(Answer(status, b'{"message":"no"}'))
    with pytest.raises(PushFailed, match=str(status)):
        api.post(ID, FRAME)
    api.close(ID)
    assert len(server.requests) == 2
    assert clock.pauses == []


def test_a_connection_that_is_gone_is_not_tried_again(
    server: HttpServer, api: ConnectionsApi, clock: FakeClock
) -> None:
    server.answer_with(Answer(410, b'{"message":"GoneException"}'))
    with pytest.raises(Gone):
        api.post(ID, FRAME)
    api.close(ID)
    assert len(server.requests) == 2
    assert clock.pauses == []


def test_a_connection_that_goes_between_two_attempts_is_gone(
    server: HttpServer, api: ConnectionsApi
) -> None:
    server.answer_with(Answer(503), Answer(410))
    with pytest.raises(Gone):
        api.post(ID, FRAME)


def test_where_nothing_listens_a_post_fails(clock: FakeClock) -> None:
    api = ConnectionsApi(f"http://127.0.0.1:{free_port()}/v1", CREDENTIALS, REGION, clock)
    with pytest.raises(PushFailed):
        api.post(ID, FRAME)
    api.close(ID)


def test_sockets_are_kept(server: HttpServer, api: ConnectionsApi) -> None:
    for _ in range(20):
        api.post(ID, FRAME)
    server.answer_with(Answer(410, b"gone"), Answer(200, b"fine"), Answer(400, b"no"), Answer(200))
    for error in (Gone, None, PushFailed, None):
        if error:
            with pytest.raises(error):
                api.post(ID, FRAME)
        else:
            api.post(ID, FRAME)
    assert len(server.requests) == 24
    assert server.sockets == 1


def test_a_socket_that_was_closed_while_idle_is_opened_anew(
    server: HttpServer, api: ConnectionsApi
) -> None:
    server.answer_with(Answer(200, hang_up=True))
    for _ in range(3):
        api.post(ID, FRAME)
    assert len(server.requests) == 3


def test_posts_side_by_side_share_as_many_sockets_as_they_need(
    server: HttpServer, api: ConnectionsApi
) -> None:
    frames = [b"%d" % number for number in range(200)]
    with ThreadPoolExecutor(POOL) as pool:
        list(pool.map(lambda frame: api.post(ID, frame), frames))
    assert sorted(one.body for one in server.requests) == sorted(frames)
    assert server.sockets <= POOL
    for request in server.requests:
        _assert_signed(server, request, CREDENTIALS)
