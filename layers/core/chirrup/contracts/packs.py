"""Packs of emoji on the wire, as the administration makes and sees them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Changes, ClientId, Emitted, Received, Timestamp
from chirrup.contracts.emoji import EmojiPackQuery, EmojiView
from chirrup.contracts.fields import Media
from chirrup.contracts.people import NextCursor
from chirrup.contracts.pictures import MediaRef, Order, PackId, PictureName, Side

Enabled = Annotated[bool, Field(description="Users see the pack.")]
Icon = Annotated[Media | None, Field(description="The picture of the pack.")]


class NewPack(Received):
    """A pack to be made."""

    client_id: ClientId
    name: PictureName
    icon: Icon = None
    order: Order = 0
    enabled: Enabled = False


class PackChanges(Changes):
    """What to change of a pack."""

    name: PictureName = ""
    icon: Annotated[Media | None, Field(description="The picture; null takes it away.")] = None
    order: Order = 0
    enabled: Enabled = False


class PackQuery(EmojiPackQuery):
    """Which page of all packs."""

    limit: Annotated[int, Field(ge=1, le=100, description="Packs at most.")] = 100


class PackView(Emitted):
    """A pack, without its emoji."""

    pack_id: PackId
    name: PictureName
    icon: MediaRef | None = None
    order: Order
    enabled: Enabled
    size: Annotated[int, Field(ge=0, description="Emoji in it.")]


class PackPage(Emitted):
    """A page of packs, in their order, enabled or not."""

    items: list[PackView]
    next_cursor: NextCursor = None


class NewEmoji(Received):
    """An emoji to be added."""

    client_id: ClientId
    name: PictureName
    media: Media
    width: Side
    height: Side
    order: Order = 0


class EmojiChanges(Changes):
    """What to change of an emoji."""

    name: PictureName = ""
    media: Media = ""
    width: Side = 1
    height: Side = 1
    order: Order = 0


class StockedEmojiView(EmojiView):
    """An emoji, and its place in the pack."""

    order: Order
    made_at: Timestamp


class StockedPackView(PackView):
    """A pack with its emoji."""

    emoji: list[StockedEmojiView]
