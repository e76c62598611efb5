"""Types of uploads: which are wanted for what, how they are recognised, how they are shown."""

from enum import StrEnum


class Purpose(StrEnum):
    """What an upload is for. Thumbnails, covers, faces and avatars are images."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"


ANYTHING = "application/octet-stream"
IMAGES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

_MP4 = frozenset({"video/mp4", "video/x-m4v", "audio/mp4"})
_WEBM = frozenset({"video/webm", "video/x-matroska"})
_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    f"{_OOXML}{name}"
    for name in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
}
_OPEN = {
    f"application/vnd.oasis.opendocument.{name}" for name in ("text", "spreadsheet", "presentation")
}
_ZIPS = frozenset({"application/zip", "application/epub+zip", *_OFFICE, *_OPEN})
_PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable"})

RECOGNISED_AS: dict[str, frozenset[str]] = {
    **{name: frozenset({name}) for name in IMAGES},
    # A voice clip has the container of a video: MP4, 3GP and WebM do not say what is in them.
    **dict.fromkeys(("audio/mp4", "audio/m4a", "audio/x-m4a"), _MP4),
    "audio/3gpp": frozenset({"video/3gpp", *_MP4}),
    "audio/webm": _WEBM,
    "audio/aac": frozenset({"audio/aac"}),
    "audio/amr": frozenset({"audio/amr"}),
    "audio/flac": frozenset({"audio/x-flac"}),
    "audio/mpeg": frozenset({"audio/mpeg"}),
    **dict.fromkeys(("audio/ogg", "audio/opus"), frozenset({"audio/ogg"})),
    **dict.fromkeys(("audio/wav", "audio/x-wav", "audio/wave"), frozenset({"audio/x-wav"})),
    "video/mp4": _MP4,
    "video/x-m4v": _MP4,
    "video/quicktime": frozenset({"video/quicktime", *_MP4}),
    "video/3gpp": frozenset({"video/3gpp", *_MP4}),
    "video/webm": _WEBM,
    "video/x-matroska": _WEBM,
    "application/pdf": frozenset({"application/pdf"}),
    # Documents of today are ZIP archives, and some writers order their parts unusually.
    **dict.fromkeys(_ZIPS, _ZIPS),
    "application/gzip": frozenset({"application/gzip"}),
    "application/x-7z-compressed": frozenset({"application/x-7z-compressed"}),
    "application/vnd.rar": frozenset({"application/x-rar-compressed"}),
}
"""By declared type: what the first bytes of an upload may be recognised as."""

_OF_VOICE = frozenset(name for name in RECOGNISED_AS if name.startswith("audio/"))
_OF_VIDEO = frozenset(name for name in RECOGNISED_AS if name.startswith("video/"))
UPLOADED_AS: dict[Purpose, frozenset[str] | None] = {
    Purpose.IMAGE: IMAGES,
    Purpose.VOICE: _OF_VOICE,
    Purpose.VIDEO: _OF_VIDEO,
    Purpose.FILE: None,
}
"""Types that may be declared for each purpose; None for any."""
SHOWN = IMAGES | _OF_VOICE | _OF_VIDEO | {"application/pdf"}
"""Types that browsers may show. All else they must save, and never take for HTML or a script."""


def is_as_declared(declared: str, recognised: str | None) -> bool:
    """Whether an upload is what its type says.

    Args:
        declared: Its type.
        recognised: What its first bytes say; None where they say nothing, as those of a text.
    """
    allowed = RECOGNISED_AS.get(declared)
    if allowed is not None:
        return recognised in allowed
    return declared == ANYTHING or recognised not in _PROGRAMS
