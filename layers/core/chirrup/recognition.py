"""What files are, by their first bytes: the only place that knows the library for it."""

import filetype

MP4_BRANDS = frozenset(
    {b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9", b"dash", b"cmfc", b"cmf2"}
)
"""First brands of MP4 files, mostly of recordings in fragments, that the library knows only where
an older brand stands beside them. Source: ISO/IEC 14496-12, annex E, 23009-1 and 23000-19."""


def recognise(first: bytes) -> str | None:
    """Implements `ports.media.Recognise`."""
    found: str | None = filetype.guess_mime(first)
    if found is None and first[4:8] == b"ftyp" and first[8:12] in MP4_BRANDS:
        return "video/mp4"
    return found
