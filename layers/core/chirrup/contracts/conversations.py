"""Conversations on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import (
    Changes,
    ConversationRef,
    Cursor,
    Emitted,
    Kind,
    Mentions,
    Received,
    Seq,
    Timestamp,
    Unread,
    UserRef,
    VisibleFrom,
)
from chirrup.contracts.sync import (
    Archived,
    Draft,
    GroupBrief,
    Left,
    MarkedUnread,
    Muted,
    Pinned,
    Remark,
)
from chirrup.domain.conversations import DRAFT_MAX, REMARK_MAX


class PageQuery(Received):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=100, description="Conversations at most.")] = 100
    cursor: Annotated[
        Annotated[str, Field(pattern=r"^[!-~]{1,256}$")] | None,
        Field(description="`next_cursor` of the page before."),
    ] = None


class ConversationChanges(Changes):
    """What to set, for oneself, on all devices; what is left out stays."""

    muted: Muted = False
    pinned: Pinned = False
    archived: Archived = False
    marked_unread: MarkedUnread = False
    draft: Annotated[
        Annotated[str, Field(max_length=DRAFT_MAX)] | None,
        Field(description="A text not sent yet; null deletes it."),
    ] = None
    remark: Annotated[
        Annotated[str, Field(min_length=1, max_length=REMARK_MAX)] | None,
        Field(description="Your own name for the conversation; null deletes it."),
    ] = None


class PreviewView(Emitted):
    """The last message, in short."""

    seq: Seq
    sender_id: UserRef
    type: Annotated[str, Field(description="That of a message, or of a notice.", examples=["text"])]
    sent_at: Timestamp
    excerpt: Annotated[str | None, Field(description="The beginning of a text.")] = None
    recalled: bool


class ConversationView(Emitted):
    """A conversation as its user sees it."""

    conversation_id: ConversationRef
    kind: Kind
    peer_id: Annotated[UserRef | None, Field(description="The other side of a private chat.")] = (
        None
    )
    last_seq: Annotated[Cursor, Field(description="The newest seq.")]
    read_seq: Annotated[Cursor, Field(description="Your read cursor.")]
    peer_read_seq: Annotated[
        Cursor | None,
        Field(
            description="The other side's read cursor; only where one conversation is asked for."
        ),
    ] = None
    unread: Unread
    mentions: Mentions = None
    visible_from_seq: VisibleFrom
    preview: Annotated[
        PreviewView | None, Field(description="Absent if you deleted it, or nothing was sent.")
    ] = None
    muted: Muted
    pinned: Pinned
    archived: Archived
    marked_unread: MarkedUnread
    draft: Draft = None
    remark: Remark = None
    left: Left = None
    group: Annotated[GroupBrief | None, Field(description="Of a group.")] = None


class ConversationPage(Emitted):
    """A page of conversations, in the order of their ids; clients sort by `preview.sent_at`."""

    items: list[ConversationView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None
