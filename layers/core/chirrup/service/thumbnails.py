"""What is done with an upload once its object is there: it is looked at, and made small."""

from dataclasses import replace

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.media import Media, State
from chirrup.ports import Clock
from chirrup.ports.media import MakeSmall, MediaObjects
from chirrup.ports.records import Commit, Put, Records
from chirrup.service.confirming import Confirming
from chirrup.service.storing import store


class Thumbnails:
    """Works off what the bucket tells. It may be told twice, and late."""

    def __init__(
        self,
        *,
        records: Records,
        objects: MediaObjects,
        confirming: Confirming,
        make_small: MakeSmall,
        clock: Clock,
    ) -> None:
        """Use these.

        Args:
            records: What is known of uploads.
            objects: The uploads themselves.
            confirming: Looks at them.
            make_small: Makes the pictures.
            clock: For what expires.
        """
        self._records = records
        self._objects = objects
        self._confirming = confirming
        self._make_small = make_small
        self._clock = clock

    def arrived(self, media_id: str) -> None:
        """An object of an upload was stored.

        Raises:
            ChirrupError: `temporarily_unavailable`, `rate_limited`: to be told again later.
        """
        media = self._records.get(Media, media_id)
        if media is None or not media.is_there(self._clock.now()):
            # The upload was cancelled, or its form used long after.
            self._objects.delete(media_id)
            return
        try:
            media = self._confirming.confirm(media_id, media)
            if media.is_picture and not media.thumbnail and not media.unshowable:
                media = self._made(media)
        except ChirrupError as error:
            if error.code in (ErrorCode.MEDIA_NOT_FOUND, ErrorCode.MEDIA_NOT_ALLOWED):
                return
            raise
        if media.state is State.KEPT:
            # Whoever sends the same form again sends the mark of what is unused with it.
            self._objects.keep(media_id, thumbnail=bool(media.thumbnail))

    def _made(self, media: Media) -> Media:
        """The upload with a thumbnail, or with the note that there will be none."""
        small = self._make_small(self._objects.piece(media.owner, 0, media.size - 1))
        if small:
            self._objects.put_thumbnail(media.owner, small.body, small.content_type)

        def build() -> tuple[Media, Commit]:
            # Read again after the thumbnail was stored: who keeps the upload meanwhile either
            # meets this record and takes the thumbnail's mark away too, or is met here.
            now = self._records.get(Media, media.owner)
            if now is None:
                return media, ()
            noted = replace(
                now, thumbnail=small.content_type if small else "", unshowable=small is None
            )
            return noted, [Put(noted)]

        return store(self._records, self._clock, build)
