"""Channels on the wire, as the administration makes and sees them."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import Changes, ConversationRef, Emitted, Received, Timestamp
from chirrup.contracts.channels import Code, CodeRef
from chirrup.contracts.fields import Composed, Media, NotBlank
from chirrup.contracts.pictures import MediaRef
from chirrup.domain.channels import DESCRIPTION_MAX, NAME_MAX, ChannelKind

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX), Composed, NotBlank]
Description = Annotated[str, Field(min_length=1, max_length=DESCRIPTION_MAX), Composed, NotBlank]
Enabled = Annotated[bool, Field(description="It is listed and takes subscribers.")]


class NewChannel(Received):
    """A channel to be made."""

    code: Code
    name: Name
    kind: Literal["subscribe", "everyone"] = "subscribe"
    avatar: Media | None = None
    description: Description | None = None
    enabled: Enabled = True


class ChannelChanges(Changes):
    """What to change of a channel."""

    name: Name = ""
    avatar: Media | None = None
    description: Description | None = None
    enabled: Enabled = True


class KeptChannelView(Emitted):
    """A channel as the administration has it."""

    code: CodeRef
    conversation_id: ConversationRef
    name: str
    avatar: MediaRef | None = None
    description: str | None = None
    kind: ChannelKind
    enabled: Enabled
    created_at: Timestamp
