"""Conversations on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Cursor, Emitted, Received, Seq, Timestamp
from chirrup.domain.conversations import DRAFT_MAX


class PageQuery(Received):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 100
    cursor: Annotated[str, Field(min_length=1, max_length=256)] | None = None


class ConversationChanges(Received):
    """What to set; what is left out stays. A null draft is a draft deleted."""

    muted: bool = False
    pinned: bool = False
    archived: bool = False
    marked_unread: bool = False
    draft: Annotated[str, Field(max_length=DRAFT_MAX)] | None = None


class PreviewView(Emitted):
    """The last message, in short."""

    seq: Seq
    sender_id: str
    type: str
    sent_at: Timestamp
    excerpt: str | None = None
    recalled: bool


class ConversationView(Emitted):
    """A conversation as its user sees it."""

    conversation_id: str
    kind: str
    peer_id: str | None = None
    last_seq: Cursor
    read_seq: Cursor
    peer_read_seq: Cursor | None = None
    unread: int
    visible_from_seq: Seq
    preview: PreviewView | None = None
    muted: bool
    pinned: bool
    archived: bool
    marked_unread: bool
    draft: str | None = None


class ConversationPage(Emitted):
    """A page of conversations, in the order of their ids; clients sort by `preview.sent_at`."""

    items: list[ConversationView]
    next_cursor: str | None = None
