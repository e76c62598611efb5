"""Types of what people send, as the library tells them: a newer one must tell the same."""

import struct

import pytest

from chirrup.domain.media_types import is_as_declared
from chirrup.recognition import recognise
from tests.support.files import PDF, archive, image, mp4, ogg

EBML = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x84"


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    """The beginning of an MP4 file that names these brands and no others."""
    brands = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I", len(brands) + 8) + b"ftyp" + brands + bytes(300)


FILES = [
    ("image/png", image("PNG")),
    ("image/jpeg", image("JPEG")),
    ("image/gif", image("GIF")),
    ("image/webp", image("WEBP")),
    ("audio/mp4", mp4(brand=b"M4A ")),
    ("audio/x-m4a", mp4(brand=b"mp42")),
    ("audio/3gpp", mp4(brand=b"3gp4")),
    ("audio/ogg", ogg()),
    ("audio/webm", EBML + b"webm" + bytes(100)),
    ("audio/amr", b"#!AMR\n" + bytes(100)),
    ("audio/aac", b"\xff\xf1\x50\x80" + bytes(100)),
    ("audio/mpeg", b"ID3\4" + bytes(100)),
    ("audio/mpeg", b"\xff\xfb\x90\x64" + bytes(100)),
    ("audio/mpeg", b"\xff\xf3\x90\x64" + bytes(100)),
    ("audio/wav", b"RIFF\x24\1\0\0WAVEfmt " + bytes(100)),
    ("audio/flac", b"fLaC" + bytes(100)),
    ("video/mp4", mp4(brand=b"isom")),
    ("video/mp4", mp4(brand=b"iso5")),
    ("video/mp4", mp4(brand=b"dash")),
    ("video/mp4", ftyp(b"iso5", b"iso5", b"dash")),
    ("video/mp4", ftyp(b"iso6", b"iso6", b"cmfc", b"dash")),
    ("audio/mp4", ftyp(b"dash", b"iso5", b"iso6")),
    ("video/quicktime", mp4(brand=b"qt  ")),
    ("video/3gpp", mp4(brand=b"3gp5")),
    ("video/webm", EBML + b"webm" + bytes(100)),
    ("application/pdf", PDF),
    ("application/zip", archive()),
    ("application/gzip", b"\x1f\x8b\x08\0" + bytes(50)),
    ("text/plain", b"hello"),
    ("text/html", b"<html></html>"),
    ("application/json", b"{}"),
]


@pytest.mark.parametrize(("declared", "body"), FILES, ids=[name for name, _ in FILES])
def test_a_file_is_what_it_is(declared: str, body: bytes) -> None:
    assert is_as_declared(declared, recognise(body[:4096]))


def test_what_claims_to_be_an_image_is_one() -> None:
    for declared in ("image/png", "image/jpeg", "image/gif", "image/webp"):
        as_declared = [
            body for _, body in FILES if is_as_declared(declared, recognise(body[:4096]))
        ]
        assert as_declared == [body for name, body in FILES if name == declared]


def test_programs_are_known() -> None:
    assert recognise(b"MZ\x90\0" + bytes(100)) == "application/x-msdownload"
    assert recognise(b"\x7fELF" + bytes(100)) == "application/x-executable"


def test_nothing_is_nothing() -> None:
    assert recognise(b"") is None
    assert recognise(ftyp(b"none")) is None
