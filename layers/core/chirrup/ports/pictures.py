"""Uploads that become pictures of everybody: emoji, icons, faces, avatars."""

from __future__ import annotations

from typing import Protocol


class Pictures(Protocol):
    """Makes uploads visible to everybody."""

    def publish(self, user_id: str | None, media_id: str, purpose: str) -> None:
        """Let everybody see an image, and keep it; doing it again changes nothing.

        Args:
            user_id: Whose upload it must be; None for one of the administration.
            media_id: Which.
            purpose: `emoji`, `icon`, `face`, `avatar` or `cover`.

        Raises:
            ChirrupError: `media_not_found` when it is not there, not ready or not theirs;
                `media_not_allowed` when it is no image.
        """
