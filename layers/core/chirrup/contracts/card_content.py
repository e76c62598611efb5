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


class MaterialContent(Received):
    """What a channel has published; it is passed on by forwarding a message of the channel."""

    material_id: Annotated[CatalogId, Field(description="Which.")]
