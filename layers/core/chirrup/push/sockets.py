"""Kept-alive sockets to one host, shared by all that is under way."""

import asyncio
import random
import ssl
import time
from socket import AF_INET
from weakref import WeakSet

from chirrup.push.http import Broken, Socket

CONNECT_TIMEOUT_S = 1.0
ADDRESSES_KEPT_S = 60.0


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
            # A function without IPv6 is told of such addresses all the same.
            old = [entry for entry in found if entry[0] is AF_INET]
            self._addresses = sorted({str(entry[4][0]) for entry in old or found})
            self._resolved_at = time.monotonic()
        return random.choice(self._addresses)  # noqa: S311 - no secret
