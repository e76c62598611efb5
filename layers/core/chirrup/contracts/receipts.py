"""Receipts on the wire: who has read a message."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Cursor, Emitted, Received, Seq, UserId, UserRef


class ReceiptQuery(Received):
    """Whom to list, and which page of them."""

    read: Annotated[bool, Field(description="Those who have read it, or those who have not.")] = (
        True
    )
    limit: Annotated[int, Field(ge=1, le=100, description="Members at most.")] = 100
    cursor: Annotated[UserId | None, Field(description="`next_cursor` of the page before.")] = None


class ReceiptView(Emitted):
    """How far a member has read."""

    user_id: UserRef
    read_seq: Annotated[Cursor, Field(description="Their read cursor.")]


class ReceiptPage(Emitted):
    """Who has read a message; a page may hold fewer than were asked for."""

    conversation_id: ConversationRef
    seq: Seq
    read_count: Annotated[
        int, Field(ge=0, description="How many have read it; on every page the same.", examples=[3])
    ]
    total: Annotated[
        int,
        Field(
            ge=0,
            description="How many are in the conversation now and see it, less its sender.",
            examples=[11],
        ),
    ]
    items: list[ReceiptView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None
