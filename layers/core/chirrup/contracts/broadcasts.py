"""Broadcasts and notifications on the wire, as administrators and business systems make them."""

from typing import Annotated, Any

from pydantic import Field

from chirrup.contracts.base import (
    Changes,
    ClientId,
    ConversationRef,
    Cursor,
    Emitted,
    Received,
    Timestamp,
    UserId,
)
from chirrup.contracts.channels import Code, CodeRef
from chirrup.contracts.content import TextContent
from chirrup.contracts.fields import Composed, NotBlank
from chirrup.contracts.materials import MaterialId
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import Media, MediaRef
from chirrup.domain.broadcasts import BROADCAST_ID, State
from chirrup.domain.channels import DESCRIPTION_MAX, NAME_MAX, ChannelKind
from chirrup.domain.mailings import USERS_MAX
from chirrup.domain.templates import FIELD, FIELDS_MAX, TEMPLATE_ID, TEXT_MAX, VALUE_MAX

Name = Annotated[str, Field(min_length=1, max_length=NAME_MAX), Composed, NotBlank]
Description = Annotated[str, Field(min_length=1, max_length=DESCRIPTION_MAX), Composed, NotBlank]
Enabled = Annotated[bool, Field(description="It is listed and takes subscribers.")]
UserIds = Annotated[list[UserId], Field(min_length=1, max_length=USERS_MAX, description="To whom.")]
TemplateId = Annotated[str, Field(pattern=f"^{TEMPLATE_ID}$", examples=["order_shipped"])]


class NewChannel(Received):
    """A channel to be made."""

    code: Code
    name: Name
    kind: ChannelKind = ChannelKind.SUBSCRIBE
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


class NewTemplate(Received):
    """The words of a template."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=TEXT_MAX,
            description="With `{field}` where data goes.",
            examples=["Your order {order} has shipped."],
        ),
        Composed,
        NotBlank,
    ]


class NewNotification(Received):
    """What users shall be told."""

    client_id: ClientId
    template_id: TemplateId
    data: Annotated[
        dict[
            Annotated[str, Field(pattern=f"^{FIELD}$")],
            Annotated[str, Field(max_length=VALUE_MAX), Composed],
        ],
        Field(max_length=FIELDS_MAX, description="For each field of the template.", default={}),
    ]
    user_ids: UserIds
