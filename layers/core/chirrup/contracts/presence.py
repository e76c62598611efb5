"""Presence on the wire."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from chirrup.contracts.base import Emitted, Received, Timestamp, UserId, UserRef

ASKED_MAX = 100


def _split(value: object) -> object:
    """A query holds the ids in one text."""
    return value.split(",") if isinstance(value, str) else value


class PresenceQuery(Received):
    """Of whom to tell."""

    user_ids: Annotated[
        list[UserId],
        Field(
            min_length=1,
            max_length=ASKED_MAX,
            description="User ids, separated by commas; each is answered once.",
        ),
        BeforeValidator(_split),
    ]


class PresenceView(Emitted):
    """Whether a user is online."""

    user_id: UserRef
    online: Annotated[bool, Field(description="A WebSocket is open.")]
    last_seen: Annotated[
        Timestamp | None,
        Field(description="When a WebSocket was opened or closed last; absent if never."),
    ] = None


class PresenceList(Emitted):
    """Of oneself and of friends who show it; all others are left out."""

    items: list[PresenceView]
