"""Uploading: a client declares what it has, and sends it to the bucket itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chirrup.domain.declaring import check_declared
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.media import URL_MS, Media, State, media_id
from chirrup.domain.media_refusals import not_allowed, not_found
from chirrup.domain.media_types import Purpose
from chirrup.domain.upload_quotas import UploadQuota
from chirrup.ports import Clock
from chirrup.ports.media import Form, MediaLinks, MediaObjects, MediaParts, Sending
from chirrup.ports.records import Commit, Delete, Put, Records
from chirrup.service.confirming import Confirming
from chirrup.service.storing import store


@dataclass(frozen=True, slots=True)
class Declared:
    """What a client wants to upload; see `domain.media.Media`, and `media_id` of `client_id`."""

    purpose: Purpose
    content_type: str
    size: int
    sha256: tuple[str, ...]
    client_id: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """How an upload is sent, until `expires_at` (ms): by a form, or a request for each part."""

    media: Media
    expires_at: int
    form: Form | None
    parts: Sequence[Sending] = ()


class Uploads:
    """A user's own uploads."""

    def __init__(
        self,
        *,
        records: Records,
        objects: MediaObjects,
        parts: MediaParts,
        links: MediaLinks,
        confirming: Confirming,
        clock: Clock,
    ) -> None:
        """Use these.

        Args:
            records: What is known of uploads.
            objects: The uploads themselves.
            parts: The same of those that come in parts.
            links: Makes the URLs.
            confirming: Looks at what has come.
            clock: For times.
        """
        self._records = records
        self._objects = objects
        self._parts = parts
        self._links = links
        self._confirming = confirming
        self._clock = clock

    def declare(self, user_id: str, declared: Declared) -> Ticket:
        """Say how something is uploaded; of the same again, anew.

        Raises:
            ChirrupError: `media_not_allowed`, also for what was found to be so before,
                `payload_too_large`, `invalid_request`; `rate_limited` for a user who has declared
                too many.
        """
        check_declared(declared.purpose, declared.content_type, declared.size, declared.sha256)
        now = self._clock.now()
        fresh = _fresh(user_id, declared, now)

        def build() -> tuple[Media, Commit]:
            known = self._records.get(Media, fresh.owner)
            if known and known.is_there(now):
                return known, ()
            quota = self._records.get(UploadQuota, user_id) or UploadQuota(owner=user_id)
            charged = quota.with_upload(now)
            media = replace(fresh, version=known.version if known else 0)
            if media.parts:
                media = replace(media, multipart=self._parts.begin(media))
            return media, [Put(media), Put(charged)]

        media = store(self._records, self._clock, build)
        if media.state is State.REFUSED:
            raise not_allowed(media.refusal)
        if media.parts:
            return Ticket(media, now + URL_MS, None, self._links.parts(media))
        return Ticket(media, now + URL_MS, self._links.form(media))

    def complete(self, user_id: str, id_: str) -> Media:
        """Have an upload looked at, its parts put together first; again does no harm.

        Raises:
            ChirrupError: `media_not_found` when it is not there, or not in whole, or another's;
                `media_not_allowed` with a `reason` when it is not what was declared.
        """
        media = self._own(user_id, id_)
        if media.multipart and media.state is State.PENDING and not self._parts.finish(media):
            raise not_found()
        return self._confirming.confirm(id_, media)

    def cancel(self, user_id: str, id_: str) -> None:
        """Forget an upload that is not used yet; one that is gone stays so.

        Raises:
            ChirrupError: `conflict` for one that is used; `media_not_found` for another's.
        """

        def build() -> tuple[Media | None, Commit]:
            media = self._records.get(Media, id_)
            if media is None:
                return None, ()
            if media.by != user_id:
                raise not_found()
            if media.state is State.KEPT:
                raise ChirrupError(ErrorCode.CONFLICT, reason="in_use")
            return media, [Delete(media)]

        media = store(self._records, self._clock, build)
        if media is None:
            return
        if media.multipart:
            self._parts.abandon(media)
        self._objects.delete(id_)

    def _own(self, user_id: str, id_: str) -> Media:
        media = self._records.get(Media, id_)
        if media is None or media.by != user_id:
            raise not_found()
        return media


def _fresh(user_id: str, declared: Declared, now: int) -> Media:
    """An upload that was declared just now."""
    media = Media(
        owner="",
        by=user_id,
        purpose=declared.purpose,
        content_type=declared.content_type,
        size=declared.size,
        sha256=declared.sha256,
        created_at=now,
        file_name=declared.file_name,
    )
    return replace(media, owner=media_id(media, declared.client_id))
