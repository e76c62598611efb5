"""Decides on `$connect` who may open a WebSocket."""

from typing import Any

from chirrup import bootstrap
from chirrup.transport.ws.authorize import authorize

admission = bootstrap.admission()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer API Gateway's REQUEST authorizer event with a policy."""
    return authorize(admission, bootstrap.clock(), event)
