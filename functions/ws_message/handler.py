"""Carries out the frames of open WebSockets."""

from typing import Any

from chirrup import bootstrap
from chirrup.transport.ws.messages import message

messaging = bootstrap.messaging()
sessions = bootstrap.sessions()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answer a frame; the body goes back as the route's response."""
    return message(messaging, sessions, event)
