"""Packs of emoji: what an installation offers all of its users."""

import re
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from chirrup.domain.ids import hashed_id
from chirrup.domain.records import Owned, Record

NAME_MAX = 64
SIDE_MAX = 1024
"""Pixels of an emoji, either way."""
ORDER_MAX = 1_000_000
PACKS_MAX = 200
EMOJI_MAX = 200
"""Emoji of a pack."""
PACK_ID = r"ep_[0-9A-HJKMNP-TV-Z]{26}"
EMOJI_ID = r"em_[0-9A-HJKMNP-TV-Z]{26}"

CATALOGUE = "EMOJI"
"""The owner of all packs; what the owners of their emoji begin with."""
_PLACE = re.compile(rf"([0-9]{{1,7}})\.({PACK_ID})")


@dataclass(frozen=True, slots=True)
class EmojiPack(Record):
    """A pack; its `name` is its id.

    Attributes:
        title: What it is called.
        icon: An upload, or an https URL.
        order: Packs stand by it, and those of the same by their ids.
        enabled: Users see it.
        size: How many emoji it holds; every change of them is stored with the pack.
    """

    KIND: ClassVar[str] = "PACK"
    OF: ClassVar[Owned] = "catalog"

    title: str
    icon: str | None = None
    order: int = 0
    enabled: bool = False
    size: int = 0

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands among the others."""
        return self.order, self.name


@dataclass(frozen=True, slots=True)
class PackEmoji(Record):
    """An emoji of a pack; its `owner` is `owner_of(pack id)`, its `name` the id.

    Attributes:
        title: What it is called.
        media: An upload, or an https URL.
        width: Pixels.
        height: Pixels.
        made_at: Milliseconds since the epoch.
        order: Emoji stand by it, and those of the same in the order of their making.
    """

    KIND: ClassVar[str] = "EMOJI"
    OF: ClassVar[Owned] = "catalog"

    title: str
    media: str
    width: int
    height: int
    made_at: int
    order: int = 0

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands in its pack."""
        return self.order, self.made_at, self.name


class Picture(NamedTuple):
    """What a message of an emoji holds of it."""

    name: str | None
    media: str
    width: int
    height: int


def pack_id(client_id: str) -> str:
    """The id of the pack that is made under a client_id: making it twice gives one pack."""
    return hashed_id("ep_", "pack", client_id)


def emoji_id(pack: str, client_id: str) -> str:
    """The same for an emoji of a pack."""
    return hashed_id("em_", "emoji", pack, client_id)


def owner_of(pack: str) -> str:
    """By what the emoji of a pack are kept."""
    return f"{CATALOGUE}#{pack}"


def cursor_of(pack: EmojiPack) -> str:
    """A place among the packs as a text, to go on from."""
    return f"{pack.order}.{pack.name}"


def place_of(cursor: str) -> tuple[int, str] | None:
    """The place that a cursor names; None if it is none."""
    found = _PLACE.fullmatch(cursor)
    return (int(found[1]), found[2]) if found else None
