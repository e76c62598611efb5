"""The way of an event from its dispatch to the devices."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chirrup.domain.audiences import Page
    from chirrup.domain.jobs import Job
    from chirrup.domain.rosters import Roster


class Outcome(StrEnum):
    """What became of a parcel; all but the first two are left to sync."""

    PUSHED = "pushed"
    GONE = "gone"
    SLOW = "slow"
    """The gateway gave no answer in time. The frames may have arrived."""
    FAILED = "failed"
    """It was refused, or failed again and again."""
    LATE = "late"
    """It was not begun, or not ended, when the time was over."""


class Parcel(NamedTuple):
    """What one connection gets.

    Attributes:
        frames: In their order, each at most 32 KB.
        closing: Whether the connection is closed afterwards.
    """

    connection_id: str
    frames: Sequence[bytes]
    closing: bool = False


class Gateway(Protocol):
    """The server side of all WebSockets."""

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """Send parcels, side by side; the frames of one in their order.

        Args:
            parcels: At most one for each connection.
            until: Give up then (ms since epoch).

        Returns:
            What became of each, in their order.
        """


class Rosters(Protocol):
    """Who is in a group, in a form that is read at little cost."""

    def roster(self, conversation_id: str, version: int, page: Page) -> Roster:
        """All members of a group, or those on one page.

        Args:
            conversation_id: The group.
            version: `Head.roster`: the roster is not older than that; it may be newer.
            page: Which part of its chunks.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """


@dataclass(slots=True)
class Pushed:
    """What became of jobs.

    Attributes:
        counts: Connections by `Outcome`, and those that had `expired`; `frames` that were posted,
            and events that were `coalesced` into the frame of an earlier one.
        unread: Places of the jobs whose recipients could not all be found. What was found was
            pushed to.
        late: Places of the jobs that were not ended in time.
    """

    counts: Counter[str] = field(default_factory=Counter)
    unread: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)


class Pusher(Protocol):
    """Pushes to every device of an audience."""

    def push(self, jobs: Sequence[Job], until: int) -> Pushed:
        """Push the events of jobs; those for one connection share frames.

        Args:
            jobs: In the order in which they came.
            until: Give up then (ms since epoch).
        """


class Carrier(Protocol):
    """Carries jobs to the fan-out, each at least once."""

    def carry(self, jobs: Sequence[Job]) -> None:
        """Hand jobs over; when it returns, none of them can be lost.

        Raises:
            ChirrupError: `temporarily_unavailable` when not all could be handed over.
        """
