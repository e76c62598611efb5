"""Records in DynamoDB, and commits, which are transactions."""

import json
import uuid
from collections.abc import Sequence
from typing import cast

from chirrup.domain.records import Name, R
from chirrup.ports.records import Commit, CommitConflict
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo, Key
from chirrup.storage.failures import Raw, TransactionFailed
from chirrup.storage.writes import Writes, adapter_of, item_of, model_of


class DynamoRecords:
    """Implements `ports.Records`."""

    def __init__(self, dynamo: Dynamo, *, retention_s: int = 0) -> None:
        """Use these tables.

        Args:
            dynamo: The client.
            retention_s: Entries expire after so many seconds; 0 keeps them for ever.
        """
        self._dynamo = dynamo
        self._writes = Writes(dynamo, retention_s)

    def get(self, kind: type[R], owner: str, name: str = "") -> R | None:
        """See `ports.Records`."""
        item = self._dynamo.get(model_of(kind), owner, item_of(kind, name), consistent=True)
        return _record(kind, owner, name, item.data, item.version) if item else None

    def several(self, kind: type[R], names: Sequence[Name]) -> dict[Name, R]:
        """See `ports.Records`; 100 records a request."""
        model, found = model_of(kind), {}
        for at in range(0, len(names), BATCH_GET_MAX):
            keys: list[Key] = [
                (model, name.owner, item_of(kind, name.name))
                for name in names[at : at + BATCH_GET_MAX]
            ]
            for raw in self._dynamo.batch_get(keys, consistent=True):
                record = _from_raw(kind, raw)
                found[Name(record.owner, record.name)] = record
        return found

    def page(
        self, kind: type[R], owner: str, after: str | None, limit: int
    ) -> tuple[list[R], str | None]:
        """See `ports.Records`; one request."""
        prefix = item_of(kind, "#")[:-1]
        raw, next_ = self._dynamo.page(model_of(kind), owner, prefix, after, limit, consistent=True)
        return [_from_raw(kind, one) for one in raw], next_

    def commit(self, commit: Commit) -> None:
        """See `ports.Records`; two units for each KB of each item."""
        parts = [part for write in commit for part in self._writes.parts(write)]
        try:
            self._dynamo.transact(parts, token=str(uuid.uuid4()))
        except TransactionFailed as failed:
            raise CommitConflict from failed


_OWNER = {"user": "user_id", "conversation": "conversation_id", "catalog": "kind"}


def _from_raw(kind: type[R], raw: Raw) -> R:
    owner = raw[_OWNER[kind.OF]]["S"]
    name = raw["item"]["S"].removeprefix(kind.KIND).removeprefix("#")
    return _record(kind, owner, name, raw["data"]["S"], raw["version"]["N"])


def _record(kind: type[R], owner: str, name: str, data: str, version: float | str) -> R:
    known = json.loads(data)
    whole = {**known, "owner": owner, "name": name, "version": int(version)}
    return cast("R", adapter_of(kind).validate_python(whole))
