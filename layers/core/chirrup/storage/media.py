"""Objects of uploads in S3."""

from typing import Any

from botocore.exceptions import ClientError

from chirrup.domain.media_refusals import not_found
from chirrup.ports.media import Stored
from chirrup.storage.objects import is_missing, translated

UNUSED = "state=unused"
"""The tag by which the bucket's lifecycle knows what it may delete."""


def media_key(media_id: str) -> str:
    """The key of an upload."""
    return f"media/{media_id}"


def thumbnail_key(media_id: str) -> str:
    """The key of its thumbnail."""
    return f"thumbnails/{media_id}"


class S3MediaObjects:
    """Implements `ports.media.MediaObjects`."""

    def __init__(self, s3: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's
        self._s3 = s3
        self._bucket = bucket

    def stored(self, media_id: str) -> Stored | None:
        """See `ports.media.MediaObjects`."""
        with translated():
            try:
                found = self._s3.head_object(
                    Bucket=self._bucket, Key=media_key(media_id), ChecksumMode="ENABLED"
                )
            except ClientError as error:
                if is_missing(error):
                    return None
                raise
        return Stored(found["ContentLength"], found.get("ChecksumSHA256"), found["ContentType"])

    def piece(self, media_id: str, first: int, last: int) -> bytes:
        """See `ports.media.MediaObjects`."""
        with translated():
            try:
                found = self._s3.get_object(
                    Bucket=self._bucket, Key=media_key(media_id), Range=f"bytes={first}-{last}"
                )
            except ClientError as error:
                if is_missing(error):
                    raise not_found() from error
                raise
            body: bytes = found["Body"].read()
            return body

    def keep(self, media_id: str, *, thumbnail: bool) -> None:
        """See `ports.media.MediaObjects`."""
        keys = [media_key(media_id)] + [thumbnail_key(media_id)] * thumbnail
        with translated():
            for key in keys:
                self._s3.delete_object_tagging(Bucket=self._bucket, Key=key)

    def put_thumbnail(self, media_id: str, body: bytes, content_type: str) -> None:
        """See `ports.media.MediaObjects`."""
        with translated():
            self._s3.put_object(
                Bucket=self._bucket,
                Key=thumbnail_key(media_id),
                Body=body,
                ContentType=content_type,
                Tagging=UNUSED,
            )

    def delete(self, media_id: str) -> None:
        """See `ports.media.MediaObjects`."""
        with translated():
            for key in (media_key(media_id), thumbnail_key(media_id)):
                self._s3.delete_object(Bucket=self._bucket, Key=key)
