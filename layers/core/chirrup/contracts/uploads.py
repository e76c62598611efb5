"""Uploads on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import ClientId, Emitted, Received, Timestamp
from chirrup.contracts.media_content import MIME, MIME_MAX, FileName
from chirrup.domain.contents import MEDIA_BYTES_MAX, MEDIA_ID
from chirrup.domain.media_parts import parts_of
from chirrup.domain.media_types import Purpose as PurposeKind

SIZE_MAX = max(MEDIA_BYTES_MAX.values())
MediaId = Annotated[
    str,
    Field(
        pattern=f"^{MEDIA_ID}$",
        description="The id of an upload.",
        examples=["m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
MediaIdRef = Annotated[
    str,
    Field(description="The id of the upload.", examples=["m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"]),
]
Purpose = Annotated[
    Literal["image", "voice", "video", "file"],
    Field(description="What for; thumbnails, covers, faces and avatars are images."),
]
Sha256 = Annotated[
    str,
    # 32 bytes in base64, the one way in which S3 writes them.
    Field(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$", description="SHA-256 in base64."),
]
ContentType = Annotated[
    str,
    Field(
        pattern=MIME,
        max_length=MIME_MAX,
        description="The media type, in lower case and without parameters.",
        examples=["image/jpeg"],
    ),
]
ContentTypeRef = Annotated[str, Field(description="The media type.", examples=["image/jpeg"])]
FileNameRef = Annotated[str, Field(description="What it is called.", examples=["cat.jpg"])]


class NewUpload(Received):
    """What is to be uploaded. The same again gives the same upload, with fresh URLs."""

    client_id: ClientId
    purpose: Purpose
    content_type: ContentType
    size: Annotated[int, Field(ge=1, le=SIZE_MAX, description="Bytes.")]
    sha256: Annotated[
        Annotated[list[Sha256], Field(min_length=1, max_length=len(parts_of(SIZE_MAX)))],
        Field(description="Of the whole; above 100 MB of each part of 16 MB, in their order."),
    ]
    name: FileName | None = None


class UploadPart(Emitted):
    """A request that uploads one part: PUT these bytes with just these headers."""

    number: Annotated[int, Field(ge=1, description="From 1 on.")]
    first_byte: Annotated[int, Field(ge=0, description="Where the part begins.")]
    size: Annotated[int, Field(ge=1, description="Its bytes.")]
    url: str
    headers: dict[str, str]


class UploadTicket(Emitted):
    """How it is uploaded: by a form, or in parts."""

    media_id: MediaIdRef
    expires_at: Annotated[Timestamp, Field(description="Until when the URLs are good.")]
    method: Annotated[
        Literal["post", "parts"],
        Field(description="`post`: one form, with `url` and `fields`; `parts`: several PUTs."),
    ]
    url: Annotated[str | None, Field(description="Where the form is sent.")] = None
    fields: Annotated[
        dict[str, str] | None,
        Field(description="The fields of the form, before its last, `file`: multipart/form-data."),
    ] = None
    parts: list[UploadPart] | None = None


class UploadView(Emitted):
    """An upload that is there, and is what was declared."""

    media_id: MediaIdRef
    purpose: PurposeKind
    content_type: ContentTypeRef
    size: Annotated[int, Field(ge=1, description="Bytes.")]
    name: FileNameRef | None = None
    expires_at: Annotated[
        Timestamp | None,
        Field(description="Until when it must be used; absent once it is."),
    ] = None
