"""Counts what DynamoDB would bill, from the requests and the sizes of the items.

The rules are AWS's: "Read/write capacity mode" and "DynamoDB item sizes and formats" in the
DynamoDB developer guide. Counting by ourselves makes the figures the same on every emulator: theirs
report reads of a constant size.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chirrup.storage.dynamo import Dynamo

WRITE_UNIT = 1024
READ_UNIT = 4096
Raw = Mapping[str, Any]


@dataclass
class Bill:
    """What a use case has cost."""

    writes: float = 0.0
    reads: float = 0.0
    rounds: int = 0
    calls: Counter[str] = field(default_factory=Counter)


class Meter:
    """Stands between a `Dynamo` and its connection, and counts."""

    def __init__(self, dynamo: Dynamo) -> None:
        """Watch a client.

        Args:
            dynamo: Its connection's `dispatch` and `query` are replaced by counting ones.
        """
        self.bill = Bill()
        self._inner = dynamo.connection.dispatch
        setattr(dynamo.connection, "dispatch", self._dispatch)  # noqa: B010 - its type is narrower

    def measure(self, use_case: Callable[[], object]) -> Bill:
        """What one run of a use case costs; what happens between two is nobody's."""
        self.bill = bill = Bill()
        use_case()
        self.bill = Bill()
        return bill

    def side_by_side(self, *calls: Callable[[], Any]) -> list[Any]:
        """Calls that run at the same time: together they take as many rounds as the longest."""
        before, longest, results = self.bill.rounds, 0, []
        for call in calls:
            self.bill.rounds = before
            results.append(call())
            longest = max(longest, self.bill.rounds - before)
        self.bill.rounds = before + longest
        return results

    def _dispatch(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        self.bill.rounds += 1
        self.bill.calls[operation] += 1
        try:
            answer = self._inner(operation, request)
        except Exception:
            if operation in ("PutItem", "UpdateItem"):
                self.bill.writes += 1  # A failed condition costs what the item is big.
            raise
        self._charge(operation, request, answer)
        return answer

    def _charge(self, operation: str, request: Raw, answer: Raw) -> None:
        bill = self.bill
        consistent = 1.0 if request.get("ConsistentRead") else 0.5
        if operation == "GetItem":
            bill.reads += consistent * _units(size_of(answer.get("Item", {})), READ_UNIT)
        elif operation == "Query":
            # A page is billed by its sum, filtered items included; we never filter here.
            total = sum(size_of(item) for item in answer.get("Items", []))
            bill.reads += consistent * _units(total, READ_UNIT)
        elif operation == "BatchGetItem":
            for table, keys in request["RequestItems"].items():
                found = answer["Responses"].get(table, [])
                factor = 1.0 if keys.get("ConsistentRead") else 0.5
                missing = len(keys["Keys"]) - len(found)
                bill.reads += factor * (
                    missing + sum(_units(size_of(item), READ_UNIT) for item in found)
                )
        elif operation == "PutItem":
            bill.writes += _units(size_of(request["Item"]), WRITE_UNIT)
        elif operation in ("UpdateItem", "DeleteItem"):
            bill.writes += _units(size_of(answer.get("Attributes", {})), WRITE_UNIT)
        elif operation == "TransactWriteItems":
            for part in request["TransactItems"]:
                ((_, inner),) = part.items()
                bill.writes += 2 * _units(size_of(inner.get("Item", {})), WRITE_UNIT)


def _units(size: int, unit: int) -> int:
    return max(1, math.ceil(size / unit))


def size_of(item: Raw) -> int:
    """Bytes of an item: its names and values."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(value: Raw) -> int:
    ((kind, inner),) = value.items()
    if kind == "S":
        return len(str(inner).encode())
    if kind == "N":
        return math.ceil(len(str(inner).lstrip("-")) / 2) + 1
    if kind in ("SS", "NS"):
        member = kind[0]
        return sum(_value({member: one}) for one in inner)
    if kind == "M":
        return 3 + sum(len(k.encode()) + _value(v) + 1 for k, v in inner.items())
    if kind == "L":
        return 3 + sum(_value(v) + 1 for v in inner)
    return 1
