"""Large uploads come in parts, each with a checksum of its own."""

from typing import NamedTuple

MB = 1024 * 1024
WHOLE_MAX = 100 * MB
"""Bytes that are uploaded in one request; what is larger comes in parts."""
PART_SIZE = 16 * MB
"""Bytes of each part but the last; S3 wants 5 MB at least."""


class Part(NamedTuple):
    """A part of an upload: its number from 1 on, where it begins, and its bytes."""

    number: int
    first: int
    size: int


def parts_of(size: int) -> tuple[Part, ...]:
    """The parts that so many bytes are uploaded in; none where one request will do."""
    if size <= WHOLE_MAX:
        return ()
    firsts = range(0, size, PART_SIZE)
    return tuple(
        Part(number, first, min(PART_SIZE, size - first)) for number, first in enumerate(firsts, 1)
    )
