"""The content of messages that pass others on: merged, or forwarded."""

from typing import Annotated, Any

from pydantic import Field

from chirrup.contracts.base import (
    CONVERSATION_ID,
    ConversationId,
    Emitted,
    Received,
    Seq,
    Timestamp,
    UserRef,
)
from chirrup.contracts.content import TypeRef
from chirrup.contracts.fields import Title
from chirrup.domain.contents import MERGED_MAX


class MessageAt(Received):
    """A message of any conversation that one sees."""

    # Where a request itself goes, the id is looked at later, and refused in a way of its own.
    conversation_id: Annotated[ConversationId, Field(pattern=CONVERSATION_ID)]
    seq: Seq


class MergedContent(Received):
    """Messages that one sees, of any conversations, to be shown as one."""

    title: Annotated[Title, Field(description="What it is about.")]
    items: Annotated[
        list[MessageAt],
        Field(min_length=1, max_length=MERGED_MAX, description="In the order to show them in."),
    ]


class MergedItemView(Emitted):
    """A message as it was when it was merged."""

    sender_id: UserRef
    type: TypeRef
    content: Annotated[dict[str, Any], Field(description="As of a message of that type.")]
    sent_at: Timestamp


class MergedContentView(Emitted):
    """Several messages in one: a picture of them, taken when it was sent."""

    title: Annotated[str, Field(description="What it is about.")]
    items: list[MergedItemView]


class ForwardContent(MessageAt):
    """A message that one sees, to be sent anew: its content becomes that of the new message."""
