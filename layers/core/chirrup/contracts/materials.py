"""Materials on the wire: as the administration makes them, and as users read them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import CONVERSATION_ID, ClientId, Emitted, Received, Timestamp
from chirrup.contracts.fields import Composed, NotBlank, Title
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import Media, MediaRef
from chirrup.contracts.users import URL_MAX
from chirrup.domain.materials import HTML_BYTES_MAX, MATERIAL_ID, SUMMARY_MAX

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
HttpsUrl = Annotated[
    str, Field(pattern=r"^https://[!#-\[\]-~]+$", max_length=URL_MAX, description="Where to.")
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


class NewMaterial(Received):
    """A material to be made: a link (`url`) or a rich text (`html`)."""

    client_id: ClientId
    title: Title
    summary: Annotated[
        Annotated[str, Field(min_length=1, max_length=SUMMARY_MAX), Composed, NotBlank] | None,
        Field(description="In a sentence or two."),
    ] = None
    cover: Annotated[Media | None, Field(description="Its picture.")] = None
    url: HttpsUrl | None = None
    html: Annotated[
        Annotated[str, Field(min_length=1, max_length=HTML_BYTES_MAX)] | None,
        Field(description="A rich text, 64 KB at most; what is not harmless is taken out."),
    ] = None


class KeptMaterialView(Emitted):
    """A material as the administration has it."""

    material_id: MaterialId
    channel_id: ChannelRef
    title: TitleRef
    summary: SummaryRef | None = None
    cover: MediaRef | None = None
    url: UrlRef | None = None
    made_at: Timestamp
    uses: Annotated[int, Field(ge=0, description="How often it was broadcast.")]


class MaterialPage(Emitted):
    """A page of materials, by id."""

    items: list[KeptMaterialView]
    next_cursor: NextCursor = None
