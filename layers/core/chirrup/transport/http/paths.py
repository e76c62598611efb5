"""Paths as clients send them, whatever the gateway makes of them."""

from urllib.parse import quote

DEVICES = "/v1/me/devices/"


def in_one_part(path: str) -> str:
    """The path with a device's name as one part of it, as the client has sent it.

    API Gateway's HTTP APIs decode a path, all but `%25`: a device called `a/b` would be two parts
    of it, and one with an emoji would fit no route.
    """
    before, found, device = path.partition(DEVICES)
    return path if before or not found else found + quote(device, safe="%")
