"""Where a history is played: on the fakes, which are fast, or on moto, with the real stores."""

from collections.abc import Callable
from typing import Protocol

from chirrup.domain.conversations import Head
from chirrup.domain.messages import Entry
from chirrup.ports import Conversations, Profile, SideBySide, Timeline
from tests.fakes import FakeConversations, FakeTables, FakeTimeline, FakeUsers
from tests.model.schedule import Schedule
from tests.model.state import CHAT, USERS, State
from tests.model.tape import Tape

WRITES = ("append", "change", "open", "settle", "advance", "move cursor", "clear", "hide")


class Backend(Protocol):
    """Stores under the schedule's control.

    Attributes:
        quick: Looking at everything after every write costs little.
    """

    quick: bool
    timeline: Timeline
    conversations: Conversations

    def state(self) -> State:
        """What is stored, read behind the schedule's back."""


Build = Callable[[Schedule, Tape, Callable[[], None]], Backend]
"""Makes empty stores; the last argument is to be called after every write."""


class ResentTimeline(FakeTimeline):
    """Sends a request again when its answer is lost, as AWS's clients do."""

    def __init__(self, tables: FakeTables, resends: Callable[[], bool]) -> None:
        super().__init__(tables)
        self._resends = resends

    def append(self, entry: Entry) -> Entry | None:
        """See `ports.Timeline`; the second time it runs into the first."""
        taken = super().append(entry)
        return super().append(entry) if taken is None and self._resends() else taken


class ResentConversations(FakeConversations):
    """The same for the head."""

    def __init__(
        self, tables: FakeTables, side_by_side: SideBySide, resends: Callable[[], bool]
    ) -> None:
        super().__init__(tables, side_by_side)
        self._resends = resends

    def advance(self, head: Head) -> None:
        """See `ports.Conversations`."""
        super().advance(head)
        if self._resends():
            super().advance(head)


class FakeBackend:
    """The fakes. Implements `Backend`."""

    quick = True

    def __init__(self, schedule: Schedule, tape: Tape, wrote: Callable[[], None]) -> None:
        self._tables = FakeTables(hook=self._hook, age=self._age, torn=self._torn)
        self._schedule = schedule
        self._tape = tape
        self._wrote = wrote
        self.timeline: Timeline = ResentTimeline(self._tables, self._resends)
        self.conversations: Conversations = ResentConversations(
            self._tables, schedule.side_by_side, self._resends
        )
        for user in USERS:
            FakeUsers(self._tables).ensure(Profile(user, user.title()))

    def state(self) -> State:
        """See `Backend`."""
        tables = self._tables
        return State(
            entries=dict(sorted(tables.entries.get(CHAT, {}).items())),
            head=tables.head(CHAT),
            members={user: tables.members[CHAT, user] for _, user in tables.members},
            settings={user: tables.settings[CHAT, user] for _, user in tables.settings},
        )

    def _hook(self, point: str) -> None:
        when, _, step = point.partition(" ")
        if when == "before":
            self._schedule.point(step)
        elif step in WRITES and self._schedule.current:
            self._wrote()

    def _resends(self) -> bool:
        return not self._schedule.calm and self._tape.chance(6)

    def _age(self, versions: int) -> int:
        """An eventually consistent read may be as old as the tape likes."""
        if self._schedule.calm or not self._tape.chance(100):
            return 0
        return self._tape.below(versions + 1)

    def _torn(self, entries: int) -> int:
        if self._schedule.calm or entries < 2 or not self._tape.chance(128):
            return entries
        self._schedule.urged = True
        return 1 + self._tape.below(entries - 1)
