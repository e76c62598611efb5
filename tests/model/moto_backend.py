"""The real stores, with moto in place of DynamoDB and every request under control."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from moto import mock_aws
from pynamodb.models import Model

from chirrup.domain.audiences import WHOLE
from chirrup.domain.ids import notices_id
from chirrup.domain.rosters import Roster
from chirrup.ports import Profile, Users
from chirrup.storage.conversations import DynamoConversations
from chirrup.storage.dynamo import Dynamo, Key
from chirrup.storage.messages import DynamoTimeline
from chirrup.storage.models import HeadItem
from chirrup.storage.records import DynamoRecords
from chirrup.storage.rosters import DynamoRosters
from chirrup.storage.users import DynamoUsers
from local.places import REGION
from tests.model.schedule import Schedule
from tests.model.state import USERS, Room, State
from tests.model.tape import Tape
from tests.support.tables import TABLES, create_tables

if TYPE_CHECKING:
    from chirrup.ports.conversations import Conversations
    from chirrup.ports.records import Records
    from chirrup.ports.timelines import Timeline

M = TypeVar("M", bound=Model)
Raw = dict[str, Any]
RESENT = ("PutItem", "UpdateItem")
READS = ("GetItem", "BatchGetItem")


class Controlled(Dynamo):
    """A client that asks the schedule before each request."""

    schedule: Schedule
    tape: Tape
    wrote: Callable[[], None]
    heads: list[Raw]
    room: Room

    def get(
        self, model: type[M], hash_key: str, range_key: str | int | None, *, consistent: bool
    ) -> M | None:
        """See `Dynamo`; the head may be as old as the tape likes."""
        found = super().get(model, hash_key, range_key, consistent=consistent)
        ours = model is HeadItem and hash_key == self.room.id
        if consistent or not ours or not self.tape.chance(100):
            return found
        at = self.tape.below(len(self.heads) + 1)
        return model.from_raw_data(self.heads[-at]) if at else found

    def batch_get(
        self, keys: Sequence[Key], *, consistent: bool, only: Sequence[str] | None = None
    ) -> list[Raw]:
        """See `Dynamo`; a batch is not a snapshot."""
        one = partial(super().batch_get, consistent=consistent, only=only)
        if self.schedule.calm or not self.tape.chance(60):
            return one(keys)
        calls = (partial(one, [key]) for key in keys)
        return [raw for found in self.schedule.side_by_side(*calls) for raw in found]

    def query(self, *args: Any, **options: Any) -> tuple[list[Raw], Raw | None]:
        """See `Dynamo`."""
        self.schedule.point("Query")
        return super().query(*args, **options)

    def _call(self, operation: str, request: Raw) -> Raw:
        self.schedule.point(operation)
        answer = super()._call(operation, request)
        if operation not in READS:
            self.wrote()
        changed = answer.get("Attributes", {})
        if "preview_seq" in changed and changed["conversation_id"]["S"] == self.room.id:
            self.heads.append(changed)
        if operation in RESENT and not self.schedule.calm and self.tape.chance(6):
            # Its answer is lost: AWS's client sends it again, and it runs into itself.
            self.schedule.point(operation)
            return super()._call(operation, request)
        return answer


@dataclass(frozen=True)
class Clients:
    """Made once, since that is what takes time.

    Attributes:
        controlled: For the stores.
        plain: To look behind them.
    """

    controlled: Controlled
    plain: Dynamo


def clients() -> Clients:
    """Clients whose requests moto answers."""
    with mock_aws():
        return Clients(Controlled(TABLES, region=REGION), Dynamo(TABLES, region=REGION))


class MotoBackend:
    """DynamoDB's stores on moto. Implements `backends.Backend`."""

    quick = False

    def __init__(
        self,
        made: Clients,
        schedule: Schedule,
        tape: Tape,
        room: Room,
        wrote: Callable[[], None],
    ) -> None:
        made.controlled.schedule, made.controlled.tape = schedule, tape
        made.controlled.wrote, made.controlled.heads, made.controlled.room = wrote, [], room
        self.timeline: Timeline = DynamoTimeline(made.controlled)
        self.conversations: Conversations = DynamoConversations(
            made.controlled, schedule.side_by_side
        )
        self.records: Records = DynamoRecords(made.controlled)
        self.users: Users = DynamoUsers(made.controlled)
        self._behind = DynamoTimeline(made.plain), DynamoConversations(made.plain, list)
        self._plain = made.plain
        self._room = room
        for user in USERS:
            DynamoUsers(made.plain).ensure(Profile(user, user.title()))

    def state(self) -> State:
        """See `backends.Backend`."""
        timeline, conversations = self._behind
        entries = {entry.seq: entry for entry in timeline.after(self._room.id, 0, 10_000)}
        views = {user: conversations.view(self._room.id, user) for user in USERS}
        return State(
            room=self._room,
            roster=self.roster(),
            notices={user: tuple(timeline.after(notices_id(user), 0, 10_000)) for user in USERS},
            entries=entries,
            head=next(iter(views.values()))[0],
            members={user: member for user, (_, member, _) in views.items() if member},
            settings={user: settings for user, (_, _, settings) in views.items()},
        )

    def roster(self) -> Roster:
        """See `backends.Backend`."""
        # A store of its own each time: the other one remembers rosters, as a warm function does.
        return DynamoRosters(self._plain).roster(self._room.id, 0, WHOLE)


@contextmanager
def emptied(made: Clients) -> Iterator[Callable[..., MotoBackend]]:
    """Empty tables for one history."""
    with mock_aws():
        create_tables(made.plain)
        yield partial(MotoBackend, made)
