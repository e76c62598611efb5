"""Uploads: what clients can send to the bucket, and what becomes of it."""

from dataclasses import replace
from itertools import count

import pytest

from chirrup.domain.media import Media, media_id
from chirrup.domain.media_parts import MB, PART_SIZE
from chirrup.domain.media_types import Purpose
from chirrup.ports.media import Form, Sending
from tests.contract.buckets import UNUSED, Bucket
from tests.support.files import image, noise, sum_of

PNG = image()
SIZE = 101 * MB
FILM = noise(SIZE)
GONE = (403, 404)
"""Moto calls it a bad signature."""
_numbers = count()


def declared(body: bytes = PNG, **more: object) -> Media:
    """An upload that nobody else has."""
    media = Media(
        owner="",
        by="alice",
        purpose=Purpose.IMAGE,
        content_type="image/png",
        size=len(body),
        sha256=(sum_of(body),),
        created_at=0,
    )
    media = replace(media, **more)  # type: ignore[arg-type]
    return replace(media, owner=media_id(media, f"c{next(_numbers)}"))


def film(bucket: Bucket) -> Media:
    """An upload in parts, begun."""
    firsts = range(0, SIZE, PART_SIZE)
    sums = tuple(sum_of(FILM[first : first + PART_SIZE]) for first in firsts)
    media = declared(FILM, sha256=sums, content_type="video/mp4", purpose=Purpose.VIDEO)
    return replace(media, multipart=bucket.parts.begin(media))


def pieces(media: Media) -> list[bytes]:
    return [FILM[part.first : part.first + part.size] for part in media.parts]


def uploaded(bucket: Bucket, media: Media | None = None, body: bytes = PNG) -> Media:
    media = media or declared(body)
    assert bucket.browser.post(bucket.links.form(media), body) == 204
    return media


def test_what_was_not_sent_is_not_there(bucket: Bucket) -> None:
    assert bucket.objects.stored("m_none") is None
    bucket.objects.delete("m_none")


def test_a_form_uploads_what_was_declared(bucket: Bucket) -> None:
    media = uploaded(bucket)
    stored = bucket.objects.stored(media.owner)
    assert stored
    assert (stored.size, stored.content_type) == (len(PNG), "image/png")
    if bucket.strict:
        assert stored.checksum == media.checksum
        assert bucket.tags(media.owner) == UNUSED
    uploaded(bucket, media)


@pytest.mark.parametrize(
    "body", [PNG[:-1], PNG + b"\0", PNG[:-1] + b"\0", b""], ids=["short", "long", "other", "none"]
)
def test_a_form_takes_no_other_bytes(bucket: Bucket, body: bytes) -> None:
    media = declared()
    if bucket.strict:
        assert bucket.browser.post(bucket.links.form(media), body) in (400, 403)
        assert bucket.objects.stored(media.owner) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"key": "media/m_other"},
        {"Content-Type": "text/html"},
        {"x-amz-checksum-sha256": sum_of(PNG + b"\0")},
        {"acl": "public-read"},
        {"x-amz-meta-a": "b"},
    ],
)
def test_a_form_takes_no_other_fields(bucket: Bucket, changed: dict[str, str]) -> None:
    media = declared()
    form = bucket.links.form(media)
    if bucket.strict:
        assert bucket.browser.post(Form(form.url, {**form.fields, **changed}), PNG) in (400, 403)
        assert bucket.objects.stored(media.owner) is None


def test_pieces_are_read_from_where_they_stand(bucket: Bucket) -> None:
    media = uploaded(bucket)
    assert bucket.objects.piece(media.owner, 0, 7) == PNG[:8]
    assert bucket.objects.piece(media.owner, len(PNG) - 4, len(PNG) - 1) == PNG[-4:]
    assert bucket.objects.piece(media.owner, 0, 10 * MB) == PNG


def test_what_is_kept_loses_its_mark_and_its_thumbnail_too(bucket: Bucket) -> None:
    media, other = uploaded(bucket), uploaded(bucket)
    for one in (media, other):
        bucket.objects.put_thumbnail(one.owner, b"small", "image/webp")
        assert bucket.tags(one.owner, thumbnail=True) == UNUSED
    for _ in range(2):
        bucket.objects.keep(media.owner, thumbnail=True)
        bucket.objects.keep(other.owner, thumbnail=False)
    assert bucket.tags(media.owner) == bucket.tags(media.owner, thumbnail=True) == {}
    assert bucket.tags(other.owner) == {}
    assert bucket.tags(other.owner, thumbnail=True) == UNUSED


def test_what_is_deleted_is_gone_with_its_thumbnail(bucket: Bucket) -> None:
    media = replace(uploaded(bucket), thumbnail="image/webp")
    bucket.objects.put_thumbnail(media.owner, b"small", "image/webp")
    small = bucket.links.download(media, thumbnail=True)
    assert bucket.browser.get(small).body == b"small"
    for _ in range(2):
        bucket.objects.delete(media.owner)
    assert bucket.objects.stored(media.owner) is None
    assert bucket.browser.get(bucket.links.download(media, thumbnail=False)).status in GONE
    assert bucket.browser.get(small).status in GONE


def test_a_download_is_served_as_it_may_be_shown(bucket: Bucket) -> None:
    media = uploaded(bucket, declared(file_name="Kätzchen.png"))
    status, headers, body = bucket.browser.get(bucket.links.download(media, thumbnail=False))
    assert (status, body) == (200, PNG)
    assert headers["content-type"] == "image/png"
    name = "filename=\"K_tzchen.png\"; filename*=UTF-8''K%C3%A4tzchen.png"
    assert headers["content-disposition"] == f"inline; {name}"
    page = b"<html></html>"
    media = declared(page, content_type="text/html", purpose=Purpose.FILE)
    status, headers, _ = bucket.browser.get(
        bucket.links.download(uploaded(bucket, media, page), thumbnail=False)
    )
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"] == "attachment"


def test_large_uploads_come_in_parts_in_any_order(bucket: Bucket) -> None:
    media = film(bucket)
    sent = list(zip(bucket.links.parts(media), pieces(media), strict=True))
    assert not bucket.parts.finish(media)
    for sending, piece in sent[::-1]:
        assert bucket.browser.put(sending, piece) == 200
    for _ in range(2):
        assert bucket.parts.finish(media)
    stored = bucket.objects.stored(media.owner)
    assert stored
    assert stored.size == SIZE
    assert (
        bucket.objects.piece(media.owner, PART_SIZE - 2, PART_SIZE + 1)
        == (FILM[PART_SIZE - 2 : PART_SIZE + 2])
    )
    if bucket.strict:
        assert stored.checksum == media.checksum
        assert bucket.tags(media.owner) == UNUSED


def test_a_part_is_just_what_was_declared(bucket: Bucket) -> None:
    media = film(bucket)
    sending, piece = bucket.links.parts(media)[-1], pieces(media)[-1]
    if bucket.strict:
        assert bucket.browser.put(sending, piece[:-1]) in (400, 403)
        assert bucket.browser.put(sending, piece[:-1] + b"\0") in (400, 403)
        forged = {**sending.headers, "x-amz-checksum-sha256": sum_of(piece[:-1] + b"\0")}
        if not sending.url.startswith("https://bucket.test"):
            other = Sending(sending.url, forged)
            assert bucket.browser.put(other, piece[:-1] + b"\0") == 403
    assert not bucket.parts.finish(media)
    assert bucket.objects.stored(media.owner) is None
    bucket.parts.abandon(media)


def test_parts_that_are_abandoned_are_gone(bucket: Bucket) -> None:
    media = film(bucket)
    sending, piece = bucket.links.parts(media)[-1], pieces(media)[-1]
    assert bucket.browser.put(sending, piece) == 200
    for _ in range(2):
        bucket.parts.abandon(media)
    if bucket.strict:
        assert bucket.browser.put(sending, piece) == 404
    assert bucket.objects.stored(media.owner) is None
