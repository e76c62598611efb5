"""A bucket for uploads, and somebody to use it, on each implementation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chirrup.ports.media import MediaLinks, MediaObjects, MediaParts
from chirrup.storage.media import S3MediaObjects, media_key, thumbnail_key
from chirrup.storage.media_links import S3MediaLinks
from chirrup.storage.media_parts import S3MediaParts
from tests.fakes import FakeMedia, FakeTables
from tests.support.browser import Browser, FakeBrowser

UNUSED = {"state": "unused"}


@dataclass(frozen=True)
class Bucket:
    """What is under test.

    Attributes:
        strict: It refuses what was not signed; moto takes all.
        tags: The tags of an upload's object, or of its thumbnail.
    """

    objects: MediaObjects
    parts: MediaParts
    links: MediaLinks
    browser: Browser
    strict: bool
    tags: Callable[..., dict[str, str]]


def fake_bucket() -> Bucket:
    """In memory."""
    tables = FakeTables()
    media = FakeMedia(tables)

    def tags(media_id: str, *, thumbnail: bool = False) -> dict[str, str]:
        folder = "thumbnails" if thumbnail else "media"
        return UNUSED if tables.uploads[f"{folder}/{media_id}"].unused else {}

    return Bucket(media, media, media, FakeBrowser(media), True, tags)


def s3_bucket(s3: Any, name: str, browser: Browser, *, strict: bool) -> Bucket:
    """In S3, or what takes itself for it."""

    def tags(media_id: str, *, thumbnail: bool = False) -> dict[str, str]:
        key = thumbnail_key(media_id) if thumbnail else media_key(media_id)
        found = s3.get_object_tagging(Bucket=name, Key=key)["TagSet"]
        return {tag["Key"]: tag["Value"] for tag in found}

    return Bucket(
        S3MediaObjects(s3, name),
        S3MediaParts(s3, name),
        S3MediaLinks(s3, name),
        browser,
        strict,
        tags,
    )
