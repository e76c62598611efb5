"""`@connections` of API Gateway on this machine: notes what it is asked, answers as it is told."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import unquote

MARK = "/@connections/"


class Request(NamedTuple):
    """What was asked.

    Attributes:
        path: As it was sent.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def connection_id(self) -> str:
        """Which connection it is about."""
        return unquote(unquote(self.path).partition(MARK)[2])


@dataclass
class ConnectionsServer:
    """The server.

    Attributes:
        url: What `CONNECTIONS_URL` must be.
        requests: All, in order.
        answers: Statuses for the next requests of a connection; then, and for others, 200.
    """

    url: str
    requests: list[Request] = field(default_factory=list)
    answers: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def frames(self, connection_id: str) -> list[bytes]:
        """What was posted to a connection, in order."""
        return [
            request.body
            for request in self.requests
            if request.method == "POST" and request.connection_id == connection_id
        ]

    @property
    def closed(self) -> list[str]:
        """Connections that were closed, in order."""
        return [request.connection_id for request in self.requests if request.method == "DELETE"]

    def reset(self) -> None:
        """Forget everything."""
        self.requests.clear()
        self.answers.clear()

    def take(self, request: Request) -> int:
        """Note a request and say how it is answered."""
        self.requests.append(request)
        left = self.answers[request.connection_id]
        if left:
            return left.pop(0)
        return 204 if request.method == "DELETE" else 200


@contextmanager
def connections_server() -> Iterator[ConnectionsServer]:
    """Serve until the block ends."""
    server: ConnectionsServer

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = server.take(Request(self.command, self.path, headers, body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_DELETE = _answer

        def log_message(self, format: str, *args: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        server = ConnectionsServer(f"http://127.0.0.1:{http.server_port}/v1")
        thread = Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
