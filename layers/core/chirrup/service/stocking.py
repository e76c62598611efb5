"""What is in packs of emoji, as the administration has it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chirrup.domain.emoji import EMOJI_MAX, EmojiPack, PackEmoji, emoji_id, owner_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.emoji import emoji_of
from chirrup.service.packs import fields, pack_of, publish


@dataclass(frozen=True, slots=True)
class NewEmoji:
    """What an emoji shall be: an upload or an https URL, and its size in pixels."""

    client_id: str
    name: str
    media: str
    width: int
    height: int
    order: int = 0


class Stocking:
    """Adds, changes and removes emoji; the pack counts them in the same commit."""

    def __init__(self, *, records: Records, pictures: Pictures, committing: Committing) -> None:
        self._records = records
        self._pictures = pictures
        self._committing = committing

    def list(self, pack_id: str) -> tuple[EmojiPack, list[PackEmoji]]:
        """A pack and its emoji, in their order.

        Raises:
            ChirrupError: `not_found`.
        """
        return pack_of(self._records, pack_id), emoji_of(self._records, pack_id)

    def add(self, pack_id: str, new: NewEmoji) -> PackEmoji:
        """Add an emoji; under the same client_id again, it is the one that was added before.

        Raises:
            ChirrupError: `not_found` for the pack; `conflict` when it is full;
                `media_not_found`, `media_not_allowed`.
        """
        id_ = emoji_id(pack_id, new.client_id)

        def build(attempt: Attempt) -> PackEmoji:
            pack = pack_of(self._records, pack_id)
            added = self._records.get(PackEmoji, owner_of(pack_id), id_)
            if added:
                return added
            if pack.size >= EMOJI_MAX:
                raise ChirrupError(ErrorCode.CONFLICT, reason="pack_full", limit=EMOJI_MAX)
            publish(self._pictures, new.media, "emoji")
            emoji = PackEmoji(
                owner=owner_of(pack_id),
                name=id_,
                title=new.name,
                media=new.media,
                width=new.width,
                height=new.height,
                made_at=attempt.now,
                order=new.order,
            )
            attempt.write(Put(replace(pack, size=pack.size + 1)), Put(emoji))
            return emoji

        return self._committing.run(build)

    def change(self, pack_id: str, id_: str, changes: Mapping[str, Any]) -> PackEmoji:
        """Change what is named: `name`, `media`, `width`, `height`, `order`.

        Messages that were sent with it stay as they are.

        Raises:
            ChirrupError: `not_found`, `media_not_found`, `media_not_allowed`.
        """

        def build(attempt: Attempt) -> PackEmoji:
            emoji = self._emoji(pack_id, id_)
            changed = replace(emoji, **fields(changes))
            if changed == emoji:
                return emoji
            if changed.media != emoji.media:
                publish(self._pictures, changed.media, "emoji")
            attempt.write(Put(changed))
            return changed

        return self._committing.run(build)

    def remove(self, pack_id: str, id_: str) -> None:
        """Take an emoji out of a pack; messages that were sent with it still show it.

        Raises:
            ChirrupError: `not_found`.
        """

        def build(attempt: Attempt) -> None:
            pack = pack_of(self._records, pack_id)
            emoji = self._emoji(pack_id, id_)
            attempt.write(Put(replace(pack, size=pack.size - 1)), Delete(emoji))

        self._committing.run(build)

    def _emoji(self, pack_id: str, id_: str) -> PackEmoji:
        emoji = self._records.get(PackEmoji, owner_of(pack_id), id_)
        if emoji is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return emoji
