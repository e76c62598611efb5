"""On whose behalf a use case runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """An authenticated user.

    Attributes:
        user_id: From the verified token.
        connection_id: The WebSocket that asked; None over HTTP.
    """

    user_id: str
    connection_id: str | None = None
