"""The content of cards, places and materials."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import NOT_BLANK, Emitted, Received
from chirrup.contracts.fields import CatalogId, Composed, NotBlank, PictureRef, Title
from chirrup.domain.contents import ADDRESS_MAX
from chirrup.domain.ids import CONVERSATION_ID_MAX

CardKind = Literal["user", "group", "channel"]


class LocationContent(Received):
    """A place."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees.")]
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees.")]
    title: Annotated[Title, Field(description="What it is called.")]
    address: Annotated[
        Annotated[
            str,
            Field(min_length=1, max_length=ADDRESS_MAX, json_schema_extra={**NOT_BLANK}),
            Composed,
            NotBlank,
        ]
        | None,
        Field(description="Where it is."),
    ] = None


class CardContent(Received):
    """Whom or what to recommend; a group only by its members."""

    kind: CardKind
    target_id: Annotated[
        str,
        Field(
            min_length=1,
            max_length=CONVERSATION_ID_MAX,
            description="A user id, or the id of a group or a channel.",
            examples=["carol"],
        ),
    ]


class CardContentView(Emitted):
    """A card, with what the server knew of its target when it was sent."""

    kind: CardKind
    target_id: Annotated[str, Field(examples=["carol"])]
    name: Annotated[str, Field(examples=["Carol"])]
    avatar: PictureRef = None


class MaterialContentView(Emitted):
    """What a channel has published; its rich text is asked for where it is read."""

    material_id: str
    channel_id: Annotated[str, Field(description="The channel.", examples=["c_news"])]
    title: Annotated[str, Field(description="What it is called.", examples=["New hours"])]
    summary: Annotated[str | None, Field(description="In a sentence or two.")] = None
    cover: Annotated[str | None, Field(description="An upload, or an https URL.")] = None
    url: Annotated[str | None, Field(description="An https URL: where it leads.")] = None


class MaterialContent(Received):
    """What a channel has published, to be passed on by one who is in the channel."""

    material_id: Annotated[CatalogId, Field(description="Which.")]
