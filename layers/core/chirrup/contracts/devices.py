"""Devices on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Timestamp
from chirrup.domain.connections import DEVICE_MAX

DeviceName = Annotated[
    str,
    Field(
        min_length=1,
        max_length=DEVICE_MAX,
        pattern=r"^[^\x00-\x1f\x7f]+$",
        description="As it was named when its socket was opened.",
        examples=["phone"],
    ),
]


class DeviceView(Emitted):
    """A device whose socket is open."""

    device: Annotated[
        str, Field(description="Its name; the connection id if it has none.", examples=["phone"])
    ]
    connected_at: Timestamp
    expires_at: Annotated[Timestamp, Field(description="When the socket ends at the latest.")]


class DeviceList(Emitted):
    """All devices that are open, the newest first; ten at most, so there are no pages."""

    items: list[DeviceView]
