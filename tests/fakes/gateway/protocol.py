"""HTTP/1.1 of the gateway double, on asyncio's transports: as fast as Python gets."""

import asyncio
import socket
import struct
from collections import deque
from functools import partial

from tests.fakes.gateway.double import GatewayDouble, Request
from tests.fakes.gateway.faults import How, Reply

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_PLAIN = (
    b"HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 09:00:00 GMT\r\nContent-Length: 0\r\n"
    b"x-amzn-RequestId: 0b0c8f3e-6d3c-4f8e-9d8e-2f3a4b5c6d7e\r\nConnection: keep-alive\r\n\r\n"
)


class GatewayProtocol(asyncio.Protocol):
    """One socket of a client; requests are answered in their order, as HTTP wants it."""

    def __init__(self, double: GatewayDouble, loop: asyncio.AbstractEventLoop) -> None:
        self._double = double
        self._loop = loop
        self._transport: asyncio.Transport | None = None
        self._buffer = b""
        self._waiting: deque[Request] = deque()
        self._busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._double.counts["sockets"] += 1

    def connection_lost(self, exc: Exception | None) -> None:
        """See `asyncio.Protocol`."""
        self._transport = None
        self._waiting.clear()

    def data_received(self, data: bytes) -> None:
        """See `asyncio.Protocol`."""
        self._buffer += data
        while (request := self._next()) is not None:
            self._waiting.append(request)
        if not self._busy:
            self._work()

    def _next(self) -> Request | None:
        """The next request, if all of it is there."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return None
        first, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        length = int(headers.get("content-length", 0))
        if len(self._buffer) < end + 4 + length:
            return None
        method, path, _ = first.split(" ", 2)
        body = self._buffer[end + 4 : end + 4 + length]
        self._buffer = self._buffer[end + 4 + length :]
        return Request(method, path, headers, body)

    def _work(self) -> None:
        while self._waiting and self._transport is not None and not self._busy:
            request = self._waiting.popleft()
            self._double.begin()
            reply = self._double.take(request)
            last = request.headers.get("connection", "").lower() == "close"
            if reply.latency_ms and reply.how is not How.SLOW_BODY:
                self._busy = True
                resume = partial(self._resume, reply, last=last)
                self._double.clock.later(self._loop, reply.latency_ms, resume)
                return
            self._answer(reply, last=last)

    def _resume(self, reply: Reply, *, last: bool) -> None:
        self._busy = False
        self._answer(reply, last=last)
        self._work()

    def _complete(self, body: bytes) -> None:
        self._busy = False
        if self._transport is not None:
            self._transport.write(body)
            self._work()

    def _answer(self, reply: Reply, *, last: bool) -> None:
        self._double.end()
        transport = self._transport
        if transport is None or reply.how is How.STALL:
            self._busy = reply.how is How.STALL
            return
        if reply.how in (How.RESET, How.RESET_AFTER):
            _reset(transport)
            return
        if reply.inform:
            transport.write(CONTINUE)
        if reply.status == 200 and reply.how is How.WHOLE:
            transport.write(_PLAIN)
        else:
            self._write(transport, reply)
        if last or reply.how in (How.CUT, How.UNSIZED, How.HANG_UP):
            transport.close()

    def _write(self, transport: asyncio.Transport, reply: Reply) -> None:
        body, kind = self._double.body_of(reply)
        if reply.how in (How.SLOW_BODY, How.CUT, How.CHUNKED, How.UNSIZED) and not body:
            body = b'{"padding":"so that there is a body to play with"}'
        head = f"HTTP/1.1 {reply.status} Whatever\r\nConnection: keep-alive\r\n"
        if kind:
            head += f"x-amzn-ErrorType: {kind}\r\n"
        if reply.how is How.CHUNKED:
            chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
            transport.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunk)
            return
        if reply.how is not How.UNSIZED:
            head += f"Content-Length: {len(body)}\r\n"
        whole = f"{head}\r\n".encode()
        if reply.how is How.SLOW_BODY:
            transport.write(whole)
            # What comes behind it waits, or it would be read as the rest of this body.
            self._busy = True
            self._double.clock.later(self._loop, reply.latency_ms, partial(self._complete, body))
        else:
            transport.write(whole + (body[: len(body) // 2] if reply.how is How.CUT else body))


def _reset(transport: asyncio.Transport) -> None:
    """End a socket with RST rather than FIN."""
    own: socket.socket = transport.get_extra_info("socket")
    own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
