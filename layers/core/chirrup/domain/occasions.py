"""Occasions: where a user has written texts that are looked through."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from chirrup.domain.conversations import Head
from chirrup.domain.messages import Entry, encode_json

RETRY_MS = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where a user has written texts.

    Attributes:
        what: `message`, `edit`, `reaction`, `group`, `announcement`, `nickname`, `face` or
            `profile`.
        conversation_id: Where; empty for a profile.
        ref: The `client_id` of a message or a new group; what tells it from the user's others.
        seq: The lowest that the message can come to have, or the one that is edited; else 0.
    """

    user_id: str
    what: str
    conversation_id: str = ""
    ref: str = ""
    seq: int = 0

    @classmethod
    def message(cls, user_id: str, head: Head, client_id: str) -> "Occasion":
        """A message is sent to a conversation with this head."""
        return cls(user_id, "message", head.conversation_id, client_id, head.last_seq + 1)

    @classmethod
    def edit(cls, user_id: str, entry: Entry) -> "Occasion":
        """A message is edited."""
        return cls(user_id, "edit", entry.conversation_id, str(entry.seq), entry.seq)


def key_of(occasion: Occasion, texts: Mapping[str, str], at: int) -> str:
    """What is the same when the same texts are checked again, in a retry; tells nothing of them.

    Args:
        occasion: Where; without a `ref` of its own, retries are taken for such within an hour.
        texts: What was written, by field.
        at: When (ms since epoch).
    """
    ref = occasion.ref or at // RETRY_MS
    said = [occasion.user_id, occasion.what, occasion.conversation_id, ref, dict(texts)]
    return hashlib.sha256(encode_json(said)).hexdigest()[:24]
