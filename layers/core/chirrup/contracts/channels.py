"""Channels on the wire, as users see them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Emitted, Received, Timestamp, Unread
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import MediaRef
from chirrup.contracts.sync import Muted
from chirrup.domain.channels import ChannelKind
from chirrup.domain.ids import CHANNEL_CODE

CHANNELS_SHOWN = 100
Code = Annotated[
    str,
    Field(pattern=f"^{CHANNEL_CODE}$", description="Of a channel.", examples=["news"]),
]
CodeRef = Annotated[str, Field(description="Of the channel.", examples=["news"])]


class ChannelQuery(Received):
    """Which page of the channels."""

    limit: Annotated[int, Field(ge=1, le=CHANNELS_SHOWN, description="Channels at most.")] = (
        CHANNELS_SHOWN
    )
    cursor: Annotated[Code | None, Field(description="`next_cursor` of the page before.")] = None


class ChannelView(Emitted):
    """A channel as a user sees it."""

    code: CodeRef
    conversation_id: ConversationRef
    name: Annotated[str, Field(description="What it is called.", examples=["News"])]
    avatar: MediaRef | None = None
    description: Annotated[str | None, Field(description="What it is about.")] = None
    kind: Annotated[
        ChannelKind, Field(description="Who is in it: those who subscribe, or everyone.")
    ]
    enabled: Annotated[bool, Field(description="Others can subscribe.")]
    created_at: Timestamp
    subscribed: Annotated[bool, Field(description="You are in it, and can read it.")]
    muted: Muted
    unread: Unread


class ChannelPage(Emitted):
    """A page of the channels that there are, by code."""

    items: list[ChannelView]
    next_cursor: NextCursor = None
