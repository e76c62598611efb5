"""How downloads are named and shown: by browsers that may not be trusted to guess."""

from chirrup.domain.media_types import ANYTHING, SHOWN

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SPECIAL = frozenset('"\\%')


def shown_as(declared: str, file_name: str) -> tuple[str, str]:
    """Content-Type and Content-Disposition of a download.

    Args:
        declared: The type of the upload.
        file_name: What it is called; empty for nothing.
    """
    inline = declared in SHOWN
    return (declared if inline else ANYTHING), _disposition(inline=inline) + _named(file_name)


def _disposition(*, inline: bool) -> str:
    return "inline" if inline else "attachment"


def _named(file_name: str) -> str:
    """RFC 6266: old clients take the first name, those that know RFC 5987 the second."""
    if not file_name:
        return ""
    old = "".join(_old(char) for char in file_name)
    new = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in file_name.encode())
    return f"; filename=\"{old}\"; filename*=UTF-8''{new}"


def _old(char: str) -> str:
    return char if char.isascii() and char.isprintable() and char not in _SPECIAL else "_"
