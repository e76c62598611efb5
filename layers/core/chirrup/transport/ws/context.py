"""What the authorizer found out, as it comes back with every frame of the socket."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.connections import Connection
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Identity


def session_of(event: Mapping[str, Any]) -> tuple[Identity, Connection]:
    """The user and the connection of a WebSocket event.

    Raises:
        ChirrupError: `unauthenticated` when there is no authorizer context.
    """
    context = event.get("requestContext", {})
    found = context.get("authorizer") or {}
    try:
        connection = Connection(
            id=str(context["connectionId"]),
            expires_at=int(found["expires_at"]),
            connected_at=int(found["connected_at"]),
            device=str(found.get("device") or context["connectionId"]),
        )
        identity = Identity(
            user_id=str(found["user_id"]),
            expires_at=connection.expires_at,
            name=found.get("name"),
            picture=found.get("picture"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ChirrupError(ErrorCode.UNAUTHENTICATED) from error
    return identity, connection


def context_of(identity: Identity, connection: Connection) -> dict[str, str]:
    """The authorizer context that `session_of` reads; texts only, as API Gateway allows."""
    context = {
        "user_id": identity.user_id,
        "device": connection.device,
        "expires_at": str(connection.expires_at),
        "connected_at": str(connection.connected_at),
        "name": identity.name,
        "picture": identity.picture,
    }
    return {key: value for key, value in context.items() if value}
