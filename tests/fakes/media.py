"""Uploads in a bucket in memory, with the requests that its URLs and forms allow."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from chirrup.domain.media import Media
from chirrup.domain.media_names import shown_as
from chirrup.domain.media_refusals import not_found
from chirrup.ports.media import Form, Sending, Stored
from tests.fakes.tables import FakeTables, Uploaded

URL = "https://bucket.test"


def checksum_of(body: bytes) -> str:
    """SHA-256 in base64."""
    return b64encode(sha256(body).digest()).decode()


class FakeMedia:
    """Implements `MediaObjects`, `MediaParts` and `MediaLinks` of `ports.media`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def stored(self, media_id: str) -> Stored | None:
        """See `ports.media.MediaObjects`."""
        with self._tables.step("head object"):
            found = self._tables.uploads.get(f"media/{media_id}")
            if found is None:
                return None
            return Stored(len(found.body), found.checksum, found.content_type)

    def piece(self, media_id: str, first: int, last: int) -> bytes:
        """See `ports.media.MediaObjects`."""
        with self._tables.step("get object"):
            found = self._tables.uploads.get(f"media/{media_id}")
            if found is None:
                raise not_found()
            return found.body[first : last + 1]

    def keep(self, media_id: str, *, thumbnail: bool) -> None:
        """See `ports.media.MediaObjects`."""
        with self._tables.step("keep object"):
            for folder in ["media", "thumbnails"][: 1 + thumbnail]:
                found = self._tables.uploads[f"{folder}/{media_id}"]
                self._tables.uploads[f"{folder}/{media_id}"] = replace(found, unused=False)

    def put_thumbnail(self, media_id: str, body: bytes, content_type: str) -> None:
        """See `ports.media.MediaObjects`."""
        with self._tables.step("put object"):
            self._tables.uploads[f"thumbnails/{media_id}"] = Uploaded(body, content_type)

    def delete(self, media_id: str) -> None:
        """See `ports.media.MediaObjects`."""
        with self._tables.step("delete object"):
            self._tables.uploads.pop(f"media/{media_id}", None)
            self._tables.uploads.pop(f"thumbnails/{media_id}", None)

    def begin(self, media: Media) -> str:
        """See `ports.media.MediaParts`."""
        with self._tables.step("begin parts"):
            self._tables.parts[f"parts-of-{media.owner}"] = {}
            return f"parts-of-{media.owner}"

    def finish(self, media: Media) -> bool:
        """See `ports.media.MediaParts`."""
        with self._tables.step("finish parts"):
            parts = self._tables.parts.get(media.multipart or "")
            if parts is None:
                return True
            if parts.keys() != {part.number for part in media.parts}:
                return False
            del self._tables.parts[media.multipart or ""]
            body = b"".join(parts[number] for number in sorted(parts))
            whole = Uploaded(body, media.content_type, media.checksum)
            self._tables.uploads[f"media/{media.owner}"] = whole
            return True

    def abandon(self, media: Media) -> None:
        """See `ports.media.MediaParts`."""
        with self._tables.step("abandon parts"):
            self._tables.parts.pop(media.multipart or "", None)

    def form(self, media: Media) -> Form:
        """See `ports.media.MediaLinks`."""
        policy = {
            "key": f"media/{media.owner}",
            "Content-Type": media.content_type,
            "x-amz-checksum-sha256": media.sha256[0],
        }
        signed = json.dumps([*policy.items(), media.size])
        return Form(URL, {**policy, "policy": signed})

    def parts(self, media: Media) -> Sequence[Sending]:
        """See `ports.media.MediaLinks`."""
        return [
            Sending(
                f"{URL}/{media.multipart}/{part.number}",
                {"content-length": str(part.size), "x-amz-checksum-sha256": sum_},
            )
            for part, sum_ in zip(media.parts, media.sha256, strict=True)
        ]

    def download(self, media: Media, *, thumbnail: bool) -> str:
        """See `ports.media.MediaLinks`."""
        type_, disposition = shown_as(media.content_type, media.file_name)
        if thumbnail:
            type_, disposition = media.thumbnail, "inline"
        folder = "thumbnails" if thumbnail else "media"
        query = urlencode({"type": type_, "disposition": disposition})
        return f"{URL}/{folder}/{media.owner}?{query}"

    # ------------------------------------------------------------ what clients do with them

    def post(self, fields: Mapping[str, str], body: bytes) -> int:
        """Send a form with a file; the HTTP status."""
        *policy, size = json.loads(fields["policy"])
        given = {name: value for name, value in fields.items() if name != "policy"}
        if given != dict(policy):
            return 403
        if len(body) != size or checksum_of(body) != fields["x-amz-checksum-sha256"]:
            return 400
        with self._tables.step("upload"):
            found = Uploaded(body, fields["Content-Type"], checksum_of(body))
            self._tables.uploads[fields["key"]] = found
        return 204

    def put(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send a part; the HTTP status."""
        upload, number = urlsplit(url).path[1:].split("/")
        if len(body) != int(headers["content-length"]):
            return 403
        if checksum_of(body) != headers["x-amz-checksum-sha256"]:
            return 400
        with self._tables.step("upload"):
            if upload not in self._tables.parts:
                return 404
            self._tables.parts[upload][int(number)] = body
        return 200

    def get(self, url: str) -> tuple[int, Mapping[str, str], bytes]:
        """Download; status, headers and body."""
        parts = urlsplit(url)
        found = self._tables.uploads.get(parts.path[1:])
        if found is None:
            return 404, {}, b""
        query = dict(parse_qsl(parts.query))
        headers = {"content-type": query["type"], "content-disposition": query["disposition"]}
        return 200, headers, found.body
