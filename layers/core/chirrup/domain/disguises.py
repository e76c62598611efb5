"""Files that are two things at once: an image that is a web page, an archive or a program as well.

A type is recognised by its first bytes, and so says nothing of what follows. Programs that read
ZIP look for its directory at the end, those that read PDF in the first kilobyte, and those that
guess look for HTML. So an upload that claims to be an image, a sound or a film must hold nothing
of these where they look, and an image must end where its format ends.
"""

import struct

from chirrup.domain.media_types import IMAGES, SHOWN

FIRST = 4 * 1024
"""Bytes from the beginning that are looked at; those who guess types read less."""
LAST = 66 * 1024
"""Bytes from the end: where ZIP may have its directory's end, with the longest comment."""

_PDF_WITHIN = 1024
_PDF = b"%PDF-"
_MARKUP = (b"<html", b"<!doctype html", b"<script", b"<svg", b"<body", b"<iframe", b"<?php")
_ZIP_END = struct.Struct("<4s4H2IH")
_ZIP_MARK = b"PK\5\6"
_ZIP64 = 0xFFFFFFFF
_ZIP_ENTRY = 46
"""Bytes of the shortest entry of a ZIP's directory."""
_SAMSUNG = b"SEFT"
"""How Samsung's cameras end what they write behind their JPEGs: when, and in which mode."""
_ENDS: dict[str, bytes | tuple[bytes, ...]] = {
    "image/png": b"\0\0\0\0IEND\xaeB`\x82",
    "image/jpeg": (b"\xff\xd9", _SAMSUNG),
    "image/gif": b";",
}
_RIFF = struct.Struct("<4sI4s")


def disguise_of(declared: str, first: bytes, last: bytes, size: int) -> str | None:
    """What is wrong about an upload beyond its type; None for nothing.

    Args:
        declared: Its type.
        first: At least `FIRST` bytes from its beginning, or all.
        last: At least `LAST` bytes from its end, or all.
        size: All of its bytes.
    """
    if declared in IMAGES and not _ends(declared, first, last, size):
        return "trailing_data"
    if declared not in SHOWN:
        return None
    if declared != "application/pdf":
        if _PDF in first[:_PDF_WITHIN]:
            return "polyglot"
        if _holds_archive(last, size):
            return "polyglot"
    looked_at = (first, last) if last.endswith(_SAMSUNG) else (first,)
    found = any(mark in part.lower() for part in looked_at for mark in _MARKUP)
    return "polyglot" if found else None


def _ends(declared: str, first: bytes, last: bytes, size: int) -> bool:
    """Whether an image ends where its format says."""
    if declared == "image/webp":
        _, length, _ = _RIFF.unpack_from(first.ljust(_RIFF.size, b"\0"))
        return bool(length + 8 == size)
    if declared == "image/jpeg":
        # Some cameras fill the last block of a file.
        last = last.rstrip(b"\0")
    return last.endswith(_ENDS[declared])


def _holds_archive(last: bytes, size: int) -> bool:
    """Whether a ZIP's directory ends there: the four bytes alone come by chance now and then."""
    at = last.find(_ZIP_MARK)
    while at >= 0:
        record = last[at : at + _ZIP_END.size]
        if len(record) == _ZIP_END.size and _ends_archive(record, size - len(last) + at):
            return True
        at = last.find(_ZIP_MARK, at + 1)
    return False


def _ends_archive(record: bytes, room: int) -> bool:
    """Whether this can be the end of a directory with so many bytes before it."""
    _, disk, start, here, entries, length, offset, _ = _ZIP_END.unpack(record)
    if length == offset == _ZIP64:
        return True
    if disk or start or here != entries or not entries:
        return False
    return bool(_ZIP_ENTRY * entries <= length <= room and offset <= room)
