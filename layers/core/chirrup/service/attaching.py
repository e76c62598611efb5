"""Uploads in messages: used by whom they belong to, and shown to those who see the message.

All of it comes before the message is stored. A crash in between leaves a use without a message,
which shows nobody anything; never a message whose upload nobody may see, or which expires.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from chirrup.domain.media import Media, State
from chirrup.domain.media_refusals import not_allowed, not_found
from chirrup.domain.media_types import Purpose
from chirrup.domain.media_uses import MediaUse
from chirrup.domain.records import Name
from chirrup.ports import Clock
from chirrup.ports.attachments import Attachment
from chirrup.ports.media import MediaObjects
from chirrup.ports.records import Commit, Put, Records, Write
from chirrup.service.confirming import Confirming
from chirrup.service.storing import store

AT_ONCE = 40
"""Uploads of one commit: two records each, of the 100 that it may hold."""


class Attaching:
    """Implements `ports.attachments.Attaching` and `ports.pictures.Pictures`."""

    def __init__(
        self, *, records: Records, objects: MediaObjects, confirming: Confirming, clock: Clock
    ) -> None:
        """Use these.

        Args:
            records: What is known of uploads, and who holds them.
            objects: The uploads themselves, which are kept from their first use on.
            confirming: Looks at those that nobody has looked at yet.
            clock: For what expires.
        """
        self._records = records
        self._objects = objects
        self._confirming = confirming
        self._clock = clock

    def attach(
        self, user_id: str, attachments: Sequence[Attachment], conversation_id: str, from_seq: int
    ) -> None:
        """See `ports.attachments.Attaching`; what is public belongs to everybody.

        Raises:
            ChirrupError: `media_not_found` for what is not there, has expired, or is another's;
                `media_not_allowed` with a `reason`.
        """
        if not attachments:
            return
        ids = list(dict.fromkeys(one.media_id for one in attachments))

        def build() -> tuple[None, Commit]:
            found = self._found(ids)
            media = {id_: self._own(found.get(id_), user_id) for id_ in ids}
            for one in attachments:
                _check(one, media[one.media_id])
                if one.name:
                    named = replace(media[one.media_id], file_name=one.name)
                    media[one.media_id] = named
            known = {id_: one.file_name for id_, one in found.items()}
            return None, self._held(media, conversation_id, from_seq, known)

        store(self._records, self._clock, build)

    def pass_on(self, media_ids: Sequence[str], conversation_id: str, from_seq: int) -> None:
        """See `ports.attachments.Attaching`.

        Uploads that are gone stay so: a message is passed on as it is.
        """
        ids = iter(dict.fromkeys(media_ids))
        while chunk := list(islice(ids, AT_ONCE)):
            self._pass_on(chunk, conversation_id, from_seq)

    def publish(self, user_id: str | None, media_id: str, purpose: str) -> None:
        """See `ports.pictures.Pictures`; whatever it is for, it must be an image.

        Raises:
            ChirrupError: As `attach`.
        """

        def build() -> tuple[None, Commit]:
            known = self._records.get(Media, media_id)
            media = self._own(known, known.by if known and user_id is None else user_id or "")
            _check(Attachment(media_id, "image"), media)
            self._keep(media)
            return None, () if media.public else [Put(media.kept(public=True))]

        store(self._records, self._clock, build)

    def _pass_on(self, ids: Sequence[str], conversation_id: str, from_seq: int) -> None:
        def build() -> tuple[None, Commit]:
            found = self._found(ids)
            whole = {
                id_: one for id_, one in found.items() if one.state in (State.READY, State.KEPT)
            }
            return None, self._held(whole, conversation_id, from_seq)

        store(self._records, self._clock, build)

    def _found(self, ids: Sequence[str]) -> dict[str, Media]:
        return {
            name.owner: one
            for name, one in self._records.several(Media, [Name(id_) for id_ in ids]).items()
        }

    def _own(self, media: Media | None, user_id: str) -> Media:
        if media is None or (media.by != user_id and not media.public):
            raise not_found()
        return self._confirming.confirm(media.owner, media)

    def _held(
        self,
        media: Mapping[str, Media],
        conversation_id: str,
        from_seq: int,
        known: Mapping[str, str] | None = None,
    ) -> list[Write]:
        """What is to be stored for a conversation to hold these.

        Args:
            media: By id, as they are to be.
            conversation_id: Where.
            from_seq: The lowest seq that the message can have.
            known: What they were called before.
        """
        held = {id_: one for id_, one in media.items() if not one.public}
        names = [Name(id_, conversation_id) for id_ in held]
        uses = self._records.several(MediaUse, names)
        writes: list[Write] = []
        for name in names:
            one = held[name.owner]
            use = uses.get(name) or MediaUse(owner=name.owner, name=conversation_id)
            if from_seq not in use.seqs:
                writes.append(Put(use.used_from(from_seq)))
            renamed = known is not None and known[name.owner] != one.file_name
            if one.state is not State.KEPT or renamed:
                self._keep(one)
                writes.append(Put(one.kept()))
        return writes

    def _keep(self, media: Media) -> None:
        """Before it is noted: what is noted as kept is never deleted for being unused."""
        if media.state is not State.KEPT:
            self._objects.keep(media.owner, thumbnail=bool(media.thumbnail))


def _check(attachment: Attachment, media: Media) -> None:
    """Refuse an upload that is not what the message says of it."""
    if Purpose(attachment.purpose) is not media.purpose:
        raise not_allowed("purpose", uploaded=media.purpose)
    if attachment.size not in (None, media.size):
        raise not_allowed("size", uploaded=media.size)
    if attachment.content_type not in (None, media.content_type):
        raise not_allowed("content_type", uploaded=media.content_type)
