"""`$connect` and `$disconnect`."""

import logging
from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.service.sessions import Forgetting, Sessions
from chirrup.transport.ws.context import session_of

_log = logging.getLogger(__name__)

_OK = {"statusCode": 200}


def connect(sessions: Sessions, event: Mapping[str, Any]) -> dict[str, Any]:
    """Note a socket that the authorizer has let in."""
    if _is_frame(event):
        return _OK
    try:
        sessions.open(*session_of(event))
    except ChirrupError as error:
        _log.warning("not connected", extra={"code": error.code.value})
        return {"statusCode": error.status}
    except Exception:
        _log.exception("connect failed")
        return {"statusCode": ChirrupError(ErrorCode.INTERNAL).status}
    return _OK


def disconnect(forgetting: Forgetting, event: Mapping[str, Any]) -> dict[str, Any]:
    """Forget a socket that has closed.

    A failure is raised: the gateway asks only once, and the alarm on errors should see it. The
    element left behind is removed by the first push that finds it gone.
    """
    if _is_frame(event):
        return _OK
    identity, connection = session_of(event)
    forgetting.close(identity.user_id, connection)
    return _OK


def _is_frame(event: Mapping[str, Any]) -> bool:
    """Whether a client has named one of these routes in a frame.

    AWS does not say that it cannot. An open socket that is forgotten would escape the limit of
    devices, and whatever closes sockets.
    """
    return bool(event["requestContext"].get("eventType") == "MESSAGE")
