"""Files that are two things at once."""

import pytest

from chirrup.domain.disguises import FIRST, LAST, disguise_of
from tests.support.files import (
    PDF,
    archive,
    gif_with_page,
    image,
    mp4,
    noise,
    ogg,
    png_with_archive,
)

IMAGES = {f"image/{name.lower()}": image(name) for name in ("PNG", "JPEG", "GIF", "WEBP")}


def found(declared: str, body: bytes) -> str | None:
    return disguise_of(declared, body[:FIRST], body[-LAST:], len(body))


@pytest.mark.parametrize("declared", IMAGES)
@pytest.mark.parametrize("size", [(1, 1), (40, 30), (700, 500)])
def test_an_image_is_nothing_else(declared: str, size: tuple[int, int]) -> None:
    format_ = declared.removeprefix("image/").upper()
    assert found(declared, image(format_, size)) is None


@pytest.mark.parametrize("declared", IMAGES)
@pytest.mark.parametrize("tail", [b"x", archive(), PDF, b"<html>", noise(LAST)])
def test_nothing_stands_behind_an_image(declared: str, tail: bytes) -> None:
    assert found(declared, IMAGES[declared] + tail) == "trailing_data"


@pytest.mark.parametrize("declared", IMAGES)
def test_only_a_photo_may_be_filled_up_with_zeros(declared: str) -> None:
    expected = None if declared == "image/jpeg" else "trailing_data"
    assert found(declared, IMAGES[declared] + bytes(512)) == expected


def test_a_photo_may_have_what_samsung_writes_behind_it_and_nothing_in_that() -> None:
    photo = IMAGES["image/jpeg"]
    assert found("image/jpeg", photo + noise(200) + b"SEFT") is None
    assert found("image/jpeg", photo + b"<Script>" + noise(200) + b"SEFT") == "polyglot"
    assert found("image/jpeg", photo + archive() + b"SEFT") == "polyglot"
    assert found("image/png", IMAGES["image/png"] + noise(200) + b"SEFT") == "trailing_data"


@pytest.mark.parametrize("declared", IMAGES)
def test_an_image_is_whole(declared: str) -> None:
    assert found(declared, IMAGES[declared][:-3]) == "trailing_data"


def test_an_image_is_no_archive() -> None:
    assert found("image/png", png_with_archive()) == "polyglot"


def test_an_image_is_no_web_page() -> None:
    assert found("image/gif", gif_with_page()) == "polyglot"


@pytest.mark.parametrize(
    "inside", [PDF, b"<ScRiPt src=x>", b"<svg onload=x>", b"<?php x", b"<!doctype HTML>"]
)
def test_a_film_is_no_document_and_no_script(inside: bytes) -> None:
    body = mp4()
    assert found("video/mp4", body[:100] + inside + body[100:]) == "polyglot"
    assert found("audio/ogg", ogg() + archive()) == "polyglot"
    assert found("video/mp4", mp4()) is None


def test_the_mark_of_an_archive_alone_is_chance() -> None:
    body = ogg()
    for tail in (b"PK\5\6", b"PK\5\6" + noise(18), b"PK\5\6" + bytes(18)):
        assert found("audio/ogg", body + tail) is None


def test_an_archive_of_many_files_is_seen_too() -> None:
    large = b"PK\5\6" + bytes(4) + b"\xff" * 12 + bytes(2)
    assert found("audio/ogg", ogg() + large) == "polyglot"


@pytest.mark.parametrize("body", [archive(), b"<html></html>", PDF + archive()])
def test_what_is_never_shown_may_be_anything(body: bytes) -> None:
    assert found("application/zip", body) is None
    assert found("text/html", body) is None


def test_a_document_may_hold_attachments_but_no_markup_at_its_beginning() -> None:
    assert found("application/pdf", PDF + archive()) is None
    assert found("application/pdf", PDF + b"<script>") == "polyglot"
