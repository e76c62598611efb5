"""What browsers and apps do with the URLs and forms that they are given."""

from collections.abc import Mapping
from http.client import HTTPConnection, HTTPSConnection
from importlib import import_module
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from chirrup.ports.media import Form, Sending

BOUNDARY = "------------------------7ma4YWxkTrZu0gW"


class Downloaded(NamedTuple):
    """An answer: status, headers in lower case, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Browser(Protocol):
    """Talks to a bucket."""

    def post(self, form: Form, body: bytes) -> int:
        """Send a form with a file; the status."""

    def put(self, sending: Sending, body: bytes) -> int:
        """Send a part; the status."""

    def get(self, url: str) -> Downloaded:
        """Download."""


def multipart(fields: Mapping[str, str], body: bytes) -> bytes:
    """A form as multipart/form-data, the file last."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    file_ = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    return "".join([*parts, file_]).encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()


class HttpBrowser:
    """Implements `Browser` over sockets, with no headers but those that it must send."""

    def post(self, form: Form, body: bytes) -> int:
        """See `Browser`."""
        headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
        return self._ask("POST", form.url, multipart(form.fields, body), headers).status

    def put(self, sending: Sending, body: bytes) -> int:
        """See `Browser`; a client sets the length by itself."""
        headers = {n: v for n, v in sending.headers.items() if n.lower() != "content-length"}
        return self._ask("PUT", sending.url, body, headers).status

    def get(self, url: str) -> Downloaded:
        """See `Browser`."""
        return self._ask("GET", url, None, {})

    def _ask(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Downloaded:
        parts = urlsplit(url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=60)
        try:
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Downloaded(answer.status, told, answer.read())
        finally:
            connection.close()


class MotoBrowser:
    """Implements `Browser` by the library whose requests moto answers."""

    def __init__(self) -> None:
        self._requests: Any = import_module("requests")

    def post(self, form: Form, body: bytes) -> int:
        """See `Browser`."""
        answer = self._requests.post(form.url, data=form.fields, files={"file": body})
        return int(answer.status_code)

    def put(self, sending: Sending, body: bytes) -> int:
        """See `Browser`."""
        return int(self._requests.put(sending.url, data=body, headers=sending.headers).status_code)

    def get(self, url: str) -> Downloaded:
        """See `Browser`."""
        answer = self._requests.get(url)
        told = {name.lower(): value for name, value in answer.headers.items()}
        return Downloaded(int(answer.status_code), told, answer.content)


class FakeBrowser:
    """Implements `Browser` on the bucket in memory."""

    def __init__(self, bucket: Any) -> None:
        self._bucket = bucket

    def post(self, form: Form, body: bytes) -> int:
        """See `Browser`."""
        return int(self._bucket.post(form.fields, body))

    def put(self, sending: Sending, body: bytes) -> int:
        """See `Browser`."""
        return int(self._bucket.put(sending.url, sending.headers, body))

    def get(self, url: str) -> Downloaded:
        """See `Browser`."""
        return Downloaded(*self._bucket.get(url))
