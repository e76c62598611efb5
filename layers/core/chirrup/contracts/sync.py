"""Catching up on the wire: what has changed since a client was last here."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import (
    SEQ_MAX,
    ConversationRef,
    Cursor,
    Emitted,
    Kind,
    Mentions,
    Received,
    Seq,
    Timestamp,
    Unread,
    VisibleFrom,
)
from chirrup.contracts.messages import MessageView
from chirrup.domain.ids import CONVERSATION_ID_MAX

CURSORS_MAX = 1000

Muted = Annotated[bool, Field(description="Its pushes are flagged, not withheld.")]
Pinned = Annotated[bool, Field(description="To be shown on top.")]
Archived = Annotated[bool, Field(description="To be shown apart.")]
MarkedUnread = Annotated[
    bool, Field(description="A reminder to oneself; reading ends it, the cursor stays.")
]
Draft = Annotated[str | None, Field(description="A text not sent yet.")]
Remark = Annotated[str | None, Field(description="Your own name for the conversation.")]
Left = Annotated[
    bool | None, Field(description="True for a group that you left or were removed from.")
]


class Sync(Received):
    """What the client has: the highest contiguous seq of each conversation it knows."""

    cursors: Annotated[
        dict[Annotated[str, Field(min_length=3, max_length=CONVERSATION_ID_MAX)], Cursor],
        Field(
            max_length=CURSORS_MAX,
            description="By conversation id; one that is left out counts as 0.",
        ),
    ] = Field(default_factory=dict)
    page: Annotated[
        Annotated[str, Field(pattern=r"^[!-~]{1,256}$")] | None,
        Field(description="`next_page` of the page before."),
    ] = None
    since: Annotated[
        Annotated[int, Field(ge=0, le=SEQ_MAX)] | None,
        Field(
            description=(
                "`now` of the first page of your last sync: conversations that you have changed "
                "on other devices since are given too."
            )
        ),
    ] = None


class SettingsView(Emitted):
    """What you have set for a conversation, on all of your devices."""

    muted: Muted
    pinned: Pinned
    archived: Archived
    marked_unread: MarkedUnread
    draft: Draft = None
    remark: Remark = None
    hidden_seqs: Annotated[
        list[Seq] | None, Field(description="Messages that you deleted for yourself.")
    ] = None


class GroupBrief(Emitted):
    """What a list shows of a group; of one that you have left, only its name."""

    name: Annotated[str, Field(description="Of the group.", examples=["Book club"])]
    size: Annotated[int | None, Field(description="Members.", examples=[12])] = None
    muted_all: Annotated[bool | None, Field(description="Only the owner and admins may write.")] = (
        None
    )
    slow_s: Annotated[
        int | None, Field(description="Seconds between two messages of a member; 0 for no limit.")
    ] = None
    dissolved: Annotated[bool | None, Field(description="It can only be read.")] = None
    banned: Annotated[bool | None, Field(description="The platform has stopped it.")] = None


class SyncedConversation(Emitted):
    """A conversation with news: its newest entries above the client's cursor, and its settings."""

    conversation_id: ConversationRef
    kind: Kind
    last_seq: Annotated[Cursor, Field(description="The newest seq.")]
    read_seq: Annotated[Cursor, Field(description="Your read cursor.")]
    unread: Unread
    mentions: Mentions = None
    visible_from_seq: VisibleFrom
    left: Left = None
    group: Annotated[GroupBrief | None, Field(description="Of a group.")] = None
    settings: SettingsView
    messages: Annotated[
        list[MessageView],
        Field(description="The newest ones above the cursor, at most 100; a gap means: pull."),
    ]


class SyncPage(Emitted):
    """A page of a sync."""

    conversations: list[SyncedConversation]
    next_page: Annotated[
        str | None, Field(description="The `page` to ask for next; absent on the last.")
    ] = None
    now: Annotated[Timestamp, Field(description="The `since` of your next sync.")]
