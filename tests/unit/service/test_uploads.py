"""Declaring, completing and cancelling uploads."""

from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.contents import is_media_id
from chirrup.domain.errors import ErrorCode
from chirrup.domain.media import UNUSED_MS, Media, State
from chirrup.domain.media_parts import MB
from chirrup.domain.media_types import Purpose
from chirrup.domain.upload_quotas import HOUR_MS, UPLOADS_AN_HOUR, UploadQuota
from chirrup.ports.attachments import Attachment
from tests.support.files import mp4, sum_of
from tests.unit.making import CHAT, refused
from tests.unit.uploading import PNG, Gallery

FILM: dict[str, Any] = {"purpose": Purpose.VIDEO, "content_type": "video/mp4"}


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


def stored(gallery: Gallery) -> list[Media]:
    return [one for one in gallery.tables.records.values() if isinstance(one, Media)]


def test_an_image_is_sent_by_a_form_and_completed(gallery: Gallery) -> None:
    ticket = gallery.declare(file_name="cat.png")
    assert is_media_id(ticket.media.owner)
    assert ticket.form
    assert not ticket.parts
    gallery.send_in(ticket)
    for _ in range(2):
        media = gallery.uploads.complete("alice", ticket.media.owner)
        assert media.state is State.READY
        assert media.file_name == "cat.png"


@pytest.mark.parametrize("body", [PNG[:-1], PNG + b"\0", PNG[:-1] + b"\0"])
def test_a_form_takes_nothing_but_what_was_declared(gallery: Gallery, body: bytes) -> None:
    ticket = gallery.declare()
    assert ticket.form
    assert gallery.bucket.post(ticket.form.fields, body) == 400
    assert gallery.tables.uploads == {}
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.uploads.complete("alice", ticket.media.owner)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({"content_type": "image/svg+xml"}, ErrorCode.MEDIA_NOT_ALLOWED),
        ({"size": 21 * MB}, ErrorCode.PAYLOAD_TOO_LARGE),
        ({"sha256": ("x",)}, ErrorCode.INVALID_REQUEST),
    ],
)
def test_what_may_not_be_uploaded_leaves_nothing(
    gallery: Gallery, declared: dict[str, Any], code: ErrorCode
) -> None:
    with refused(code):
        gallery.declare(**declared)
    assert stored(gallery) == []
    assert gallery.tables.parts == {}


def test_a_large_film_comes_in_parts(gallery: Gallery) -> None:
    body = mp4(120 * MB)
    ticket = gallery.declare(body, **FILM)
    assert ticket.form is None
    assert len(ticket.parts) == 8
    for at in (7, 6):
        part, sending = ticket.media.parts[at], ticket.parts[at]
        piece = body[part.first : part.first + part.size]
        assert gallery.bucket.put(sending.url, sending.headers, piece[:-1] + b"\0") == 400
        assert gallery.bucket.put(sending.url, sending.headers, piece[:-1]) == 403
        assert gallery.bucket.put(sending.url, sending.headers, piece) == 200
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.uploads.complete("alice", ticket.media.owner)
    gallery.send_in(ticket, body)
    for _ in range(2):
        assert gallery.uploads.complete("alice", ticket.media.owner).state is State.READY
    assert gallery.tables.uploads[f"media/{ticket.media.owner}"].body == body


def test_only_its_owner_completes_or_cancels_an_upload(gallery: Gallery) -> None:
    id_ = gallery.upload()
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.uploads.complete("bob", id_)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.uploads.cancel("bob", id_)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.uploads.complete("alice", "m_unknown")
    assert gallery.tables.uploads


def test_what_is_cancelled_is_gone(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.thumbnails.arrived(id_)
    for _ in range(2):
        gallery.uploads.cancel("alice", id_)
    assert gallery.tables.uploads == {}
    assert stored(gallery) == []


def test_parts_that_are_cancelled_are_thrown_away(gallery: Gallery) -> None:
    body = mp4(101 * MB)
    ticket = gallery.declare(body, **FILM)
    gallery.uploads.cancel("alice", ticket.media.owner)
    assert gallery.tables.parts == {}
    assert gallery.bucket.put(ticket.parts[0].url, ticket.parts[0].headers, body[: 16 * MB]) == 404


def test_what_is_used_cannot_be_cancelled(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.attaching.attach("alice", [Attachment(id_, "image")], CHAT, 1)
    with refused(ErrorCode.CONFLICT, reason="in_use"):
        gallery.uploads.cancel("alice", id_)
    assert gallery.media(id_).state is State.KEPT


def test_a_user_declares_so_many_an_hour_and_no_more(gallery: Gallery) -> None:
    gallery.clock.time = 100 * HOUR_MS
    for _ in range(UPLOADS_AN_HOUR):
        gallery.declare()
    gallery.clock.advance(1)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=HOUR_MS - 1, reason="uploads_an_hour"):
        gallery.declare(size=120 * MB, sha256=(sum_of(b""),) * 8, **FILM)
    assert len(stored(gallery)) == UPLOADS_AN_HOUR
    assert gallery.tables.parts == {}
    gallery.declare(by="bob")
    gallery.clock.advance(HOUR_MS)
    gallery.declare()


def test_declaring_the_same_again_gives_the_same_upload(gallery: Gallery) -> None:
    first = gallery.declare(client_id="once")
    again = gallery.declare(client_id="once")
    assert again.media == replace(first.media, version=1)
    assert len(stored(gallery)) == 1
    gallery.send_in(first)
    assert gallery.uploads.complete("alice", first.media.owner).state is State.READY
    assert gallery.declare(client_id="once").media.state is State.READY
    quota = gallery.records.get(UploadQuota, "alice")
    assert quota
    assert quota.made == 1


@pytest.mark.parametrize(
    "other",
    [
        {"by": "bob"},
        {"client_id": "twice"},
        {"body": PNG + b"\0"},
        {"content_type": "image/jpeg"},
        {"purpose": Purpose.FILE},
        {"file_name": "other.png"},
    ],
)
def test_whatever_is_declared_otherwise_is_another_upload(
    gallery: Gallery, other: dict[str, Any]
) -> None:
    """So what was looked at can be replaced by nothing else, whatever forms are still good."""
    first = gallery.declare(client_id="once")
    assert gallery.declare(**({"client_id": "once"} | other)).media.owner != first.media.owner


def test_what_was_found_to_be_something_else_is_not_taken_again(gallery: Gallery) -> None:
    id_ = gallery.upload(b"no image", client_id="once")
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="content_type"):
        gallery.uploads.complete("alice", id_)
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="content_type"):
        gallery.declare(b"no image", client_id="once")


def test_what_has_expired_may_be_declared_again(gallery: Gallery) -> None:
    first = gallery.declare(client_id="once").media.owner
    gallery.clock.advance(UNUSED_MS)
    assert gallery.upload(client_id="once") == first
    assert gallery.uploads.complete("alice", first).state is State.READY


def test_what_is_gone_may_be_declared_again(gallery: Gallery) -> None:
    first = gallery.upload(client_id="once")
    gallery.uploads.cancel("alice", first)
    assert gallery.upload(client_id="once") == first
    assert gallery.uploads.complete("alice", first).state is State.READY
