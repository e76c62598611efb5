"""The gateway double does what AWS does: it verifies, refuses, and tells devices apart."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.fakes.gateway import Faults, GatewayDouble, How, ManualClock, Reply, gateway_double
from tests.fakes.gateway.double import BODY_BYTES_MAX, Request
from tests.fakes.gateway.signatures import Verifier

ID = "L0SM9cOFvHcCIhw="
PATH = "/v1/@connections/L0SM9cOFvHcCIhw%3D"
KEYS = ("AKID", "secret", "session/token+==")
NOON = 1_790_000_000_000


@pytest.fixture
def double() -> GatewayDouble:
    made = GatewayDouble(ManualClock(NOON))
    made.open(ID)
    return made


def post(double: GatewayDouble, path: str = PATH, body: bytes = b"frame") -> int:
    reply = double.take(Request("POST", path, {}, body))
    return reply.status if reply.how is How.WHOLE else 0


def signed(method: str = "POST", path: str = PATH, body: bytes = b"frame") -> dict[str, str]:
    """The headers of a request that botocore signs."""
    request = AWSRequest(method=method, url=f"http://gateway:8080{path}", data=body)
    SigV4Auth(Credentials(*KEYS), "execute-api", "us-east-1").add_auth(request)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {**headers, "host": "gateway:8080"}


def now_of(headers: dict[str, str]) -> int:
    at = datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return int(at.timestamp() * 1000)


def test_what_botocore_signs_is_verified() -> None:
    verifier = Verifier(*KEYS)
    for method, body in (("POST", b"frame"), ("DELETE", b"")):
        headers = signed(method, body=body)
        assert verifier.problem(method, PATH, headers, body, now_of(headers)) is None


Signed = tuple[str, str, dict[str, str], bytes]
TAMPERED: dict[str, Callable[[str, str, dict[str, str], bytes], Signed]] = {
    "method": lambda m, p, h, b: ("DELETE", p, h, b),
    "path": lambda m, p, h, b: (m, p.replace("w%3D", "x%3D"), h, b),
    "raw path": lambda m, p, h, b: (m, p.replace("%3D", "="), h, b),
    "body": lambda m, p, h, b: (m, p, h, b + b"!"),
    "host": lambda m, p, h, b: (m, p, {**h, "host": "other:8080"}, b),
    "date": lambda m, p, h, b: (m, p, {**h, "x-amz-date": "20260101T000000Z"}, b),
    "token": lambda m, p, h, b: (m, p, {**h, "x-amz-security-token": "other"}, b),
    "no signature": lambda m, p, h, b: (m, p, {"host": "gateway:8080"}, b),
    "nonsense": lambda m, p, h, b: (m, p, {**h, "authorization": "Bearer of, bad news"}, b),
    "region": lambda m, p, h, b: (
        m,
        p,
        {**h, "authorization": h["authorization"].replace("us-east-1", "eu-west-1")},
        b,
    ),
}


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=TAMPERED)
def test_whatever_is_changed_breaks_the_signature(
    tamper: Callable[[str, str, dict[str, str], bytes], Signed],
) -> None:
    headers = signed()
    changed = tamper("POST", PATH, headers, b"frame")
    assert Verifier(*KEYS).problem(*changed, now_of(headers)) is not None


@pytest.mark.parametrize(("minutes", "holds"), [(-5, True), (5, True), (6, False), (-6, False)])
def test_a_signature_holds_for_five_minutes(minutes: int, holds: bool) -> None:
    headers = signed()
    now = now_of(headers) + minutes * 60_000
    problem = Verifier(*KEYS).problem("POST", PATH, headers, b"frame", now)
    assert (problem is None) == holds


def test_an_unsigned_post_is_forbidden() -> None:
    double = GatewayDouble(ManualClock(NOON), Verifier(*KEYS))
    double.open(ID)
    assert post(double) == 403
    assert double.frames(ID) == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/@connections/L0SM9cOFvHcCIhw=", 403),
        ("/v1/@connections/short%3D", 400),
        ("/v1/@connections/nothingattheend", 400),
        ("/v1/@connections/AbsentButWell%3D", 410),
        ("/v1/@connections/", 404),
        ("/v1/elsewhere", 404),
    ],
)
def test_a_path_names_a_connection_that_exists(
    double: GatewayDouble, path: str, status: int
) -> None:
    assert post(double, path) == status


def test_more_than_128_kb_are_too_much_and_frames_are_counted(double: GatewayDouble) -> None:
    assert post(double, body=b"x" * BODY_BYTES_MAX) == 200
    assert double.counts["frames"] == 4
    assert post(double, body=b"x" * (BODY_BYTES_MAX + 1)) == 413
    assert len(double.frames(ID)) == 1


def test_a_connection_that_is_not_open_yet_or_not_any_more_is_gone(double: GatewayDouble) -> None:
    double.lenient = True
    double.opening("Opening12345=")
    assert post(double, "/v1/@connections/Opening12345%3D") == 410
    double.gone_ids.clear()
    double.open("Opening12345=")
    assert post(double, "/v1/@connections/Opening12345%3D") == 200
    assert double.take(Request("DELETE", PATH, {}, b"")).status == 204
    assert post(double) == 410
    assert double.closed == [ID]


def test_scripts_come_first_and_end(double: GatewayDouble) -> None:
    double.script(ID, [Reply(429), Reply(500)])
    assert [post(double) for _ in range(3)] == [429, 500, 200]


def test_faults_come_as_often_as_they_are_wanted() -> None:
    double = GatewayDouble(ManualClock(NOON))
    double.lenient = True
    double.faults = Faults(
        Random(7),  # noqa: S311 - repeatable, not secret
        gone=0.05,
        throttled=0.05,
        failed=0.05,
        reset=0.02,
        duplicated=0.1,
    )
    paths = [f"/v1/@connections/Conn{number:08d}%3D" for number in range(10_000)]
    for path in paths:
        post(double, path)
    counts = double.counts
    failed = sum(counts[status] for status in ("500", "502", "503"))
    for found, share in ((counts["410"], 0.05), (counts["429"], 0.05), (failed, 0.05)):
        assert share * 8_000 < found < share * 12_000
    assert 100 < counts["reset"] + counts["reset_after"] < 300
    assert len(double.gone_ids) == counts["410"]
    # What answered 410 once does so for ever.
    double.faults = None
    again = [post(double, path) for path in paths]
    assert again.count(410) == len(double.gone_ids)


def test_frames_may_be_doubled_and_overtaken(double: GatewayDouble) -> None:
    double.script(ID, [Reply(reordered=True), Reply(duplicated=True), Reply(reordered=True)])
    for body in (b"1", b"2", b"3"):
        post(double, body=body)
    assert double.frames(ID) == [b"2", b"1", b"2"]
    double.flush()
    assert double.frames(ID) == [b"2", b"1", b"2", b"3"]


@pytest.fixture
def wire() -> Iterator[tuple[GatewayDouble, socket.socket]]:
    with gateway_double(ManualClock(NOON)) as (double, url):
        double.open(ID)
        at = urlsplit(url)
        with socket.create_connection((at.hostname, at.port), timeout=10) as client:
            yield double, client


REQUEST = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi".encode()


def test_requests_may_come_in_pieces_and_several_at_once(
    wire: tuple[GatewayDouble, socket.socket],
) -> None:
    double, client = wire
    for byte in REQUEST:
        client.sendall(bytes([byte]))
    client.sendall(REQUEST * 2)
    double.wait_for_frames(3)
    answers = b""
    while answers.count(b"HTTP/1.1 200") < 3:
        answers += client.recv(4096)
    assert double.frames(ID) == [b"hi"] * 3


def test_an_answer_waits_until_its_time_has_come(
    wire: tuple[GatewayDouble, socket.socket],
) -> None:
    double, client = wire
    assert isinstance(double.clock, ManualClock)
    double.latency_ms = 5_000
    client.sendall(REQUEST)
    double.clock.wait_for(1)
    client.setblocking(False)
    with pytest.raises(BlockingIOError):
        client.recv(1)
    client.settimeout(10)
    double.clock.advance(5_000)
    assert client.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_reset_and_a_hang_up_end_the_socket(wire: tuple[GatewayDouble, socket.socket]) -> None:
    double, client = wire
    double.script(ID, [Reply(how=How.HANG_UP)])
    client.sendall(REQUEST)
    answers = b""
    while piece := client.recv(4096):
        answers += piece
    assert answers.startswith(b"HTTP/1.1 200")
