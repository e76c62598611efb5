"""`$connect`: who may open a WebSocket. A refusal is a Deny policy, HTTP 403 to the client."""

import logging
from collections.abc import Mapping
from typing import Any

from chirrup.domain.connections import DEVICE_MAX, Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Clock
from chirrup.service.sessions import Admission, lifetime_end
from chirrup.transport.ws.context import context_of

_log = logging.getLogger(__name__)

PARAMETERS = frozenset({"ticket", "device"})
"""What may stand in the URL. A token may not: URLs end in logs."""


def authorize(admission: Admission, clock: Clock, event: Mapping[str, Any]) -> dict[str, Any]:
    """Answer API Gateway's REQUEST authorizer event with a policy."""
    arn = str(event.get("methodArn", "*"))
    try:
        return _admit(admission, clock, event, arn)
    except ChirrupError as error:
        _log.info("refused", extra={"code": error.code.value})
    except Exception:
        _log.exception("authorizer failed")
    return _policy("Deny", arn, "refused", {})


def _admit(
    admission: Admission, clock: Clock, event: Mapping[str, Any], arn: str
) -> dict[str, Any]:
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    query = event.get("queryStringParameters") or {}
    if query.keys() - PARAMETERS:
        raise ChirrupError(ErrorCode.INVALID_REQUEST)
    device = query.get("device") or str(event["requestContext"]["connectionId"])
    if len(device) > DEVICE_MAX or not device.isprintable():
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="device")
    now = clock.now()
    identity = admission.admit(
        token=_bearer(headers.get("authorization")),
        ticket=query.get("ticket"),
        origin=headers.get("origin"),
    )
    connection = Connection(
        id=str(event["requestContext"]["connectionId"]),
        expires_at=lifetime_end(identity, now),
        connected_at=now,
        device=device,
    )
    return _policy("Allow", arn, identity.user_id, context_of(identity, connection))


def _bearer(header: str | None) -> str | None:
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise ChirrupError(ErrorCode.UNAUTHENTICATED)
    return token.strip()


def _policy(effect: str, arn: str, principal: str, context: dict[str, str]) -> dict[str, Any]:
    return {
        "principalId": principal,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Action": "execute-api:Invoke", "Effect": effect, "Resource": arn}],
        },
        "context": context,
    }
