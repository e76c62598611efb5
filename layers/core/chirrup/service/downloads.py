"""Downloading: by the owner, by everybody, or by those who see a message that holds an upload."""

from collections.abc import Iterator
from dataclasses import dataclass

from chirrup.domain.media import Media
from chirrup.domain.media_refusals import not_found
from chirrup.domain.media_uses import MediaUse
from chirrup.ports import Clock
from chirrup.ports.media import MediaLinks
from chirrup.ports.records import Records
from chirrup.service.showing import Showing

USES = 100
"""Conversations that are looked through where the client does not say which it means."""
LINK_MS = 5 * 60 * 1000
"""How long a download may be begun by its URL."""


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that downloads something, until `expires_at` (ms since epoch)."""

    url: str
    expires_at: int


class Downloads:
    """Gives links to those who may have them."""

    def __init__(
        self,
        *,
        records: Records,
        showing: Showing,
        links: MediaLinks,
        clock: Clock,
    ) -> None:
        """Use these.

        Args:
            records: What is known of uploads, and who holds them.
            showing: Says who sees what conversations hold.
            links: Makes the URLs.
            clock: For what expires.
        """
        self._records = records
        self._showing = showing
        self._links = links
        self._clock = clock

    def link(
        self,
        user_id: str,
        media_id: str,
        conversation_id: str | None = None,
        seq: int | None = None,
        *,
        thumbnail: bool,
    ) -> Link:
        """A link to an upload.

        Args:
            user_id: Who wants it.
            media_id: Which.
            conversation_id: Where they have seen it; None to look through what holds it.
            seq: In which message there; None to look through those that hold it.
            thumbnail: The thumbnail instead.

        Raises:
            ChirrupError: `media_not_found` for what is not there, or not for this user.
        """
        now = self._clock.now()
        media = self._records.get(Media, media_id)
        if media is None or not media.is_usable or not media.is_there(now):
            raise not_found()
        if thumbnail and not media.thumbnail:
            raise not_found()
        if not (media.public or media.by == user_id):
            if not self._shown(user_id, media_id, conversation_id, seq):
                raise not_found()
        return Link(self._links.download(media, thumbnail=thumbnail), now + LINK_MS)

    def _shown(
        self, user_id: str, media_id: str, conversation_id: str | None, seq: int | None
    ) -> bool:
        if conversation_id is not None and seq is not None:
            return self._showing.shows_at(media_id, conversation_id, seq, user_id)
        uses = self._uses(media_id, conversation_id)
        return any(self._showing.shows(use, user_id) for use in uses)

    def _uses(self, media_id: str, conversation_id: str | None) -> Iterator[MediaUse]:
        if conversation_id is None:
            yield from self._records.page(MediaUse, media_id, None, USES)[0]
        elif use := self._records.get(MediaUse, media_id, conversation_id):
            yield use
