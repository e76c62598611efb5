"""Materials on the wire, as the administration makes and sees them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ClientId, Emitted, Received, Timestamp
from chirrup.contracts.fields import URL_MAX, Composed, Media, NotBlank, Title
from chirrup.contracts.materials import ChannelRef, MaterialId, SummaryRef, TitleRef, UrlRef
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import MediaRef
from chirrup.domain.materials import HTML_BYTES_MAX, SUMMARY_MAX

HttpsUrl = Annotated[
    str,
    Field(
        pattern=r"^https://[!$-.0->@-\[\]-~][!#-\[\]-~]*$",
        max_length=URL_MAX,
        description="Where to.",
    ),
]


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
