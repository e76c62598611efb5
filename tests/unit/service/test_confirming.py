"""Nobody uses an upload that is not there, or is something else than declared."""

from collections.abc import Callable

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.media import UNUSED_MS, State
from chirrup.domain.media_types import Purpose
from tests.fakes.tables import Uploaded
from tests.support.files import gif_with_page, image, mp4, ogg, png_with_archive, sum_of
from tests.unit.making import refused
from tests.unit.uploading import PNG, Gallery


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


@pytest.mark.parametrize(
    ("purpose", "type_", "body"),
    [
        (Purpose.IMAGE, "image/png", image("PNG")),
        (Purpose.IMAGE, "image/jpeg", image("JPEG")),
        (Purpose.IMAGE, "image/gif", image("GIF")),
        (Purpose.IMAGE, "image/webp", image("WEBP")),
        (Purpose.VOICE, "audio/ogg", ogg()),
        (Purpose.VOICE, "audio/mp4", mp4(brand=b"M4A ")),
        (Purpose.VIDEO, "video/mp4", mp4(brand=b"iso5")),
        (Purpose.FILE, "text/csv", b"a,b\n"),
        (Purpose.FILE, "application/octet-stream", b"MZ"),
    ],
)
def test_what_is_as_declared_is_ready(
    gallery: Gallery, purpose: Purpose, type_: str, body: bytes
) -> None:
    id_ = gallery.upload(body, purpose=purpose, content_type=type_)
    assert gallery.confirming.confirm(id_) == gallery.media(id_)
    assert gallery.media(id_).state is State.READY
    assert gallery.is_unused(id_)


def test_what_was_never_sent_is_not_there(gallery: Gallery) -> None:
    id_ = gallery.declare().media.owner
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.confirming.confirm(id_)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.confirming.confirm("m_unknown")
    assert gallery.media(id_).state is State.PENDING


def test_what_was_not_used_in_time_is_not_there(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.clock.advance(UNUSED_MS)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.confirming.confirm(id_)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (image("JPEG"), "content_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "content_type"),
        (PNG + b"\0", "trailing_data"),
        (png_with_archive(), "polyglot"),
    ],
)
def test_what_is_something_else_is_deleted_and_says_why(
    gallery: Gallery, body: bytes, reason: str
) -> None:
    id_ = gallery.upload(body)
    for _ in range(2):
        with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason=reason):
            gallery.confirming.confirm(id_)
    assert gallery.tables.uploads == {}


def test_a_page_in_an_image_is_seen(gallery: Gallery) -> None:
    id_ = gallery.upload(gif_with_page(), content_type="image/gif")
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="polyglot"):
        gallery.confirming.confirm(id_)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda body: Uploaded(body + b"\0", "image/png", sum_of(body)), "size"),
        (lambda body: Uploaded(body, "image/png", sum_of(b"")), "checksum"),
        (lambda body: Uploaded(body, "image/png", None), "checksum"),
    ],
)
def test_an_object_must_be_the_declared_one(
    gallery: Gallery, change: Callable[[bytes], Uploaded], reason: str
) -> None:
    """The form takes nothing else; but what is there is believed, not the form."""
    id_ = gallery.upload()
    gallery.tables.uploads[f"media/{id_}"] = change(PNG)
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason=reason):
        gallery.confirming.confirm(id_)


def test_two_who_look_at_the_same_time_find_the_same(gallery: Gallery) -> None:
    id_ = gallery.upload()

    def meanwhile(step: str) -> None:
        if step == "before commit":
            gallery.tables.hook = lambda _: None
            gallery.confirming.confirm(id_)

    gallery.tables.hook = meanwhile
    assert gallery.confirming.confirm(id_) == gallery.media(id_)
    assert gallery.media(id_).state is State.READY


def test_what_is_cancelled_meanwhile_is_gone(gallery: Gallery) -> None:
    id_ = gallery.upload()

    def meanwhile(step: str) -> None:
        if step == "before commit":
            gallery.tables.hook = lambda _: None
            gallery.uploads.cancel("alice", id_)

    gallery.tables.hook = meanwhile
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.confirming.confirm(id_)


def test_a_crash_leaves_nothing_that_is_not_allowed(gallery: Gallery) -> None:
    id_ = gallery.upload(PNG + b"\0")

    def crash(step: str) -> None:
        if step == "before delete object":
            raise RuntimeError

    gallery.tables.hook = crash
    with pytest.raises(RuntimeError):
        gallery.confirming.confirm(id_)
    gallery.tables.hook = lambda _: None
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="trailing_data"):
        gallery.confirming.confirm(id_)
    assert gallery.tables.uploads == {}
