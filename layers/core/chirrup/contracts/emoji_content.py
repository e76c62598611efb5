"""The content of emoji."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from chirrup.contracts.base import Emitted, Received
from chirrup.contracts.fields import CatalogId


class EmojiContent(Received):
    """An emoji of a pack, or one of one's own faces."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["pack_id", "emoji_id"],
                    "properties": {
                        "pack_id": {"type": "string"},
                        "emoji_id": {"type": "string"},
                        "face_id": {"type": "null"},
                    },
                },
                {
                    "required": ["face_id"],
                    "properties": {
                        "face_id": {"type": "string"},
                        "pack_id": {"type": "null"},
                        "emoji_id": {"type": "null"},
                    },
                },
            ]
        }
    )

    pack_id: Annotated[CatalogId | None, Field(description="The pack that it is in.")] = None
    emoji_id: Annotated[CatalogId | None, Field(description="Which of the pack.")] = None
    face_id: Annotated[CatalogId | None, Field(description="Or one of one's own.")] = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        packed = self.pack_id is not None, self.emoji_id is not None
        if packed not in ((True, True), (False, False)) or packed[0] == (self.face_id is not None):
            raise ValueError("either an emoji of a pack or a face")
        return self


class EmojiContentView(Emitted):
    """An emoji, with how it looked when it was sent."""

    pack_id: str | None = None
    emoji_id: str | None = None
    face_id: str | None = None
    name: Annotated[str | None, Field(description="What it is called.", examples=["wave"])] = None
    media: Annotated[str, Field(description="The id of an upload, or an https URL.")]
    width: Annotated[int, Field(description="Pixels.")]
    height: Annotated[int, Field(description="Pixels.")]
