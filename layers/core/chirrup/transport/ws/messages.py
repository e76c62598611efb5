"""Every other route: a frame of an open socket."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.service.actor import Actor
from chirrup.service.sessions import Sessions
from chirrup.transport.services import Messaging
from chirrup.transport.ws.context import session_of
from chirrup.transport.ws.frames import answer, error_frame, event_body, frame_id


def message(app: Messaging, sessions: Sessions, event: Mapping[str, Any]) -> dict[str, Any]:
    """Answer a frame, or close the socket if its time is over."""
    body, binary = event_body(event)
    try:
        identity, connection = session_of(event)
    except ChirrupError as error:
        return {"statusCode": error.status, "body": error_frame(error, frame_id(body))}
    actor = Actor(identity.user_id, connection.id)
    if connection.expires_at <= app.clock.now():
        expired = error_frame(ChirrupError(ErrorCode.UNAUTHENTICATED), frame_id(body))
        sessions.expire(actor, connection, expired.encode())
        return {"statusCode": 200}
    request_id = str(event["requestContext"].get("requestId", ""))
    reply = answer(app, actor, body, binary=binary, request_id=request_id)
    return {"statusCode": 200, "body": reply}
