"""The content of images, voice, videos and files."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from chirrup.contracts.base import NOT_BLANK, Received
from chirrup.contracts.fields import Composed, Media, NotBlank
from chirrup.domain.contents import (
    CAPTION_MAX,
    FILE_NAME_MAX,
    MEDIA_BYTES_MAX,
    VOICE_MS_MAX,
)

BYTES = "Bytes; of an upload, as many as were uploaded."
LOUDEST = 255
MIME_MAX = 127
MIME = r"^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$"
SIDE_MAX = 65_535
"""Pixels; the formats have no larger images."""
VIDEO_MS_MAX = 24 * 60 * 60 * 1000
WAVEFORM_MAX = 256
_PLAIN = r"[^\x00-\x1f\x7f/\\]*"
NAME = rf"{_PLAIN}[^\x00-\x20\x7f/\\.]{_PLAIN}"
"""A file's name: no slashes, no control characters, more than blanks and dots."""
_NAME = re.compile(NAME)


def _file_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a file")
    return name


FileName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=FILE_NAME_MAX,
        description="Without folders; no slashes, no control characters.",
        json_schema_extra={"pattern": f"^{NAME}$"},
    ),
    Composed,
    AfterValidator(_file_name),
]
Picture = Annotated[Media | None, Field(description="A smaller picture of it: the same.")]
Pixels = Annotated[int, Field(ge=1, le=SIDE_MAX, description="Pixels.", examples=[640])]
Caption = Annotated[
    Annotated[
        str,
        Field(min_length=1, max_length=CAPTION_MAX, json_schema_extra={**NOT_BLANK}),
        Composed,
        NotBlank,
    ]
    | None,
    Field(description="What is said about it."),
]


class ImageContent(Received):
    """A picture: PNG, JPEG, GIF or WebP, 20 MB at most."""

    media: Media
    thumbnail: Picture = None
    width: Pixels
    height: Pixels
    size: Annotated[int, Field(ge=1, le=MEDIA_BYTES_MAX["image"], description=BYTES)]
    caption: Caption = None


class VoiceContent(Received):
    """Something said: a minute and 10 MB at most."""

    media: Media
    duration_ms: Annotated[int, Field(ge=1, le=VOICE_MS_MAX, description="Milliseconds.")]
    size: Annotated[int, Field(ge=1, le=MEDIA_BYTES_MAX["voice"], description=BYTES)]
    waveform: Annotated[
        Annotated[
            list[Annotated[int, Field(ge=0, le=LOUDEST)]],
            Field(min_length=1, max_length=WAVEFORM_MAX),
        ]
        | None,
        Field(description="How loud it is, from beginning to end; the client's own."),
    ] = None


class VideoContent(Received):
    """A video, 300 MB at most."""

    media: Media
    cover: Picture = None
    duration_ms: Annotated[int, Field(ge=1, le=VIDEO_MS_MAX, description="Milliseconds.")]
    width: Pixels
    height: Pixels
    size: Annotated[int, Field(ge=1, le=MEDIA_BYTES_MAX["video"], description=BYTES)]
    caption: Caption = None


class FileContent(Received):
    """A file of any type, 100 MB at most."""

    media: Media
    name: FileName
    size: Annotated[int, Field(ge=1, le=MEDIA_BYTES_MAX["file"], description=BYTES)]
    mime: Annotated[
        str, Field(max_length=MIME_MAX, pattern=MIME, description="As RFC 6838 has it, lower case.")
    ]
    caption: Caption = None
