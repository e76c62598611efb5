"""Signed URLs of uploads in S3. Whatever a client may choose is in no URL; all else is signed."""

from collections.abc import Sequence
from typing import Any

from chirrup.domain.media import URL_MS, Media
from chirrup.domain.media_names import shown_as
from chirrup.ports.media import Form, Sending
from chirrup.storage.media import UNUSED, media_key, thumbnail_key

DOWNLOAD_S = 5 * 60
CACHE_S = 4 * 60
"""Less than a URL is good for: nobody keeps what they may no longer fetch."""
_KEY, _VALUE = UNUSED.split("=")
_TAG = f"<Tag><Key>{_KEY}</Key><Value>{_VALUE}</Value></Tag>"
TAGGING = f"<Tagging><TagSet>{_TAG}</TagSet></Tagging>"
"""The tag as forms give it."""


class S3MediaLinks:
    """Implements `ports.media.MediaLinks`."""

    def __init__(self, s3: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's
        self._s3 = s3
        self._bucket = bucket

    def form(self, media: Media) -> Form:
        """See `ports.media.MediaLinks`; S3 takes nothing but these bytes as this type."""
        fields = {
            "Content-Type": media.content_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": media.sha256[0],
            "tagging": TAGGING,
            "success_action_status": "204",
        }
        made = self._s3.generate_presigned_post(
            Bucket=self._bucket,
            Key=media_key(media.owner),
            Fields=dict(fields),
            Conditions=[
                *({name: value} for name, value in fields.items()),
                ["content-length-range", media.size, media.size],
            ],
            ExpiresIn=URL_MS // 1000,
        )
        return Form(made["url"], made["fields"])

    def parts(self, media: Media) -> Sequence[Sending]:
        """See `ports.media.MediaLinks`; length and checksum are signed headers."""
        return [
            Sending(
                self._s3.generate_presigned_url(
                    "upload_part",
                    Params={
                        "Bucket": self._bucket,
                        "Key": media_key(media.owner),
                        "UploadId": media.multipart,
                        "PartNumber": part.number,
                        "ContentLength": part.size,
                        "ChecksumSHA256": sum_,
                    },
                    ExpiresIn=URL_MS // 1000,
                ),
                {"content-length": str(part.size), "x-amz-checksum-sha256": sum_},
            )
            for part, sum_ in zip(media.parts, media.sha256, strict=True)
        ]

    def download(self, media: Media, *, thumbnail: bool) -> str:
        """See `ports.media.MediaLinks`."""
        type_, disposition = shown_as(media.content_type, media.file_name)
        if thumbnail:
            type_, disposition = media.thumbnail, "inline"
        key = thumbnail_key if thumbnail else media_key
        url: str = self._s3.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key(media.owner),
                "ResponseContentType": type_,
                "ResponseContentDisposition": disposition,
                "ResponseCacheControl": f"private, max-age={CACHE_S}",
            },
            ExpiresIn=DOWNLOAD_S,
        )
        return url
