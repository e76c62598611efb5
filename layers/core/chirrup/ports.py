"""What the services need of the world outside; storage, push and identity implement it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # Only named in signatures: the authorizer loads ports, but none of these.
    from chirrup.domain.connections import Connection
    from chirrup.domain.conversations import Head, Member, Settings
    from chirrup.domain.events import Audience, Event
    from chirrup.domain.ids import Conversation
    from chirrup.domain.messages import Entry
    from chirrup.domain.rates import Rate
    from chirrup.domain.recent import Record


@dataclass(frozen=True, slots=True)
class Profile:
    """A user as others see them, and what only the user sees.

    Attributes:
        listed: The search finds the user.
        presence_hidden: Nobody is told when the user is online.
    """

    user_id: str
    name: str
    picture: str | None = None
    created_at: int = 0
    listed: bool = True
    presence_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a verified token speaks for; it ends at `expires_at` (ms since epoch)."""

    user_id: str
    expires_at: int
    name: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a stored message means for its sender's member item.

    Attributes:
        seq: The message's seq: the sender's cursor moves there, never back.
        count: The running count at that seq.
        record: For the idempotency of retries.
        member: The member as read before; None when another sender settles it in passing.
        rate: The rate after this message; None where it was not read, and one message is added.
    """

    conversation_id: str
    user_id: str
    seq: int
    count: int
    record: Record
    member: Member | None = None
    rate: Rate | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a message, stored with the message it changes and the head, or not at all.

    Attributes:
        entry: The change's own entry, at the end of the timeline.
        target: The message as it shall be; its `revision` is one above the stored one.
        read: The head as read: the change is refused when its preview is another one by now.
        head: The head as it shall be.
    """

    entry: Entry
    target: Entry
    read: Head
    head: Head


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


class Conversations(Protocol):
    """Heads, members and personal settings."""

    def for_sending(self, conversation_id: str, user_id: str) -> tuple[Head | None, Member | None]:
        """What a send needs, in one round trip: the head (perhaps stale), the member (never)."""

    def member(self, conversation_id: str, user_id: str) -> Member | None:
        """The member, read consistently."""

    def view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """Head, member and settings, read consistently."""

    def views(
        self, user_id: str, after: str | None, limit: int
    ) -> tuple[list[tuple[Head, Member, Settings]], str | None]:
        """A page of the user's conversations, by id, and the id to go on from."""

    def open(self, conversation: Conversation, user_id: str) -> bool:
        """Make the head and the members, if they do not exist.

        Returns:
            False when the other user is unknown.
        """

    def settle(self, settlement: Settlement) -> None:
        """Write a stored message to its sender's member item; doing it again changes nothing."""

    def advance(self, head: Head) -> None:
        """Move the head on, unless it is there already; users not in `last_of` keep theirs."""

    def move_cursor(
        self, conversation_id: str, user_id: str, seq: int, count: int, cleared_seq: int = 0
    ) -> bool:
        """Move the read cursor forward, never back.

        Args:
            conversation_id: Where.
            user_id: Whose.
            seq: The last seq read.
            count: The running count there.
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
        self, conversation_id: str, user_id: str, changes: Mapping[str, Any]
    ) -> Settings:
        """Store the named settings (fields of `Settings`); give back all of them."""

    def hide(self, conversation_id: str, user_id: str, seq: int, *, unread: bool) -> None:
        """Hide one message from one user."""

    def set_muted_by_peer(self, conversation_id: str, user_id: str, *, muted: bool) -> None:
        """Note on a member, if there is one, that the other side has muted the chat."""


class Connections(Protocol):
    """Who is connected: a set of open WebSockets for each user."""

    def add(self, user_id: str, connection: Connection) -> list[Connection]:
        """Add a connection; give back all that the user has now."""

    def remove(self, user_id: str, connections: Sequence[Connection]) -> None:
        """Remove just these connections."""

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        """The connections of these users; unless asked for, the newest may not be there yet."""


class Presence(Protocol):
    """When users were seen last."""

    def note(self, user_id: str, at: int) -> None:
        """Note that a user was seen (ms since epoch), unless they were seen later already."""

    def last_seen(self, user_ids: Sequence[str]) -> dict[str, int]:
        """When these users were seen last (ms since epoch); who never was is left out."""


class Relations(Protocol):
    """Who is whose friend, and who blocks whom."""

    def friends_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """Those of the others who are friends of the user."""

    def blockers_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """Those of the others who have blocked the user."""


class Users(Protocol):
    """Profiles."""

    def get(self, user_id: str) -> Profile | None:
        """The profile, if the user was ever seen."""

    def profiles(self, user_ids: Sequence[str]) -> dict[str, Profile]:
        """The profiles of these users, any number; who was never seen is left out."""

    def named(self, prefix: str, after: str | None, limit: int) -> tuple[list[Profile], str | None]:
        """A page of the listed users whose name begins so, in the order of their names.

        Args:
            prefix: As `domain.names.normalised` makes it; not empty.
            after: Where the page before has ended; None for the first page.
            limit: Users at most; a page may hold fewer, and yet not be the last.

        Returns:
            Profiles, and where to go on; None on the last page.
        """

    def ensure(self, profile: Profile) -> Profile:
        """The stored profile; this one is stored if there is none."""

    def change(self, user_id: str, changes: Mapping[str, Any]) -> Profile:
        """Change what is named: fields of `Profile`.

        Raises:
            ChirrupError: `not_found`.
        """


class Tickets(Protocol):
    """Single-use tickets to open a WebSocket."""

    def issue(self, ticket_hash: str, identity: Identity, expires_at: int) -> None:
        """Store a ticket until `expires_at` (ms since epoch)."""

    def redeem(self, ticket_hash: str, now: int) -> Identity | None:
        """The identity behind a ticket, once; None when it is unknown, used or too old."""


class TokenVerifier(Protocol):
    """Checks OIDC tokens."""

    def verify(self, token: str) -> Identity:
        """Who the token speaks for.

        Raises:
            ChirrupError: `unauthenticated`; `temporarily_unavailable` when the issuer's keys
                cannot be had.
        """


class Dispatcher(Protocol):
    """Hands stored events to the fan-out; one for each send mode."""

    def dispatch(self, events: Sequence[Event], audience: Audience) -> None:
        """Hand events over. When it returns, they will reach every device that can be reached.

        Raises:
            ChirrupError: `temporarily_unavailable` when they could not be handed over.
        """


class Gone(Exception):
    """The connection does not exist any more."""


class Gateway(Protocol):
    """One WebSocket's server side."""

    def post(self, connection_id: str, frame: bytes) -> None:
        """Send a frame.

        Raises:
            Gone: The connection is closed.
            PushFailed: It could not be sent; sync will deliver.
        """

    def close(self, connection_id: str) -> None:
        """Close a connection; one that is gone is no error."""


class PushFailed(Exception):
    """A frame could not be delivered now; the client learns of it by sync."""


class Clock(Protocol):
    """Time, injected."""

    def now(self) -> int:
        """Milliseconds since the epoch."""

    def pause(self, ms: float) -> None:
        """Wait."""


SideBySide = Callable[..., list[Any]]
"""Runs callables at the same time, waits for all, gives their results in order, and raises the
first failure after all have ended."""
