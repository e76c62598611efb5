"""Packs of emoji on the wire, as users see them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Received
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import EmojiId, MediaRef, PackId, PictureName, Side
from chirrup.domain.emoji import EMOJI_MAX

PACKS_SHOWN = 10
"""In a page: a full one stays below the 6 MB that a Lambda may answer with."""
CURSOR = r"^[!-~]{1,64}$"


class EmojiPackQuery(Received):
    """Which page of the packs."""

    limit: Annotated[int, Field(ge=1, le=PACKS_SHOWN, description="Packs at most.")] = PACKS_SHOWN
    cursor: Annotated[
        Annotated[str, Field(pattern=CURSOR)] | None,
        Field(description="`next_cursor` of the page before."),
    ] = None


class EmojiView(Emitted):
    """An emoji of a pack."""

    emoji_id: EmojiId
    name: PictureName
    media: MediaRef
    width: Side
    height: Side


class EmojiPackView(Emitted):
    """A pack."""

    pack_id: PackId
    name: PictureName
    icon: MediaRef | None = None
    emoji: Annotated[list[EmojiView], Field(description=f"In their order; at most {EMOJI_MAX}.")]


class EmojiPackPage(Emitted):
    """A page of packs, in their order."""

    items: list[EmojiPackView]
    next_cursor: NextCursor = None
