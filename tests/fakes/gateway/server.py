"""The gateway double on a port of this machine."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from tests.fakes.gateway.clock import GatewayClock, RealClock
from tests.fakes.gateway.double import GatewayDouble
from tests.fakes.gateway.protocol import GatewayProtocol
from tests.fakes.gateway.signatures import Verifier

HOST = "127.0.0.1"
BACKLOG = 1024


async def serve(double: GatewayDouble) -> asyncio.Server:
    """Begin to serve on a free port."""
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: GatewayProtocol(double, loop), HOST, 0, backlog=BACKLOG)


def url_of(server: asyncio.Server) -> str:
    """What `CONNECTIONS_URL` must be."""
    return f"http://{HOST}:{server.sockets[0].getsockname()[1]}/v1"


@contextmanager
def gateway_double(
    clock: GatewayClock | None = None, verifier: Verifier | None = None
) -> Iterator[tuple[GatewayDouble, str]]:
    """Serve from a thread until the block ends; the double, and its URL."""
    double = GatewayDouble(clock or RealClock(), verifier)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(serve(double))
    thread = Thread(target=loop.run_forever, name="gateway-double")
    thread.start()
    try:
        yield double, url_of(server)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(asyncio.sleep(0))
        _close_transports(loop)
        loop.close()


def _close_transports(loop: asyncio.AbstractEventLoop) -> None:
    """Sockets that clients have kept open end with the server."""
    for transport in list(getattr(loop, "_transports", {}).values()):
        transport.abort()
    loop.run_until_complete(asyncio.sleep(0))
