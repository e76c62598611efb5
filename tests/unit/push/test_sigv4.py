"""Our signatures are those of botocore, at a tenth of the cost."""

from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote

import botocore.auth
import pytest
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotoCredentials
from hypothesis import given
from hypothesis import strategies as st

from chirrup.push.sigv4 import Credentials, Signer
from tests.fakes.clock import NOON

HOST = "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
REGION = "eu-central-1"
DAY_MS = 24 * 60 * 60 * 1000


def botocores(
    credentials: Credentials, method: str, path: str, body: bytes, now_ms: int, host: str = HOST
) -> dict[str, str]:
    """The headers that botocore's signer adds."""
    request = AWSRequest(method=method, url=f"https://{host}{path}", data=body)
    signer = botocore.auth.SigV4Auth(BotoCredentials(*credentials), "execute-api", REGION)
    with pytest.MonkeyPatch.context() as patch:
        at = datetime.fromtimestamp(now_ms / 1000, UTC)
        patch.setattr(botocore.auth, "get_current_datetime", lambda: at)
        signer.add_auth(request)
    return {name.lower(): value for name, value in request.headers.items()}


def ours(signer: Signer, method: str, path: str, body: bytes, now_ms: int) -> dict[str, str]:
    lines = signer.headers(method, path, sha256(body).hexdigest(), now_ms)
    headers = dict(line.split(": ", 1) for line in lines.splitlines())
    assert lines == "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    assert headers.pop("Host") == signer._host
    return {name.lower(): value for name, value in headers.items()}


CONNECTION_IDS = st.text("ABCXYZabcxyz0189-_=+/", min_size=1, max_size=24)


@given(
    connection_id=CONNECTION_IDS,
    body=st.binary(max_size=200),
    method=st.sampled_from(["POST", "DELETE"]),
    token=st.none() | st.just("session/token+=="),
    now_ms=st.integers(NOON, NOON + 400 * DAY_MS),
)
def test_a_signature_is_the_same_as_botocores(
    connection_id: str, body: bytes, method: str, token: str | None, now_ms: int
) -> None:
    credentials = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", token)
    path = f"/v1/@connections/{quote(connection_id, safe='')}"
    signer = Signer(credentials, REGION, HOST)
    assert ours(signer, method, path, body, now_ms) == botocores(
        credentials, method, path, body, now_ms
    )


def test_a_signer_goes_on_into_the_next_day() -> None:
    credentials = Credentials("AKID", "secret")
    signer = Signer(credentials, REGION, HOST)
    for now_ms in (NOON, NOON + 5, NOON + DAY_MS, NOON + 2 * DAY_MS, NOON):
        found = ours(signer, "POST", "/v1/@connections/a", b"x", now_ms)
        assert found == botocores(credentials, "POST", "/v1/@connections/a", b"x", now_ms)


def test_a_port_is_part_of_what_is_signed() -> None:
    credentials = Credentials("AKID", "secret")
    host = "127.0.0.1:4566"
    found = ours(Signer(credentials, REGION, host), "POST", "/x", b"", NOON)
    assert found == botocores(credentials, "POST", "/x", b"", NOON, host)


def test_the_secret_stands_in_no_header() -> None:
    signer = Signer(Credentials("AKID", "the-secret"), REGION, HOST)
    assert "the-secret" not in repr(signer.headers("POST", "/x", "0" * 64, NOON))
