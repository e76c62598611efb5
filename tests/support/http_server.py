"""A small HTTP server on this machine, which answers as it is told and remembers what it got."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from local.places import HOST


class Received(NamedTuple):
    """One request, its path as it was sent."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    """What to answer."""

    status: int = 200
    body: bytes = b""
    hang_up: bool = False


class Reset:
    """The socket is closed without an answer."""


class Stall:
    """Nothing is answered as long as the server lives."""


class CutShort:
    """The answer ends before it is whole."""


Reply = Answer | Reset | Stall | CutShort


@dataclass
class HttpServer:
    """What a test sees of a server.

    Attributes:
        reply: Makes the reply to a request.
        requests: In the order of their coming.
        sockets: How many were opened to it.
    """

    reply: Callable[[Received], Reply]
    url: str = ""
    requests: list[Received] = field(default_factory=list)
    sockets: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def answer_with(self, *replies: Reply) -> None:
        """Answer so, one after another; the last one goes on for ever."""
        left = list(replies)
        self.reply = lambda _: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def http_server() -> Iterator[HttpServer]:
    """A server that answers 200 until it is told otherwise."""
    seen = HttpServer(lambda _: Answer())

    class Handler(_Handler):
        server_seen = seen

    server = ThreadingHTTPServer((HOST, 0), Handler)
    seen.url = f"http://{HOST}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield seen
    finally:
        seen.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server_seen: HttpServer
    protocol_version = "HTTP/1.1"
    timeout = 10

    def setup(self) -> None:
        super().setup()
        self.server_seen.sockets += 1

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True  # The client has gone.

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        seen = self.server_seen
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.command, self.path, headers, body)
        seen.requests.append(received)
        reply = seen.reply(received)
        if isinstance(reply, Answer):
            self._answer(reply.status, reply.body, len(reply.body))
            self.close_connection = self.close_connection or reply.hang_up
            return
        if isinstance(reply, Stall):
            seen.over.wait()
        if isinstance(reply, CutShort):
            self._answer(200, b"{", 100)
        self.close_connection = True

    def _answer(self, status: int, body: bytes, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
