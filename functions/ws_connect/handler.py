"""Notes a WebSocket that was let in, and closes those that it replaces."""

from typing import Any

from chirrup import bootstrap
from chirrup.transport.ws.sessions import connect

sessions = bootstrap.sessions()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer `$connect`."""
    return connect(sessions, event)
