"""What is done once an object is there; told twice, or late, it comes to the same."""

import struct

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.media import UNUSED_MS, State
from chirrup.domain.media_parts import MB
from chirrup.domain.media_types import Purpose
from chirrup.ports.attachments import Attachment
from tests.support.files import ogg
from tests.unit.making import CHAT, refused
from tests.unit.uploading import PNG, SMALL, Gallery


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


def test_an_image_gets_a_thumbnail_once(gallery: Gallery) -> None:
    id_ = gallery.upload()
    for _ in range(2):
        gallery.thumbnails.arrived(id_)
    assert gallery.made_small == [PNG]
    assert gallery.media(id_).thumbnail == SMALL.content_type
    assert gallery.media(id_).state is State.READY
    assert gallery.tables.uploads[f"thumbnails/{id_}"].body == SMALL.body
    assert gallery.is_unused(id_, "thumbnails")


def test_what_no_thumbnail_can_be_made_of_is_noted(gallery: Gallery) -> None:
    gallery.small = None
    id_ = gallery.upload()
    for _ in range(2):
        gallery.thumbnails.arrived(id_)
    assert gallery.media(id_).unshowable
    assert not gallery.media(id_).thumbnail
    assert gallery.made_small == [PNG]
    assert gallery.tables.uploads.keys() == {f"media/{id_}"}


def test_an_image_sent_as_a_file_gets_one_unless_it_is_larger_than_images_may_be(
    gallery: Gallery,
) -> None:
    small = gallery.upload(purpose=Purpose.FILE)
    large = gallery.upload(image_of_20_mb(), purpose=Purpose.FILE)
    for id_ in (small, large):
        gallery.thumbnails.arrived(id_)
        assert gallery.media(id_).state is State.READY
    assert gallery.made_small == [PNG]


def image_of_20_mb() -> bytes:
    """An image with a chunk that nobody reads."""
    chunk = struct.pack(">I4s", 20 * MB, b"noNe") + bytes(20 * MB) + bytes(4)
    return PNG[:-12] + chunk + PNG[-12:]


def test_a_sound_is_only_looked_at(gallery: Gallery) -> None:
    id_ = gallery.upload(ogg(), purpose=Purpose.VOICE, content_type="audio/ogg")
    gallery.thumbnails.arrived(id_)
    assert gallery.media(id_).state is State.READY
    assert gallery.made_small == []


def test_what_is_not_as_declared_is_deleted_and_no_reason_to_try_again(gallery: Gallery) -> None:
    id_ = gallery.upload(b"no image")
    for _ in range(2):
        gallery.thumbnails.arrived(id_)
    assert gallery.tables.uploads == {}
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="content_type"):
        gallery.uploads.complete("alice", id_)


def test_what_is_gone_by_then_stays_gone(gallery: Gallery) -> None:
    ticket = gallery.declare()
    gallery.thumbnails.arrived(ticket.media.owner)
    gallery.uploads.cancel("alice", ticket.media.owner)
    gallery.send_in(ticket)
    gallery.thumbnails.arrived(ticket.media.owner)
    assert gallery.tables.uploads == {}


def test_what_comes_too_late_is_deleted(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.clock.advance(UNUSED_MS)
    gallery.thumbnails.arrived(id_)
    assert gallery.tables.uploads == {}


def test_a_form_sent_again_does_not_have_deleted_what_is_used(gallery: Gallery) -> None:
    ticket = gallery.declare()
    gallery.send_in(ticket)
    id_ = ticket.media.owner
    gallery.thumbnails.arrived(id_)
    gallery.attaching.attach("alice", [Attachment(id_, "image")], CHAT, 1)
    gallery.send_in(ticket)
    assert gallery.is_unused(id_)
    gallery.thumbnails.arrived(id_)
    assert not gallery.is_unused(id_)
    assert not gallery.is_unused(id_, "thumbnails")


def test_a_first_use_while_the_thumbnail_is_made_keeps_both(gallery: Gallery) -> None:
    id_ = gallery.upload()
    uses = iter(["before put object", "before commit"])
    wanted = next(uses)

    def meanwhile(step: str) -> None:
        if gallery.made_small and step == wanted:
            gallery.tables.hook = lambda _: None
            gallery.attaching.attach("alice", [Attachment(id_, "image")], CHAT, 1)

    gallery.tables.hook = meanwhile
    gallery.thumbnails.arrived(id_)
    assert gallery.media(id_).state is State.KEPT
    assert gallery.media(id_).thumbnail
    assert not gallery.is_unused(id_)
    assert not gallery.is_unused(id_, "thumbnails")


def test_a_failure_of_ours_is_tried_again(gallery: Gallery) -> None:
    id_ = gallery.upload()

    def fail(step: str) -> None:
        if step == "before head object":
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    gallery.tables.hook = fail
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        gallery.thumbnails.arrived(id_)
    gallery.tables.hook = lambda _: None
    gallery.thumbnails.arrived(id_)
    assert gallery.media(id_).thumbnail


def test_what_is_deleted_while_it_is_looked_at_is_gone_and_no_failure(gallery: Gallery) -> None:
    id_ = gallery.upload()

    def deleted(step: str) -> None:
        if step == "before get object":
            gallery.tables.uploads.pop(f"media/{id_}", None)

    gallery.tables.hook = deleted
    gallery.thumbnails.arrived(id_)
    gallery.tables.hook = lambda _: None
    assert gallery.made_small == []
