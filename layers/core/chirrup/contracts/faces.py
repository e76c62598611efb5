"""Faces on the wire: the emoji that users keep for themselves."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Received, Timestamp
from chirrup.contracts.fields import Media
from chirrup.contracts.pictures import MediaRef, PictureName, Side
from chirrup.domain.faces import FACE_ID, FACES_MAX

FaceId = Annotated[
    str,
    Field(
        pattern=f"^{FACE_ID}$",
        description="One of your own faces.",
        examples=["f_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]


class NewFace(Received):
    """What to keep: your own upload, or an https URL."""

    media: Media
    width: Side
    height: Side
    name: Annotated[PictureName | None, Field(description="What you call it; not blank.")] = None


class FaceView(Emitted):
    """One of your faces."""

    face_id: FaceId
    media: MediaRef
    width: Side
    height: Side
    name: Annotated[PictureName | None, Field(description="What you call it.")] = None
    added_at: Timestamp


class FaceList(Emitted):
    """Your faces, the one added last first."""

    items: Annotated[list[FaceView], Field(description=f"At most {FACES_MAX}.")]
