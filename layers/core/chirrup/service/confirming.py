"""Whether an upload is there, and is what was declared. Nobody may use it before that."""

from dataclasses import replace

from chirrup.domain.disguises import FIRST, LAST, disguise_of
from chirrup.domain.media import Media, State
from chirrup.domain.media_refusals import not_allowed, not_found
from chirrup.domain.media_types import is_as_declared
from chirrup.ports import Clock
from chirrup.ports.media import MediaObjects, Recognise
from chirrup.ports.records import Commit, Put, Records
from chirrup.service.storing import store


class Confirming:
    """Looks at uploads. It may run any number of times, at the same time too."""

    def __init__(
        self, *, records: Records, objects: MediaObjects, recognise: Recognise, clock: Clock
    ) -> None:
        """Use these.

        Args:
            records: What is known of uploads.
            objects: The uploads themselves.
            recognise: Tells types by the first bytes.
            clock: For what expires.
        """
        self._records = records
        self._objects = objects
        self._recognise = recognise
        self._clock = clock

    def confirm(self, media_id: str, known: Media | None = None) -> Media:
        """An upload that is there and as declared.

        What is not as declared is deleted, and its record says why until it expires.

        Args:
            media_id: Which.
            known: What was read of it already, if it was.

        Raises:
            ChirrupError: `media_not_found` for what is not there, or has expired;
                `media_not_allowed` with a `reason`.
        """
        media = known or self._records.get(Media, media_id)
        if media is None or not media.is_there(self._clock.now()):
            raise not_found()
        if media.state is State.PENDING:
            media = self._noted(media_id, self._problem_of(media))
        if media.state is State.REFUSED:
            # Whoever finds it so deletes it as well: who found it first may have crashed before.
            self._objects.delete(media_id)
            raise not_allowed(media.refusal)
        return media

    def _problem_of(self, media: Media) -> str | None:
        """What is wrong about an upload, by what the bucket and its first and last bytes say."""
        stored = self._objects.stored(media.owner)
        if stored is None:
            raise not_found()
        if stored.size != media.size:
            return "size"
        if stored.checksum != media.checksum:
            return "checksum"
        first = last = self._objects.piece(media.owner, 0, FIRST - 1)
        if media.size > FIRST:
            last = self._objects.piece(media.owner, max(0, media.size - LAST), media.size - 1)
        if not is_as_declared(media.content_type, self._recognise(first)):
            return "content_type"
        return disguise_of(media.content_type, first, last, media.size)

    def _noted(self, media_id: str, problem: str | None) -> Media:
        """The upload with what was found, unless somebody else has found it meanwhile."""

        def build() -> tuple[Media, Commit]:
            media = self._records.get(Media, media_id)
            if media is None:
                raise not_found()
            if media.state is not State.PENDING:
                return media, ()
            found = media.refused(problem) if problem else replace(media, state=State.READY)
            return replace(found, version=found.version + 1), [Put(found)]

        return store(self._records, self._clock, build)
