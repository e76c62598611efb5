"""Emoji as users have them: the packs that are offered, and what a message names."""

from functools import partial
from typing import NamedTuple

from chirrup.domain.emoji import (
    CATALOGUE,
    EMOJI_MAX,
    EmojiPack,
    PackEmoji,
    Picture,
    cursor_of,
    owner_of,
    place_of,
)
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.faces import Faces
from chirrup.ports import SideBySide
from chirrup.ports.records import Records


class Stocked(NamedTuple):
    """A pack with its emoji, in their order."""

    pack: EmojiPack
    emoji: list[PackEmoji]


class Emoji:
    """Finds emoji."""

    def __init__(self, *, records: Records, side_by_side: SideBySide) -> None:
        self._records = records
        self._side_by_side = side_by_side

    def packs(self, after: str | None, limit: int) -> tuple[list[Stocked], str | None]:
        """A page of the packs that are enabled, in their order, and the cursor to go on from.

        Raises:
            ChirrupError: `invalid_request` for a cursor that is none.
        """
        packs = [pack for pack in packs_after(self._records, after) if pack.enabled]
        page = packs[:limit]
        emoji = self._side_by_side(*(partial(emoji_of, self._records, one.name) for one in page))
        more = len(packs) > limit
        stocked = [Stocked(*one) for one in zip(page, emoji, strict=True)]
        return stocked, cursor_of(page[-1]) if more else None

    def find(self, user_id: str, pack_id: str, emoji_id: str) -> Picture:
        """An emoji of a pack; two reads.

        Args:
            user_id: Who asks; every user has every pack that is enabled.
            pack_id: Which pack.
            emoji_id: Which of its emoji.

        Raises:
            ChirrupError: `not_found`, also for a pack that is not enabled.
        """
        pack, emoji = self._side_by_side(
            partial(self._records.get, EmojiPack, CATALOGUE, pack_id),
            partial(self._records.get, PackEmoji, owner_of(pack_id), emoji_id),
        )
        if pack is None or emoji is None or not pack.enabled:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return Picture(emoji.title, emoji.media, emoji.width, emoji.height)

    def face(self, user_id: str, face_id: str) -> Picture:
        """One of the user's own faces; one read.

        Raises:
            ChirrupError: `not_found`.
        """
        faces = self._records.get(Faces, user_id)
        face = faces.find(face_id) if faces else None
        if face is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return Picture(face.name, face.media, face.width, face.height)


def packs_after(records: Records, cursor: str | None) -> list[EmojiPack]:
    """All packs behind a place, in their order; there are few, so each page reads all of them.

    Raises:
        ChirrupError: `invalid_request` for a cursor that is none.
    """
    place = place_of(cursor) if cursor else None
    if cursor and place is None:
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="cursor", problem="is not valid")
    packs: list[EmojiPack] = []
    name: str | None = None
    while True:
        page, name = records.page(EmojiPack, CATALOGUE, name, EMOJI_MAX)
        packs += page
        if name is None:
            break
    return sorted(
        (pack for pack in packs if place is None or pack.place > place),
        key=lambda pack: pack.place,
    )


def emoji_of(records: Records, pack_id: str) -> list[PackEmoji]:
    """All emoji of a pack, in their order."""
    emoji: list[PackEmoji] = []
    name: str | None = None
    while True:
        page, name = records.page(PackEmoji, owner_of(pack_id), name, EMOJI_MAX)
        emoji += page
        if name is None:
            return sorted(emoji, key=lambda one: one.place)
