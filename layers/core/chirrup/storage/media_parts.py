"""Uploads in parts, in S3."""

from typing import Any

from botocore.exceptions import ClientError

from chirrup.domain.media import Media
from chirrup.storage.media import UNUSED, media_key
from chirrup.storage.objects import translated

NO_UPLOAD = "NoSuchUpload"


class S3MediaParts:
    """Implements `ports.media.MediaParts`."""

    def __init__(self, s3: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's
        self._s3 = s3
        self._bucket = bucket

    def begin(self, media: Media) -> str:
        """See `ports.media.MediaParts`."""
        with translated():
            begun = self._s3.create_multipart_upload(
                Bucket=self._bucket,
                Key=media_key(media.owner),
                ContentType=media.content_type,
                ChecksumAlgorithm="SHA256",
                Tagging=UNUSED,
            )
        return str(begun["UploadId"])

    def finish(self, media: Media) -> bool:
        """See `ports.media.MediaParts`; S3 itself compares the parts with their checksums."""
        upload = self._upload(media)
        try:
            with translated():
                listed = self._s3.list_parts(**upload).get("Parts", ())
                there = {one["PartNumber"]: one["ETag"] for one in listed}
                if there.keys() != {part.number for part in media.parts}:
                    return False
                parts = [
                    {"PartNumber": part.number, "ETag": there[part.number], "ChecksumSHA256": sum_}
                    for part, sum_ in zip(media.parts, media.sha256, strict=True)
                ]
                self._s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": parts})
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("InvalidPart", "EntityTooSmall"):
                return False
            if code != NO_UPLOAD:  # Somebody else has put it together.
                raise
        return True

    def abandon(self, media: Media) -> None:
        """See `ports.media.MediaParts`."""
        try:
            with translated():
                self._s3.abort_multipart_upload(**self._upload(media))
        except ClientError as error:
            if error.response["Error"]["Code"] != NO_UPLOAD:
                raise

    def _upload(self, media: Media) -> dict[str, str]:
        return {
            "Bucket": self._bucket,
            "Key": media_key(media.owner),
            "UploadId": media.multipart or "",
        }
