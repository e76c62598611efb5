"""Broadcasts: what a channel says, to all who are in it or to some users by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from chirrup.domain.ids import hashed_id
from chirrup.domain.records import Owned, Record

BROADCAST_ID = r"b_[0-9A-HJKMNP-TV-Z]{26}"


class State(StrEnum):
    """What has become of a broadcast."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Broadcast(Record):
    """A broadcast; its `owner` is `broadcasts_of(code)`, its `name` the id.

    Attributes:
        code: Of the channel.
        type: `text` or `material`.
        content: Of the message.
        digest: Of all that was asked for, to tell a retry from another one.
        made_at: Milliseconds since the epoch.
        state: What has become of it.
        material_id: Of what it publishes.
        listed: It goes to users by name, as a mailing of the same id.
        due_at: When it is to be sent, where that was not at once (ms since epoch).
        sent_at: When it was (ms since epoch).
        seq: In the channel's timeline; 0 for what is not there.
        recipients: How many users it went to; None where everybody is in the channel.
        told: How many pages of those who are in the channel were handed to the fan-out, where there
            are several.
        withdrawn_at: When it was (ms since epoch).
    """

    KIND: ClassVar[str] = "BROADCAST"
    OF: ClassVar[Owned] = "catalog"

    code: str
    type: str
    content: Mapping[str, Any]
    digest: str
    made_at: int
    state: State
    material_id: str | None = None
    listed: bool = False
    due_at: int | None = None
    sent_at: int | None = None
    seq: int = 0
    recipients: int | None = None
    told: int = 0
    withdrawn_at: int | None = None


def broadcast_id(code: str, key: str) -> str:
    """The id of the broadcast that is made under its maker's key: twice is the same one."""
    return hashed_id("b_", "broadcast", code, key)


def broadcasts_of(code: str) -> str:
    """By what the broadcasts of a channel are kept."""
    return f"BROADCASTS#{code}"
