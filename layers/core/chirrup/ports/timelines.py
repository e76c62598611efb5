"""Timelines: append-only logs of entries, one for each conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chirrup.domain.conversations import Head
    from chirrup.domain.messages import Entry
    from chirrup.ports.records import Write


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a message, stored with the message it changes and the head, or not at all.

    Attributes:
        entry: The change's own entry, at the end of the timeline.
        target: The message as it shall be; its `revision` is one above the stored one.
        read: The head as read: the change is refused when its preview is another one by now.
        head: The head as it shall be.
        records: What else is stored with it, such as the pins that a recall takes a message from.
    """

    entry: Entry
    target: Entry
    read: Head
    head: Head
    records: tuple[Write, ...] = ()


class ChangeConflict(Exception):
    """A change did not fit what is stored; nothing was written. `taken` holds its seq, if any."""

    def __init__(self, taken: Entry | None = None) -> None:
        super().__init__("change does not fit")
        self.taken = taken


class Timeline(Protocol):
    """Append-only logs of entries, one for each conversation."""

    def append(self, entry: Entry) -> Entry | None:
        """Store an entry at its seq; give back the entry that stands there already, if any."""

    def change(self, change: Change) -> None:
        """Store a change, the changed message and the head together.

        Raises:
            ChangeConflict: Nothing was written.
        """

    def get(self, conversation_id: str, seqs: Sequence[int]) -> dict[int, Entry]:
        """The entries with these seqs, read consistently; missing ones are left out."""

    def after(self, conversation_id: str, seq: int, limit: int) -> list[Entry]:
        """At most `limit` entries above `seq`, ascending, read consistently."""

    def before(self, conversation_id: str, seq: int | None, floor: int, limit: int) -> list[Entry]:
        """At most `limit` newest entries below `seq` and above `floor`, ascending, consistent."""

    def find_sent(
        self,
        conversation_id: str,
        sender_id: str,
        client_id: str,
        *,
        below: int,
        since: int,
        horizon: int,
    ) -> tuple[Entry | None, bool]:
        """Look backwards for a sender's message.

        Args:
            conversation_id: Where.
            sender_id: Whose.
            client_id: Which.
            below: Start below this seq.
            since: Stop at entries stored before this time (ms since epoch).
            horizon: Stop after so many entries.

        Returns:
            The message, if found, and whether the search came to its end before the horizon.
        """
