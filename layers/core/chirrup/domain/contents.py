"""What the contents of messages hold: uploads, and text that people wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chirrup.domain.messages import Json

MEDIA_ID = r"m_[0-9A-HJKMNP-TV-Z]{26}"
"""Id of an upload, ours: `m_` and 130 bits, as a ULID is written."""
_MEDIA = re.compile(MEDIA_ID)

MEDIA_BYTES_MAX = {
    "image": 20 * 1024 * 1024,
    "voice": 10 * 1024 * 1024,
    "video": 300 * 1024 * 1024,
    "file": 100 * 1024 * 1024,
}
"""Bytes of an upload, by what it is for."""
VOICE_MS_MAX = 60 * 1000
FILE_NAME_MAX = 255
CAPTION_MAX = 1024
TITLE_MAX = 128
ADDRESS_MAX = 255
MERGED_MAX = 100
"""Messages in one that merges them."""
MERGED_DEPTH_MAX = 5
"""Merged messages in one another; more would be a tower for its own sake."""

AS_SENT = frozenset({"text", "location", "custom"})
"""Types of messages of which nothing has to be looked up: they are stored as they were sent."""
MERGED = "merged"
MEDIA_FIELDS = {
    "image": ("media", "thumbnail"),
    "voice": ("media",),
    "video": ("media", "cover"),
    "file": ("media",),
    "emoji": ("media",),
}
"""Where a type of message names uploads, or https URLs instead of them."""
TEXT_FIELDS = {
    "text": ("text",),
    "image": ("caption",),
    "video": ("caption",),
    "file": ("name", "caption"),
    "location": ("title", "address"),
    MERGED: ("title",),
    "material": ("title",),
}
"""Where a type of message holds text that its sender wrote, or its channel."""
NAME_FIELDS = {"card": ("name",)}
"""Where a type of message holds a name that the server has looked up."""


def is_media_id(text: str) -> bool:
    """Whether a text is the id of an upload, not a URL."""
    return _MEDIA.fullmatch(text) is not None


def media_in(type_: str, content: Json) -> tuple[str, ...]:
    """Ids of the uploads that a message holds, itself or in what it merges; each once."""
    return tuple(dict.fromkeys(_media(type_, content)))


def texts_in(type_: str, content: Json) -> dict[str, str]:
    """The text that its sender wrote, by field; what is merged was said by others, before."""
    return {name: content[name] for name in TEXT_FIELDS.get(type_, ()) if content.get(name)}


def names_in(type_: str, content: Json) -> dict[str, str]:
    """The names that the server has put in, by field."""
    return {name: content[name] for name in NAME_FIELDS.get(type_, ()) if content.get(name)}


def _media(type_: str, content: Json) -> Iterator[str]:
    for name in MEDIA_FIELDS.get(type_, ()):
        value = content.get(name)
        if isinstance(value, str) and is_media_id(value):
            yield value
    items: list[dict[str, Any]] = content.get("items", []) if type_ == MERGED else []
    for item in items:
        yield from _media(item["type"], item["content"])


def merged_depth(type_: str, content: Json) -> int:
    """How many merged messages stand in one another; 0 for what merges nothing."""
    items: list[dict[str, Any]] = content.get("items", []) if type_ == MERGED else []
    return max((1 + merged_depth(item["type"], item["content"]) for item in items), default=0)
