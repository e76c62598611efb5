"""What files are, by their first bytes: the only place that knows the library for it."""

import filetype


def recognise(first: bytes) -> str | None:
    """Implements `ports.media.Recognise`."""
    found: str | None = filetype.guess_mime(first)
    return found
