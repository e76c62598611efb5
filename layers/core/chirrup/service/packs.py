"""Packs of emoji as the administration has them; what is in them: `service.stocking`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chirrup.domain.contents import is_media_id
from chirrup.domain.emoji import CATALOGUE, PACKS_MAX, EmojiPack, cursor_of, pack_id
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.emoji import packs_after


@dataclass(frozen=True, slots=True)
class NewPack:
    """What a pack shall be."""

    client_id: str
    name: str
    icon: str | None = None
    order: int = 0
    enabled: bool = False


class Packs:
    """Makes, changes and deletes packs."""

    def __init__(self, *, records: Records, pictures: Pictures, committing: Committing) -> None:
        self._records = records
        self._pictures = pictures
        self._committing = committing

    def list(self, after: str | None, limit: int) -> tuple[list[EmojiPack], str | None]:
        """A page of all packs, in their order, and the cursor to go on from.

        Raises:
            ChirrupError: `invalid_request` for a cursor that is none.
        """
        packs = packs_after(self._records, after)
        page = packs[:limit]
        return page, cursor_of(page[-1]) if len(packs) > limit else None

    def create(self, new: NewPack) -> EmojiPack:
        """Make a pack; under the same client_id again, it is the one that was made before.

        Raises:
            ChirrupError: `conflict` when there are too many; `media_not_found`,
                `media_not_allowed`.
        """
        id_ = pack_id(new.client_id)

        def build(attempt: Attempt) -> EmojiPack:
            made = self._records.get(EmojiPack, CATALOGUE, id_)
            if made:
                return made
            if len(packs_after(self._records, None)) >= PACKS_MAX:
                raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_packs", limit=PACKS_MAX)
            publish(self._pictures, new.icon, "icon")
            pack = EmojiPack(
                owner=CATALOGUE,
                name=id_,
                title=new.name,
                icon=new.icon,
                order=new.order,
                enabled=new.enabled,
            )
            attempt.write(Put(pack))
            return pack

        return self._committing.run(build)

    def change(self, id_: str, changes: Mapping[str, Any]) -> EmojiPack:
        """Change what is named: `name`, `icon`, `order`, `enabled`.

        Raises:
            ChirrupError: `not_found`, `media_not_found`, `media_not_allowed`.
        """

        def build(attempt: Attempt) -> EmojiPack:
            pack = pack_of(self._records, id_)
            changed = replace(pack, **fields(changes))
            if changed == pack:
                return pack
            if changed.icon != pack.icon:
                publish(self._pictures, changed.icon, "icon")
            attempt.write(Put(changed))
            return changed

        return self._committing.run(build)

    def delete(self, id_: str) -> None:
        """Delete a pack that holds nothing.

        Raises:
            ChirrupError: `not_found`; `conflict` while it holds emoji.
        """

        def build(attempt: Attempt) -> None:
            pack = pack_of(self._records, id_)
            if pack.size:
                raise ChirrupError(ErrorCode.CONFLICT, reason="pack_not_empty", size=pack.size)
            attempt.write(Delete(pack))

        self._committing.run(build)


def pack_of(records: Records, id_: str) -> EmojiPack:
    """A pack.

    Raises:
        ChirrupError: `not_found`.
    """
    pack = records.get(EmojiPack, CATALOGUE, id_)
    if pack is None:
        raise ChirrupError(ErrorCode.NOT_FOUND)
    return pack


def publish(pictures: Pictures, media: str | None, purpose: str) -> None:
    """Let everybody see an upload of the administration; a URL is seen by everybody anyway."""
    if media is not None and is_media_id(media):
        pictures.publish(None, media, purpose)


def fields(changes: Mapping[str, Any]) -> dict[str, Any]:
    """By the names of the records, whose `name` is the id."""
    return {("title" if name == "name" else name): value for name, value in changes.items()}
