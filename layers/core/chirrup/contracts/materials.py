"""Materials on the wire, as users read them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import CONVERSATION_ID, Emitted, Received
from chirrup.contracts.pictures import MediaRef
from chirrup.domain.materials import MATERIAL_ID

_PLACE = f"{CONVERSATION_ID[:-1]}:[1-9][0-9]{{0,15}}$"
MaterialId = Annotated[
    str,
    Field(
        pattern=f"^{MATERIAL_ID}$",
        description="A material.",
        examples=["mt_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
ChannelRef = Annotated[
    str, Field(description="The conversation of the channel.", examples=["c_news"])
]
TitleRef = Annotated[str, Field(description="What it is called.", examples=["New hours"])]
SummaryRef = Annotated[str, Field(description="In a sentence or two.")]
UrlRef = Annotated[
    str, Field(description="An https URL: where it leads.", examples=["https://example.com/"])
]


class MaterialQuery(Received):
    """Where a material is shown; needed by one who is not in its channel."""

    shown_in: Annotated[
        Annotated[str, Field(pattern=_PLACE, examples=["p_alice~bob:42"])] | None,
        Field(description="A message that shows it: `<conversation id>:<seq>`."),
    ] = None


class MaterialView(Emitted):
    """What a channel has published."""

    material_id: MaterialId
    channel_id: ChannelRef
    title: TitleRef
    summary: SummaryRef | None = None
    cover: MediaRef | None = None
    url: UrlRef | None = None
    html: Annotated[
        str | None, Field(description="The rich text, sanitised; absent where there is a `url`.")
    ] = None
