"""WebSockets seen from behind the gateway, so that one suite runs on each gateway."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote

from chirrup.ports.fanout import Gateway, Outcome, Parcel
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.patience import Patience
from chirrup.push.sigv4 import Credentials
from tests.fakes import FakeClock, FakeGateway
from tests.support.http_server import Answer, Received, http_server

STAGE = "/v1"
REGION = "eu-central-1"
CREDENTIALS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a/token+==")


@dataclass
class Sockets:
    """A gateway and what is behind it.

    Attributes:
        frames: What has reached a connection.
        gone: Connections that do not exist any more.
        jammed: Connections to which nothing can be sent.
    """

    gateway: Gateway
    frames: Callable[[str], list[bytes]]
    gone: set[str]
    jammed: set[str]

    def post(self, connection_id: str, *frames: bytes, closing: bool = False) -> Outcome:
        """Send frames to one connection; what became of them."""
        parcel = Parcel(connection_id, frames, closing)
        (outcome,) = self.gateway.deliver([parcel], FakeClock().now() + 60_000)
        return outcome


@contextmanager
def fake_sockets() -> Iterator[Sockets]:
    """The fake gateway."""
    gateway = FakeGateway()
    yield Sockets(gateway, lambda id_: gateway.frames.get(id_, []), gateway.gone, gateway.failing)


@contextmanager
def connections_api() -> Iterator[Sockets]:
    """The real one, in front of a server that answers as API Gateway does."""
    frames: dict[str, list[bytes]] = {}
    with http_server() as server:
        patience = Patience(pause_ms=0)
        api = ConnectionsApi(server.url + STAGE, CREDENTIALS, REGION, FakeClock(), patience)
        sockets = Sockets(api, lambda id_: frames.get(id_, []), set(), set())
        server.reply = lambda request: _as_api_gateway(sockets, frames, request)
        yield sockets
        api.close()


def _as_api_gateway(sockets: Sockets, frames: dict[str, list[bytes]], request: Received) -> Answer:
    match = re.fullmatch(r"/v1/@connections/([^/?]+)", request.path)
    if match is None:
        return Answer(404)
    id_ = unquote(match[1])
    if id_ in sockets.gone:
        return Answer(410, b'{"message":"GoneException"}')
    if request.method == "DELETE":
        sockets.gone.add(id_)
        return Answer(204)
    if id_ in sockets.jammed:
        return Answer(500, b'{"message":"Internal server error"}')
    frames.setdefault(id_, []).append(request.body)
    return Answer(200)
