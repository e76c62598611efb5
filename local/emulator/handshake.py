"""What the adapters know of the WebSocket whose events are being handled.

MiniStack hands a handler's answer on as text only, so an adapter that sees the failure inside
tells the one that answers the client through this record.
"""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Handshake:
    """One socket's opening."""

    connection_id: str
    connected_at: int
    # The HTTP status that the client shall see, where MiniStack would send another.
    refusal: int | None = None
    subprotocol: str | None = None
    # Whether MiniStack has asked for the connection's id yet.
    named: bool = False


# Copied into the threads that run the handlers, so the same record is seen there.
CURRENT: ContextVar[Handshake | None] = ContextVar("handshake", default=None)
