"""Uploads, as messages use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

Purpose = Literal["image", "voice", "video", "file"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """An upload in a message.

    Attributes:
        media_id: Which.
        purpose: What it is to be: of a thumbnail or a cover an image.
        size: How many bytes the message says that it has; None where it does not say.
        content_type: The same of its type (RFC 6838).
        name: What the message calls it; what it is downloaded as, from then on.
    """

    media_id: str
    purpose: Purpose
    size: int | None = None
    content_type: str | None = None
    name: str | None = None


class Attaching(Protocol):
    """Has conversations hold uploads. A use without a message does no harm, the reverse would."""

    def attach(
        self, user_id: str, attachments: Sequence[Attachment], conversation_id: str, from_seq: int
    ) -> None:
        """Note that a message holds uploads of its sender's.

        Args:
            user_id: The sender.
            attachments: The uploads.
            conversation_id: Where the message will stand,
            from_seq: at this seq, or a few above.

        Raises:
            ChirrupError: `media_not_found`, `media_not_allowed`.
        """

    def pass_on(self, media_ids: Sequence[str], conversation_id: str, from_seq: int) -> None:
        """The same for uploads of anybody's, in what the sender was seen to see."""
