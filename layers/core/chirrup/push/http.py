"""HTTP/1.1 over kept-alive sockets, as far as `@connections` needs it, on asyncio's transports.

A client of the large ones costs four times as much for each push, or does not load in a tenth of
the time that a function has to start in: see docs/decisions/0015-own-http-in-the-pusher.md.
"""

import asyncio
import random
import re
import ssl
import time
from collections.abc import Callable
from weakref import WeakSet

CONNECT_TIMEOUT_S = 1.0
ADDRESSES_KEPT_S = 60.0
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


class Sockets:
    """Kept-alive sockets to one host, opened when all others are busy."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, host: str, port: int, *, secure: bool
    ) -> None:
        self._loop = loop
        self._host = host
        self._port = port
        self._tls = ssl.create_default_context() if secure else None
        self._idle: list[Socket] = []
        self._all: WeakSet[Socket] = WeakSet()
        self._addresses: list[str] = []
        self._resolved_at = 0.0

    async def ask(self, request: bytes, timeout_s: float) -> int:
        """The status that a request is answered with.

        Raises:
            Broken: There was no answer; the request may have been carried out nevertheless.
            NoAnswer: The same, for want of time.
        """
        socket = self._kept() or await self._opened()
        reused = socket.used
        try:
            return await socket.ask(request, timeout_s)
        except Broken:
            if not reused:
                raise
        # The other side had closed it while nobody used it, as servers do after some seconds.
        return await (await self._opened()).ask(request, timeout_s)

    def close(self) -> None:
        """Close all, whatever they are at."""
        for socket in list(self._all):
            socket.abort()
        self._idle.clear()

    def _kept(self) -> Socket | None:
        while self._idle:
            socket = self._idle.pop()
            if socket.open:
                return socket
        return None

    async def _opened(self) -> Socket:
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_S):
                _, socket = await self._loop.create_connection(
                    lambda: Socket(self._loop, self._idle.append),
                    await self._address(),
                    self._port,
                    ssl=self._tls,
                    server_hostname=self._host if self._tls else None,
                )
        except (OSError, TimeoutError) as error:
            self._addresses = []  # They may have changed.
            raise Broken(type(error).__name__) from error
        self._all.add(socket)
        return socket

    async def _address(self) -> str:
        """One of the host's addresses: asked for once a minute, not for each socket."""
        if not self._addresses or time.monotonic() - self._resolved_at > ADDRESSES_KEPT_S:
            found = await self._loop.getaddrinfo(self._host, self._port)
            self._addresses = sorted({str(entry[4][0]) for entry in found})
            self._resolved_at = time.monotonic()
        return random.choice(self._addresses)  # noqa: S311 - no secret
