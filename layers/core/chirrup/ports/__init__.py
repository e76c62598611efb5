"""What the services need of the world outside; storage, push and identity implement it.

What only those need who read and write conversations stands in the modules beside this one, so that
the authorizer loads none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    # Only named in signatures: the authorizer loads ports, but none of these.
    from chirrup.domain.audiences import Audience, Page
    from chirrup.domain.connections import Connection
    from chirrup.domain.events import Event


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


class Connections(Protocol):
    """Who is connected: a set of open WebSockets for each user."""

    def add(self, user_id: str, connection: Connection) -> list[Connection]:
        """Add a connection, then count it; give back all that the user has now."""

    def counted(self) -> Mapping[int, int]:
        """How often somebody of each part of all users has connected; what is missing is 0.

        It may be older than what `of` finds, never newer than what it finds if asked consistently.
        """

    def remove(self, user_id: str, connections: Sequence[Connection]) -> None:
        """Remove just these connections."""

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        """The connections of these users; unless asked for, the newest may not be there yet."""

    def scan(self, page: Page) -> Iterator[Mapping[str, Sequence[Connection]]]:
        """The connections of everybody on a page of all users, some thousand users at a time."""


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


class Clock(Protocol):
    """Time, injected."""

    def now(self) -> int:
        """Milliseconds since the epoch."""

    def pause(self, ms: float) -> None:
        """Wait."""


SideBySide = Callable[..., list[Any]]
"""Runs callables at the same time, waits for all, gives their results in order, and raises the
first failure after all have ended."""
