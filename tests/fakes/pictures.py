"""Uploads that become visible to everybody, in memory."""

from chirrup.domain.errors import ChirrupError, ErrorCode


class FakePictures:
    """Implements `ports.Pictures`.

    Attributes:
        uploads: Whose each upload is; None for the administration.
        no_images: Those that are something else.
        published: Media and purpose, in order.
    """

    def __init__(self) -> None:
        self.uploads: dict[str, str | None] = {}
        self.no_images: set[str] = set()
        self.published: list[tuple[str, str]] = []

    def publish(self, user_id: str | None, media_id: str, purpose: str) -> None:
        """See `ports.Pictures`."""
        if media_id not in self.uploads or self.uploads[media_id] != user_id:
            raise ChirrupError(ErrorCode.MEDIA_NOT_FOUND)
        if media_id in self.no_images:
            raise ChirrupError(ErrorCode.MEDIA_NOT_ALLOWED)
        if (media_id, purpose) not in self.published:
            self.published.append((media_id, purpose))
