"""Files that people send, small and made up, and some that are two things at once."""

import io
import struct
import zipfile
from base64 import b64encode
from hashlib import sha256
from typing import Any

from PIL import Image


def image(format_: str = "PNG", size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    """An image with all its pixels different enough to be told apart."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    picture.save(out, format_, **more)
    return out.getvalue()


def archive() -> bytes:
    """A ZIP with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("evil.txt", "words")
    return out.getvalue()


def png_with_archive() -> bytes:
    """An image whose last chunk but one is a ZIP, which its readers find by its end."""
    whole = image("PNG")
    body = b"pkZp" + archive()[:-2] + struct.pack("<H", 16)
    chunk = struct.pack(">I", len(body) - 4) + body + b"\0\0\0\0"
    return whole[:-12] + chunk + whole[-12:]


def gif_with_page() -> bytes:
    """An image with a web page in its comment."""
    whole = image("GIF")
    comment = b"<html><script>alert(1)</script>"
    block = b"\x21\xfe" + bytes([len(comment)]) + comment + b"\0"
    # After the screen descriptor and the colours that it announces.
    at = 13 + 3 * 2 ** ((whole[10] & 7) + 1) * (whole[10] >> 7)
    return whole[:at] + block + whole[at:]


def mp4(size: int = 2_000, brand: bytes = b"isom") -> bytes:
    """What begins as films do, and goes on with noise."""
    head = struct.pack(">I4s4sI", 24, b"ftyp", brand, 512) + b"isommp42"
    return head + noise(size - len(head))


def ogg(size: int = 2_000) -> bytes:
    """What begins as a voice clip does."""
    head = b"OggS\0\2" + bytes(20) + b"\1\x13OpusHead"
    return head + noise(size - len(head))


def noise(size: int) -> bytes:
    """Bytes that do not repeat soon."""
    block = b"".join(
        sha256(struct.pack(">I", at)).digest() for at in range(min(size // 32 + 1, 4096))
    )
    return (block * (size // len(block) + 1))[:size]


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def sum_of(body: bytes) -> str:
    """SHA-256 in base64."""
    return b64encode(sha256(body).digest()).decode()
