"""Where a history is played: on the fakes, which are fast, or on moto, with the real stores."""

from collections.abc import Callable
from typing import Protocol

from chirrup.domain.conversations import Head
from chirrup.domain.ids import notices_id
from chirrup.domain.messages import Entry
from chirrup.domain.rosters import Roster, RosterChunk
from chirrup.ports import Profile, SideBySide, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from tests.fakes import FakeConversations, FakeRecords, FakeTables, FakeTimeline, FakeUsers
from tests.model.schedule import Schedule
from tests.model.state import USERS, Room, State
from tests.model.tape import Tape

WRITES = (
    *("append", "change", "commit", "open", "settle", "advance", "move cursor", "clear", "hide"),
    *("note mention", "forget mentions"),
)


class Backend(Protocol):
    """Stores under the schedule's control.

    Attributes:
        quick: Looking at everything after every write costs little.
    """

    quick: bool
    timeline: Timeline
    conversations: Conversations
    records: Records
    users: Users

    def state(self) -> State:
        """What is stored, read behind the schedule's back."""

    def roster(self) -> Roster:
        """Who is in the group, read behind the schedule's back."""


Build = Callable[[Schedule, Tape, Room, Callable[[], None]], Backend]
"""Makes empty stores for a room; the last argument is to be called after every write."""


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

    def __init__(
        self, schedule: Schedule, tape: Tape, room: Room, wrote: Callable[[], None]
    ) -> None:
        self._tables = FakeTables(hook=self._hook, age=self._age, torn=self._torn)
        self._schedule = schedule
        self._tape = tape
        self._wrote = wrote
        self.timeline: Timeline = ResentTimeline(self._tables, self._resends)
        self.conversations: Conversations = ResentConversations(
            self._tables, schedule.side_by_side, self._resends
        )
        self.records: Records = FakeRecords(self._tables)
        self.users: Users = FakeUsers(self._tables)
        self._room = room
        for user in USERS:
            self.users.ensure(Profile(user, user.title()))

    def state(self) -> State:
        """See `Backend`."""
        tables, id_ = self._tables, self._room.id
        return State(
            entries=dict(sorted(tables.entries.get(id_, {}).items())),
            head=tables.head(id_),
            members={user: one for (at, user), one in tables.members.items() if at == id_},
            settings={user: one for (at, user), one in tables.settings.items() if at == id_},
            room=self._room,
            roster=self.roster(),
            notices={
                user: tuple(tables.entries.get(notices_id(user), {}).values()) for user in USERS
            },
        )

    def roster(self) -> Roster:
        """See `Backend`."""
        chunks = [
            record
            for record in self._tables.records.values()
            if isinstance(record, RosterChunk) and record.owner == self._room.id
        ]
        return Roster.of(chunks)

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
