"""Forgets a WebSocket that has closed."""

from typing import Any

from chirrup import bootstrap
from chirrup.transport.ws.sessions import disconnect

forgetting = bootstrap.forgetting()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer `$disconnect`."""
    return disconnect(forgetting, event)
