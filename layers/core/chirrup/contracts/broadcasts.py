"""Broadcasts on the wire, as the administration makes and sees them."""

from typing import Annotated, Any

from pydantic import Field

from chirrup.contracts.base import (
    ClientId,
    ConversationRef,
    Cursor,
    Emitted,
    Received,
    Timestamp,
    UserId,
)
from chirrup.contracts.content import TextContent
from chirrup.contracts.materials import MaterialId
from chirrup.contracts.people import NextCursor
from chirrup.domain.broadcasts import BROADCAST_ID, State
from chirrup.domain.mailings import USERS_MAX

UserIds = Annotated[list[UserId], Field(min_length=1, max_length=USERS_MAX, description="To whom.")]


class NewBroadcast(Received):
    """What a channel shall say: a text or a material."""

    client_id: ClientId
    text: TextContent | None = None
    material_id: MaterialId | None = None
    user_ids: Annotated[UserIds | None, Field(description="To these users only, as a notice.")] = (
        None
    )


class BroadcastView(Emitted):
    """A broadcast."""

    broadcast_id: Annotated[str, Field(pattern=f"^{BROADCAST_ID}$")]
    channel_id: ConversationRef
    type: str
    content: dict[str, Any]
    state: State
    made_at: Timestamp
    sent_at: Timestamp | None = None
    withdrawn_at: Timestamp | None = None
    seq: Annotated[Cursor, Field(description="In the channel; 0 where it went to users by name.")]
    recipients: Annotated[int | None, Field(description="Absent where everybody is in.")] = None


class BroadcastPage(Emitted):
    """A page of a channel's broadcasts, by id."""

    items: list[BroadcastView]
    next_cursor: NextCursor = None


class ReachView(Emitted):
    """Whom a broadcast has reached."""

    recipients: Annotated[int | None, Field(description="Absent where everybody is in.")] = None
    delivered: Annotated[int | None, Field(description="Users in whose timeline it stands.")] = None
    read: Annotated[int, Field(ge=0, description="Those of them who have read it.")]
