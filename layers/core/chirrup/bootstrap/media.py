"""The use cases around uploads."""

from functools import cache
from typing import TYPE_CHECKING, Any

from chirrup.bootstrap.adapters import clock, conversations, dynamo, records, settings, timeline

if TYPE_CHECKING:
    from chirrup.ports.media import MediaObjects, Stored
    from chirrup.service.attaching import Attaching
    from chirrup.service.confirming import Confirming
    from chirrup.service.downloads import Downloads
    from chirrup.service.thumbnails import Thumbnails
    from chirrup.service.uploads import Uploads
    from chirrup.transport.queue.uploads import Arrivals


@cache
def attaching() -> "Attaching":
    """Uploads in messages."""
    from chirrup.service.attaching import Attaching

    return Attaching(
        records=records(), objects=_LateObjects(), confirming=_confirming(), clock=clock()
    )


@cache
def uploads() -> "Uploads":
    """Uploading."""
    from chirrup.service.uploads import Uploads
    from chirrup.storage.media_links import S3MediaLinks
    from chirrup.storage.media_parts import S3MediaParts

    return Uploads(
        records=records(),
        objects=_objects(),
        parts=S3MediaParts(*_bucket()),
        links=S3MediaLinks(*_bucket()),
        confirming=_confirming(),
        clock=clock(),
    )


@cache
def downloads() -> "Downloads":
    """Downloading."""
    from chirrup.service.downloads import Downloads
    from chirrup.service.showing import Showing
    from chirrup.storage.media_links import S3MediaLinks

    return Downloads(
        records=records(),
        showing=Showing(conversations=conversations(), timeline=timeline()),
        links=S3MediaLinks(*_bucket()),
        clock=clock(),
    )


@cache
def thumbnails() -> "Thumbnails":
    """Thumbnails; needs the imaging layer."""
    from chirrup.imaging import make_small
    from chirrup.service.thumbnails import Thumbnails

    return Thumbnails(
        records=records(),
        objects=_objects(),
        confirming=_confirming(),
        make_small=make_small,
        clock=clock(),
    )


@cache
def arrivals() -> "Arrivals":
    """Works off what the bucket tells."""
    from chirrup.transport.queue.uploads import Arrivals

    return Arrivals(thumbnails=thumbnails())


@cache
def _confirming() -> "Confirming":
    from chirrup.service.confirming import Confirming

    return Confirming(
        records=records(), objects=_LateObjects(), recognise=_recognise, clock=clock()
    )


def _recognise(first: bytes) -> str | None:
    """Loads the library for it with the first upload that is looked at."""
    from chirrup.recognition import recognise

    return recognise(first)


@cache
def _bucket() -> tuple[Any, str]:
    from chirrup.storage.objects import client

    return client(dynamo().session), settings().text("MEDIA_BUCKET")


@cache
def _objects() -> "MediaObjects":
    from chirrup.storage.media import S3MediaObjects

    return S3MediaObjects(*_bucket())


class _LateObjects:
    """Opens S3 with the first upload that is used, which few messages have.

    Implements `ports.media.MediaObjects`.
    """

    def stored(self, media_id: str) -> "Stored | None":
        """See `ports.media.MediaObjects`."""
        return _objects().stored(media_id)

    def piece(self, media_id: str, first: int, last: int) -> bytes:
        """See `ports.media.MediaObjects`."""
        return _objects().piece(media_id, first, last)

    def keep(self, media_id: str, *, thumbnail: bool) -> None:
        """See `ports.media.MediaObjects`."""
        _objects().keep(media_id, thumbnail=thumbnail)

    def put_thumbnail(self, media_id: str, body: bytes, content_type: str) -> None:
        """See `ports.media.MediaObjects`."""
        _objects().put_thumbnail(media_id, body, content_type)

    def delete(self, media_id: str) -> None:
        """See `ports.media.MediaObjects`."""
        _objects().delete(media_id)
