"""HTTP/1.1 on one kept-alive socket, as far as `@connections` needs it, on asyncio's transports.

aiohttp costs three times as much for each push, and importing it more than the fan-out may take to
start with all that it needs: see docs/decisions/0014-own-http-in-the-pusher.md.
"""

import asyncio
import re
from collections.abc import Callable

HEAD_BYTES_MAX = 64 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5]\d\d)[ \r]")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
_LAST = re.compile(rb"\r\n(?:connection:[ \t]*close|transfer-encoding:)", re.IGNORECASE)
_NO_BODY = (204, 304)
_INFORMATION = 200
"""Statuses below are followed by another answer."""


class Broken(Exception):
    """The socket broke, was never opened, or spoke something else than HTTP."""


class NoAnswer(Exception):
    """No answer came in time. The request may have been carried out."""


class Socket(asyncio.Protocol):
    """One socket: one request at a time. The status counts as the answer, its body is skipped."""

    def __init__(self, loop: asyncio.AbstractEventLoop, idle: Callable[["Socket"], None]) -> None:
        """Begin.

        Args:
            loop: That it lives in.
            idle: Called when another request may be sent.
        """
        self.open = True
        self.used = False
        self._loop = loop
        self._idle = idle
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[int] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._head = b""
        self._body_left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - narrows the type
        self._transport = transport

    def ask(self, request: bytes, timeout_s: float) -> "asyncio.Future[int]":
        """Send a request.

        Returns:
            The answer's status, or `Broken` or `NoAnswer`.
        """
        self._waiter = self._loop.create_future()
        if not self.open or self._transport is None:
            self._waiter.set_exception(Broken("closed"))
            return self._waiter
        self._timer = self._loop.call_later(timeout_s, self._give_up)
        self._transport.write(request)
        return self._waiter

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        if self._body_left:
            self._skip(data)
        elif self._waiter is None or self._waiter.done():
            self.abort()  # Nobody has asked.
        else:
            self._head = self._head + data if self._head else data
            self._read_head()

    def _read_head(self) -> None:
        end = self._head.find(b"\r\n\r\n")
        if end < 0:
            if len(self._head) > HEAD_BYTES_MAX:
                self._fail(Broken("endless head"))
            return
        head, rest = self._head[: end + 2], self._head[end + 4 :]
        self._head = b""
        found = _STATUS.match(head)
        if found is None:
            self._fail(Broken("not HTTP"))
            return
        status = int(found.group(1))
        if status < _INFORMATION:
            self._head = rest
            self._read_head()
            return
        length = _LENGTH.search(head)
        body = 0 if status in _NO_BODY else int(length.group(1)) if length else None
        self._answer(status)
        if body is None or _LAST.search(head):
            self.abort()
        elif body:
            self._body_left = body
            self._skip(rest)
        else:
            self._rest()

    def _skip(self, data: bytes) -> None:
        self._body_left -= len(data)
        if self._body_left < 0:
            self.abort()
        elif not self._body_left:
            self._rest()

    def _rest(self) -> None:
        self.used = True
        self._idle(self)

    def _answer(self, status: int) -> None:
        if self._timer:
            self._timer.cancel()
        if self._waiter and not self._waiter.done():
            self._waiter.set_result(status)

    def _give_up(self) -> None:
        self._fail(NoAnswer())

    def _fail(self, error: Exception) -> None:
        if self._timer:
            self._timer.cancel()
        if self._waiter and not self._waiter.done():
            self._waiter.set_exception(error)
        self.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self.open = False
        self._fail(Broken(type(exc).__name__ if exc else "closed"))

    def abort(self) -> None:
        """Close at once; what is under way is lost."""
        self.open = False
        if self._transport is not None:
            self._transport.abort()
