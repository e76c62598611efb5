"""Examples of packs, emoji and faces."""

from chirrup.contracts.emoji import EmojiPackPage, EmojiPackQuery, EmojiPackView, EmojiView
from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.faces import FaceList, FaceView, NewFace
from chirrup.contracts.packs import (
    EmojiChanges,
    NewEmoji,
    NewPack,
    PackChanges,
    PackPage,
    PackQuery,
    PackView,
    StockedEmojiView,
    StockedPackView,
)

MEDIA = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
PACK_ID = "ep_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
_CURSOR = f"20.{PACK_ID}"
_CLIENT = {"client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N"}
_LOOK: Example = {"name": "Nodding cat", "media": MEDIA, "width": 240, "height": 240}
_EMOJI: Example = {"emoji_id": "em_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", **_LOOK}
_STOCKED: Example = {**_EMOJI, "order": 10, "made_at": AT}
_PACK: Example = {"pack_id": PACK_ID, "name": "Cats", "icon": "https://example.com/cats.png"}
_KEPT: Example = {**_PACK, "order": 20, "enabled": True, "size": 1}
_NEW_FACE: Example = {"media": MEDIA, "width": 200, "height": 180, "name": "My dog"}
_FACE: Example = {"face_id": "f_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", **_NEW_FACE, "added_at": AT}

EXAMPLES: Examples = {
    EmojiChanges: [{"order": 30}, {"name": "Shaking cat", "media": "https://example.com/cat.gif"}],
    EmojiPackPage: [{"items": [{**_PACK, "emoji": [_EMOJI]}], "next_cursor": _CURSOR}],
    EmojiPackQuery: [{"limit": 5, "cursor": _CURSOR}],
    EmojiPackView: [{**_PACK, "emoji": [_EMOJI]}],
    EmojiView: [_EMOJI],
    FaceList: [{"items": [_FACE]}],
    FaceView: [_FACE],
    NewEmoji: [{**_CLIENT, **_LOOK, "order": 10}],
    NewFace: [_NEW_FACE, {"media": "https://example.com/me.png", "width": 64, "height": 64}],
    NewPack: [{**_CLIENT, "name": "Cats", "order": 20, "enabled": True}],
    PackChanges: [{"enabled": False}, {"name": "Cats and dogs", "icon": None}],
    PackPage: [{"items": [_KEPT]}],
    PackQuery: [{"limit": 50, "cursor": _CURSOR}],
    PackView: [_KEPT],
    StockedEmojiView: [_STOCKED],
    StockedPackView: [{**_KEPT, "emoji": [_STOCKED]}],
}
