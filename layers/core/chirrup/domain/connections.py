"""Open WebSockets of a user, as one element each of a set."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

DEVICES_MAX = 10
LIFETIME_MS = 2 * 60 * 60 * 1000
"""API Gateway ends a WebSocket after two hours."""
DEVICE_MAX = 64
PARTS = 64
"""Parts that all users are divided into. Each counts how often somebody of it has connected, so
that whoever remembers sockets knows which of them to look up again."""


class Connection(NamedTuple):
    """One open WebSocket.

    Attributes:
        id: The gateway's connection id.
        expires_at: When the token or the socket's life ends, whichever is first (ms since epoch).
        connected_at: When it was authorised (ms since epoch).
        device: The device's name.
    """

    id: str
    expires_at: int
    connected_at: int
    device: str

    def encode(self) -> str:
        """The element of the set; the device stands last, since it may hold any character."""
        return f"{self.id}|{self.expires_at}|{self.connected_at}|{self.device}"

    @staticmethod
    def decode(text: str) -> "Connection":
        """The connection that `encode` wrote."""
        id_, expires_at, connected_at, device = text.split("|", 3)
        return Connection(id_, int(expires_at), int(connected_at), device)


def overtaken(new: Connection, present: Iterable[Connection]) -> bool:
    """Whether a newer connection of the same device is there already.

    Two handshakes of a device may come to be noted in the other order than they began. Of two in
    the same millisecond the ids decide, so that both functions agree which one stays.
    """
    mine = (new.connected_at, new.id)
    return any(
        other.device == new.device and (other.connected_at, other.id) > mine for other in present
    )


def displaced_by(new: Connection, present: Iterable[Connection]) -> list[Connection]:
    """The connections that must go when a new one opens.

    Those are the older one of the same device, those whose time is over, and the oldest beyond
    the tenth device.
    """
    others = sorted(
        (other for other in present if other.id != new.id), key=lambda other: other.connected_at
    )
    gone = [o for o in others if o.device == new.device or o.expires_at <= new.connected_at]
    left = [other for other in others if other not in gone]
    excess = max(0, len(left) + 1 - DEVICES_MAX)
    return gone + left[:excess]


def part_of(user_id: str) -> int:
    """Which part of all users one belongs to."""
    return hashlib.sha256(user_id.encode()).digest()[1] % PARTS
