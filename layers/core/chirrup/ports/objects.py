"""Objects in the bucket: what is too large for a table."""

from __future__ import annotations

from typing import Protocol


class Objects(Protocol):
    """A private bucket, read and written whole."""

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """Store an object; an older one of that key is replaced.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """

    def get(self, key: str) -> bytes | None:
        """What an object holds; None if there is none.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """

    def delete(self, key: str) -> None:
        """Delete an object, if it is there.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """
