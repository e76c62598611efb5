"""Conversations: heads, members and personal settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chirrup.domain.conversations import End, Head, Member, Settings
    from chirrup.domain.ids import Conversation
    from chirrup.domain.rates import Rate
    from chirrup.domain.recent import Record


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a stored message means for its sender's member item.

    Attributes:
        seq: The message's seq: the sender's cursor moves there, never back.
        count: The running count at that seq.
        alls: The running count of mentions of everybody at that seq.
        record: For the idempotency of retries.
        member: The member as read before; None when another sender settles it in passing.
        rate: The rate after this message; None where it was not read, and one message is added.
    """

    conversation_id: str
    user_id: str
    seq: int
    count: int
    alls: int
    record: Record
    member: Member | None = None
    rate: Rate | None = None


class Conversations(Protocol):
    """Heads, members and personal settings."""

    def for_sending(self, conversation_id: str, user_id: str) -> tuple[Head | None, Member | None]:
        """What a send needs, in one round trip: the head (perhaps stale), the member (never)."""

    def head(self, conversation_id: str) -> Head | None:
        """The head, read consistently."""

    def member(self, conversation_id: str, user_id: str) -> Member | None:
        """The member, read consistently."""

    def members(self, conversation_id: str, user_ids: Sequence[str]) -> dict[str, Member]:
        """Those of these users who are or were members, read consistently; 100 at most."""

    def rows(self, keys: Sequence[tuple[str, str]]) -> list[Member]:
        """Members by conversation and user, read consistently: those that exist, any number."""

    def blockers(self, user_id: str, others: Sequence[str]) -> set[str]:
        """Those of these others who have blocked a user, read consistently; any number of ids."""

    def member_page(
        self, conversation_id: str, after: str | None, limit: int
    ) -> tuple[list[Member], str | None]:
        """A page of all who are or were members, by user id, and the id to go on from."""

    def count_read(self, conversation_id: str, seq: int, but_user: str) -> tuple[int, int]:
        """How many members of a group have read a message, and how many of them there are.

        Counted are those who are in it now and see the message from their present stay. Read with
        eventual consistency.

        Args:
            conversation_id: The group.
            seq: Of the message: who has a cursor at or past it has read it.
            but_user: Who is not counted: its sender.

        Returns:
            Those who have read it, and all.
        """

    def view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """Head, member and settings, read consistently, but at no common moment."""

    def exact_view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """The same, read so that the counts are exact: the head, then the settings, the member.

        What the head counts is noted on the settings by then, and what the settings lack because
        it was read, the member has read.
        """

    def views(
        self, user_id: str, after: str | None, limit: int, prefix: str = ""
    ) -> tuple[list[tuple[Head, Member, Settings]], str | None]:
        """A page of the user's conversations, by id, each an exact view; the id to go on from.

        Args:
            user_id: Whose.
            after: The id where the page before ended.
            limit: Conversations at most.
            prefix: Only those whose ids begin so.
        """

    def views_of(
        self, user_id: str, conversation_ids: Sequence[str]
    ) -> dict[str, tuple[Head | None, Member | None, Settings]]:
        """A user's exact views of these conversations, 100 at most, the user's or not."""

    def mentioned(
        self, conversation_id: str, user_ids: Sequence[str]
    ) -> dict[str, tuple[Member, Settings]]:
        """Members and their settings, read consistently; 50 at most."""

    def open(self, conversation: Conversation, user_id: str) -> bool:
        """Make the head and the members, if they do not exist.

        Returns:
            False when the other user is unknown.
        """

    def settle(self, settlement: Settlement) -> None:
        """Write a stored message to its sender's member item; doing it again changes nothing."""

    def note_mention(self, conversation_id: str, user_id: str, seq: int) -> None:
        """Note a message that names a user; doing it again changes nothing."""

    def forget_mentions(self, conversation_id: str, user_id: str, seqs: Sequence[int]) -> None:
        """Forget noted mentions that have been read."""

    def advance(self, head: Head) -> None:
        """Move the head on, unless it is there already; its group and its roster stay."""

    def move_cursor(
        self, conversation_id: str, user_id: str, end: End, now: int, cleared_seq: int = 0
    ) -> bool:
        """Move the read cursor forward, never back.

        Args:
            conversation_id: Where.
            user_id: Whose.
            end: The last seq read, and the running counts there.
            now: Milliseconds since the epoch.
            cleared_seq: Also hide everything up to this seq; 0 hides nothing.

        Returns:
            Whether it moved; never where there is no such member.
        """

    def claim_typing(self, conversation_id: str, user_id: str, now: int, every_ms: int) -> bool:
        """Whether the member may say now that they are typing; at most once each `every_ms`.

        Raises:
            ChirrupError: `not_found` when there is no such member.
        """

    def change_settings(
        self, conversation_id: str, user_id: str, changes: Mapping[str, Any], now: int
    ) -> Settings:
        """Store the named settings (fields of `Settings`); give back all of them."""

    def hide(
        self,
        conversation_id: str,
        user_id: str,
        seq: int,
        *,
        unread: bool,
        mentions_all: bool,
        now: int,
    ) -> None:
        """Hide one message from one user."""

    def set_muted_by_peer(self, conversation_id: str, user_id: str, *, muted: bool) -> None:
        """Note on a member, if there is one, that the other side has muted the chat."""
