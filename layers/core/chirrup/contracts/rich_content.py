"""The content of all messages but texts and custom ones, by type."""

from chirrup.contracts.base import Emitted, Received
from chirrup.contracts.card_content import (
    CardContent,
    CardContentView,
    LocationContent,
    MaterialContent,
)
from chirrup.contracts.content import KeptType
from chirrup.contracts.emoji_content import EmojiContent, EmojiContentView
from chirrup.contracts.media_content import FileContent, ImageContent, VideoContent, VoiceContent
from chirrup.contracts.shared_content import ForwardContent, MergedContent, MergedContentView

SENT: dict[str, type[Received]] = {
    "image": ImageContent,
    "voice": VoiceContent,
    "video": VideoContent,
    "file": FileContent,
    "location": LocationContent,
    "card": CardContent,
    "emoji": EmojiContent,
    "merged": MergedContent,
    "material": MaterialContent,
    "forward": ForwardContent,
}
"""By type: what clients send."""
SHOWN: dict[KeptType, type[Emitted]] = {
    "card": CardContentView,
    "emoji": EmojiContentView,
    "merged": MergedContentView,
}
"""By type: what they get where that is not what was sent."""
