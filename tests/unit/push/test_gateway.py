"""Posting to and closing connections of API Gateway."""

from collections.abc import Iterator

import pytest

from chirrup.ports import Gone, PushFailed
from chirrup.push.gateway import ATTEMPTS, ConnectionsApi
from chirrup.push.sigv4 import Credentials, Signer
from tests.fakes import FakeClock
from tests.support.connections_api import ConnectionsServer, connections_server

ID = "ZxY1zcEXAMPLE0="
CREDENTIALS = Credentials("AKID", "secret", "session")


@pytest.fixture(scope="module")
def serving() -> Iterator[ConnectionsServer]:
    with connections_server() as server:
        yield server


@pytest.fixture
def server(serving: ConnectionsServer) -> ConnectionsServer:
    serving.reset()
    return serving


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def api(server: ConnectionsServer, clock: FakeClock) -> Iterator[ConnectionsApi]:
    made = ConnectionsApi(server.url, CREDENTIALS, "us-east-1", clock)
    yield made
    made._pool.close()


def test_a_frame_is_posted_as_it_is(server: ConnectionsServer, api: ConnectionsApi) -> None:
    api.post(ID, "ü".encode())
    (request,) = server.requests
    assert (request.method, request.connection_id, request.body) == ("POST", ID, "ü".encode())
    # A raw "=" would be read as it is by the server but signed in another way.
    assert request.path.endswith("ZxY1zcEXAMPLE0%3D")


def test_what_is_sent_is_what_was_signed(
    server: ConnectionsServer, api: ConnectionsApi, clock: FakeClock
) -> None:
    api.post(ID, b"frame")
    (request,) = server.requests
    host = request.headers["host"]
    signed = Signer(CREDENTIALS, "us-east-1", host).headers(
        "POST", request.path, b"frame", clock.now()
    )
    sent = {name: request.headers.get(name.lower()) for name in signed}
    assert sent == signed


def test_a_connection_is_closed(server: ConnectionsServer, api: ConnectionsApi) -> None:
    api.close(ID)
    assert server.closed == [ID]


def test_a_connection_that_is_gone_is_said_to_be(
    server: ConnectionsServer, api: ConnectionsApi
) -> None:
    server.answers[ID] = [410]
    with pytest.raises(Gone):
        api.post(ID, b"frame")
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [410, 403, 400, 404])
def test_closing_what_cannot_be_closed_is_no_error(
    server: ConnectionsServer, api: ConnectionsApi, status: int
) -> None:
    server.answers[ID] = [status]
    api.close(ID)
    assert server.closed == [ID]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_tried_again_after_a_pause(
    server: ConnectionsServer, api: ConnectionsApi, clock: FakeClock, status: int
) -> None:
    server.answers[ID] = [status] * (ATTEMPTS - 1)
    api.post(ID, b"frame")
    assert server.frames(ID) == [b"frame"] * ATTEMPTS
    assert len(clock.pauses) == ATTEMPTS - 1


def test_what_does_not_pass_is_given_up(server: ConnectionsServer, api: ConnectionsApi) -> None:
    server.answers[ID] = [503] * 99
    with pytest.raises(PushFailed, match="503"):
        api.post(ID, b"frame")
    assert len(server.requests) == ATTEMPTS


@pytest.mark.parametrize("status", [400, 403, 404, 413])
def test_what_is_refused_is_not_tried_again(
    server: ConnectionsServer, api: ConnectionsApi, clock: FakeClock, status: int
) -> None:
    server.answers[ID] = [status]
    with pytest.raises(PushFailed, match=str(status)):
        api.post(ID, b"frame")
    assert len(server.requests) == 1
    assert clock.pauses == []


def test_a_server_that_is_not_there_is_given_up(clock: FakeClock) -> None:
    api = ConnectionsApi("http://127.0.0.1:1/v1", CREDENTIALS, "us-east-1", clock)
    with pytest.raises(PushFailed):
        api.post(ID, b"frame")
    assert len(clock.pauses) == ATTEMPTS - 1
    api.close(ID)


class SlowClock(FakeClock):
    """A clock whose pauses take two seconds."""

    def pause(self, ms: float) -> None:
        self.advance(2_000)


def test_each_attempt_is_signed_for_its_own_time(server: ConnectionsServer) -> None:
    server.answers[ID] = [500]
    api = ConnectionsApi(server.url, CREDENTIALS, "us-east-1", SlowClock())
    api.post(ID, b"frame")
    api._pool.close()
    first, second = server.requests
    assert first.headers["x-amz-date"] != second.headers["x-amz-date"]
