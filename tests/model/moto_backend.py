"""The real stores, with moto in place of DynamoDB and every request under control."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from moto import mock_aws
from pynamodb.models import Model

from chirrup.ports import Conversations, Profile, Timeline
from chirrup.storage.conversations import DynamoConversations
from chirrup.storage.dynamo import Dynamo, Key
from chirrup.storage.messages import DynamoTimeline
from chirrup.storage.models import HeadItem
from chirrup.storage.users import DynamoUsers
from local.places import REGION
from tests.model.schedule import Schedule
from tests.model.state import CHAT, USERS, State
from tests.model.tape import Tape
from tests.support.tables import TABLES, create_tables

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

    def get(
        self, model: type[M], hash_key: str, range_key: str | int | None, *, consistent: bool
    ) -> M | None:
        """See `Dynamo`; the head may be as old as the tape likes."""
        found = super().get(model, hash_key, range_key, consistent=consistent)
        if consistent or model is not HeadItem or not self.tape.chance(100):
            return found
        at = self.tape.below(len(self.heads) + 1)
        return model.from_raw_data(self.heads[-at]) if at else found

    def batch_get(
        self, keys: Sequence[Key], *, consistent: bool, keys_only: bool = False
    ) -> list[Raw]:
        """See `Dynamo`; a batch is not a snapshot."""
        one = partial(super().batch_get, consistent=consistent, keys_only=keys_only)
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
        if "preview_seq" in answer.get("Attributes", ()):
            self.heads.append(answer["Attributes"])
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
        self, made: Clients, schedule: Schedule, tape: Tape, wrote: Callable[[], None]
    ) -> None:
        made.controlled.schedule, made.controlled.tape = schedule, tape
        made.controlled.wrote, made.controlled.heads = wrote, []
        self.timeline: Timeline = DynamoTimeline(made.controlled)
        self.conversations: Conversations = DynamoConversations(
            made.controlled, schedule.side_by_side
        )
        self._behind = DynamoTimeline(made.plain), DynamoConversations(made.plain, list)
        for user in USERS:
            DynamoUsers(made.plain).ensure(Profile(user, user.title()))

    def state(self) -> State:
        """See `backends.Backend`."""
        timeline, conversations = self._behind
        entries = {entry.seq: entry for entry in timeline.after(CHAT, 0, 10_000)}
        views = {user: conversations.view(CHAT, user) for user in USERS}
        return State(
            entries=entries,
            head=next(iter(views.values()))[0],
            members={user: member for user, (_, member, _) in views.items() if member},
            settings={user: settings for user, (_, _, settings) in views.items()},
        )


@contextmanager
def emptied(made: Clients) -> Iterator[Callable[..., MotoBackend]]:
    """Empty tables for one history."""
    with mock_aws():
        create_tables(made.plain)
        yield partial(MotoBackend, made)
