"""Examples of contents that are neither texts nor custom."""

from chirrup.contracts.card_content import (
    CardContent,
    CardContentView,
    LocationContent,
    MaterialContent,
)
from chirrup.contracts.emoji_content import EmojiContent, EmojiContentView
from chirrup.contracts.examples.values import AT, GROUP_ID, Example, Examples
from chirrup.contracts.media_content import FileContent, ImageContent, VideoContent, VoiceContent
from chirrup.contracts.shared_content import (
    ForwardContent,
    MergedContent,
    MergedContentView,
    MergedItemView,
    MessageAt,
)

MEDIA = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
_AT: Example = {"conversation_id": "p_alice~bob", "seq": 41}
FACE: Example = {"face_id": "f_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"}
SENT: dict[str, Example] = {
    "image": {
        "media": MEDIA,
        "thumbnail": "https://example.com/small.jpg",
        "width": 1280,
        "height": 960,
        "size": 348_213,
        "caption": "The view from here.",
    },
    "voice": {"media": MEDIA, "duration_ms": 4200, "size": 33_600, "waveform": [0, 96, 255, 12]},
    "video": {
        "media": MEDIA,
        "cover": "m_01JD4QB7M2K9R4T6Y8W1X3Z5C7",
        "duration_ms": 61_000,
        "width": 1920,
        "height": 1080,
        "size": 18_874_368,
    },
    "file": {"media": MEDIA, "name": "offer.pdf", "size": 88_204, "mime": "application/pdf"},
    "location": {
        "latitude": 47.3769,
        "longitude": 8.5417,
        "title": "Main station",
        "address": "Bahnhofplatz, Zürich",
    },
    "card": {"kind": "user", "target_id": "carol"},
    "emoji": {
        "pack_id": "ep_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
        "emoji_id": "em_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    },
    "merged": {"title": "Where to eat", "items": [_AT, {**_AT, "seq": 42}]},
    "material": {"material_id": "mat_spring"},
    "forward": _AT,
}
"""By type: what is sent."""
_ITEM: Example = {
    "sender_id": "bob",
    "type": "text",
    "content": {"text": "I am hungry."},
    "sent_at": AT - 60_000,
}
_CARD: Example = {
    "kind": "user",
    "target_id": "carol",
    "name": "Carol",
    "avatar": "https://example.com/carol.png",
}
_EMOJI: Example = {
    **SENT["emoji"],
    "name": "cat",
    "media": MEDIA,
    "width": 128,
    "height": 128,
}
_MERGED: Example = {"title": "Where to eat", "items": [_ITEM]}
SHOWN: dict[str, Example] = {
    type_: content for type_, content in SENT.items() if type_ != "forward"
} | {"card": _CARD, "emoji": _EMOJI, "merged": _MERGED}
"""By type: what is shown."""
EXAMPLES: Examples = {
    CardContent: [SENT["card"], {"kind": "group", "target_id": GROUP_ID}],
    CardContentView: [_CARD],
    EmojiContent: [SENT["emoji"], FACE],
    EmojiContentView: [_EMOJI, {**FACE, "media": MEDIA, "width": 64, "height": 64}],
    FileContent: [SENT["file"]],
    ForwardContent: [_AT],
    ImageContent: [SENT["image"]],
    LocationContent: [SENT["location"]],
    MaterialContent: [SENT["material"]],
    MergedContent: [SENT["merged"]],
    MergedItemView: [_ITEM],
    MergedContentView: [_MERGED],
    MessageAt: [_AT],
    VideoContent: [SENT["video"]],
    VoiceContent: [SENT["voice"]],
}
