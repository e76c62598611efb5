"""Uploads: their objects in the bucket, and the URLs by which clients reach them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chirrup.domain.media import Media

Recognise = Callable[[bytes], str | None]
"""The type that the first bytes of a file tell; None where they tell none."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture: its bytes and their type."""

    body: bytes
    content_type: str


MakeSmall = Callable[[bytes], Picture | None]
"""Makes a thumbnail of an image; None for what is broken, or would take too much."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the bucket knows of an object.

    Attributes:
        size: Bytes.
        checksum: As `Media.checksum`; None if it was stored without.
        content_type: As it would be served.
    """

    size: int
    checksum: str | None
    content_type: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form that uploads one object: the fields, then the field `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sending:
    """A request that uploads one part: PUT with just these headers."""

    url: str
    headers: Mapping[str, str]


class MediaObjects(Protocol):
    """Objects of uploads. All of it may fail with `temporarily_unavailable`."""

    def stored(self, media_id: str) -> Stored | None:
        """What there is of an upload; None for nothing."""

    def piece(self, media_id: str, first: int, last: int) -> bytes:
        """The bytes from `first` to `last`, both included, as far as there are any.

        Raises:
            ChirrupError: `media_not_found` when it was deleted meanwhile.
        """

    def keep(self, media_id: str, *, thumbnail: bool) -> None:
        """Take the mark away by which the bucket deletes what is unused.

        Args:
            media_id: Which upload.
            thumbnail: From its thumbnail as well.
        """

    def put_thumbnail(self, media_id: str, body: bytes, content_type: str) -> None:
        """Store a thumbnail, marked as unused."""

    def delete(self, media_id: str) -> None:
        """Delete what there is of an upload, its thumbnail too."""


class MediaParts(Protocol):
    """Uploads in parts. All of it may fail with `temporarily_unavailable`."""

    def begin(self, media: Media) -> str:
        """Begin an upload; its id, which `Media.multipart` is then."""

    def finish(self, media: Media) -> bool:
        """Put the parts together, if they are all there and as declared; again does no harm.

        Returns:
            Whether they were.
        """

    def abandon(self, media: Media) -> None:
        """Throw the parts away, if there are any."""


class MediaLinks(Protocol):
    """URLs for clients, signed; making one asks nobody."""

    def form(self, media: Media) -> Form:
        """A form that uploads just what was declared."""

    def parts(self, media: Media) -> Sequence[Sending]:
        """The requests that upload the parts, in their order."""

    def download(self, media: Media, *, thumbnail: bool) -> str:
        """A URL that downloads an upload, or its thumbnail, under the type that suits it."""
