"""The real gateway's requests: what AWS's own SDK sends, signed as it signs."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials as SdkCredentials

from chirrup.ports.fanout import Parcel
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.patience import Patience
from chirrup.push.sigv4 import Credentials
from tests.contract.sockets import CREDENTIALS, REGION, STAGE
from tests.fakes import FakeClock
from tests.support.http_server import HttpServer, Received, http_server

ID = "L0SM9cOFvHcCIhw="
PATH = "/v1/@connections/L0SM9cOFvHcCIhw%3D"
FRAME = '{"type":"push","events":["😀"]}'.encode()


@pytest.fixture
def server() -> Iterator[HttpServer]:
    """What stands for API Gateway."""
    with http_server() as server:
        yield server


@pytest.fixture
def clock() -> FakeClock:
    """The time of signatures."""
    return FakeClock()


def _deliver(
    url: str,
    clock: FakeClock,
    *frames: bytes,
    id_: str = ID,
    credentials: Credentials = CREDENTIALS,
) -> None:
    api = ConnectionsApi(url, credentials, REGION, clock, Patience(pause_ms=0))
    api.deliver([Parcel(id_, frames, closing=True)], clock.now() + 60_000)
    api.close()


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


def test_a_post_is_what_the_sdk_sends(server: HttpServer, clock: FakeClock) -> None:
    _deliver(server.url + STAGE, clock, FRAME)
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
    _deliver(server.url + STAGE, clock, FRAME, b"", id_=id_, credentials=credentials)
    assert len(server.requests) == 3
    for request in server.requests:
        _assert_signed(server, request, credentials)
        assert request.headers.get("x-amz-security-token") == token
        names = request.headers["authorization"].split("SignedHeaders=")[1].split(",")[0]
        assert ("x-amz-security-token" in names.split(";")) == (token is not None)


def test_a_key_is_used_for_its_own_day_only(server: HttpServer, clock: FakeClock) -> None:
    day_ms = 24 * 60 * 60 * 1000
    clock.time = 1_790_000_000_000 // day_ms * day_ms - 1
    api = ConnectionsApi(server.url + STAGE, CREDENTIALS, REGION, clock)
    for _ in range(3):
        api.deliver([Parcel(ID, [FRAME])], clock.now() + 60_000)
        clock.advance(1)
    api.close()
    days = [request.headers["x-amz-date"] for request in server.requests]
    assert days == ["20260920T235959Z", "20260921T000000Z", "20260921T000000Z"]
    for request in server.requests:
        _assert_signed(server, request, CREDENTIALS)


def test_a_stage_may_lie_deeper_in_the_path(server: HttpServer, clock: FakeClock) -> None:
    _deliver(f"{server.url}/_aws/execute-api/ab12cd34/v1/", clock, FRAME)
    for request in server.requests:
        assert request.path == "/_aws/execute-api/ab12cd34" + PATH
        _assert_signed(server, request, CREDENTIALS)
