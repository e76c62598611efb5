"""Frames of pushes, put together from the texts of their events."""

from collections.abc import Iterable, Sequence

from chirrup.domain.frames import FRAME_BYTES_MAX

_OPENING, _CLOSING = '{"type":"push","events":[', "]}"
_EMPTY = len(_OPENING) + len(_CLOSING)


def frames_of(texts: Iterable[str]) -> list[bytes]:
    """As few frames as hold all events, each at most 32 KB, in their order."""
    frames: list[bytes] = []
    parts: list[str] = []
    size = _EMPTY - 1  # each event brings a comma, but the first
    for text in texts:
        length = len(text.encode()) + 1
        if parts and size + length > FRAME_BYTES_MAX:
            frames.append(_frame(parts))
            parts, size = [], _EMPTY - 1
        parts.append(text)
        size += length
    if parts:
        frames.append(_frame(parts))
    return frames


def _frame(parts: Sequence[str]) -> bytes:
    return (_OPENING + ",".join(parts) + _CLOSING).encode()
