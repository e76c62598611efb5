"""Which requests went to DynamoDB, and what it says that they consumed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from chirrup.storage.dynamo import Dynamo

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"})


class Request(NamedTuple):
    """One request and its consumed capacity units, of all tables and indexes together."""

    operation: str
    units: float


class Watched(list[Request]):
    """Requests in the order of their answers."""

    @property
    def write_units(self) -> float:
        """What the writes consumed."""
        return sum(one.units for one in self if one.operation in WRITES)

    @property
    def read_units(self) -> float:
        """What the reads consumed."""
        return sum(one.units for one in self if one.operation not in WRITES)

    @property
    def operations(self) -> list[str]:
        """Names of the operations, sorted."""
        return sorted(one.operation for one in self)


@contextmanager
def watched(dynamo: Dynamo | None) -> Iterator[Watched]:
    """Watch the requests of a client."""
    assert dynamo is not None
    seen = Watched()

    def note(parsed: dict[str, Any], model: Any, **_: Any) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        parts = consumed if isinstance(consumed, list) else [consumed]
        units = sum(part.get("CapacityUnits", 0.0) for part in parts)
        seen.append(Request(model.name, units))

    events = dynamo.connection.client.meta.events
    events.register("after-call.dynamodb", note)
    try:
        yield seen
    finally:
        events.unregister("after-call.dynamodb", note)
