"""Records in DynamoDB, and commits, which are transactions."""

import json
import uuid
from collections.abc import Sequence
from typing import cast

from chirrup.domain.records import Name, R
from chirrup.domain.rosters import Roster, RosterChunk
from chirrup.ports.records import Commit, CommitConflict
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo, Key
from chirrup.storage.failures import Raw, TransactionFailed
from chirrup.storage.writes import Writes, adapter_of, item_of, model_of

ROSTER_PAGE = 1000
"""More chunks than there are: DynamoDB ends a page at 1 MB by itself."""
USERS_KEPT = 50_000
"""Users in all rosters that a warm function remembers; 10,000 take some 1.3 MB."""


class DynamoRecords:
    """Implements `ports.Records` and `ports.Rosters`."""

    def __init__(self, dynamo: Dynamo, *, retention_s: int = 0) -> None:
        """Use these tables.

        Args:
            dynamo: The client.
            retention_s: Entries expire after so many seconds; 0 keeps them for ever.
        """
        self._dynamo = dynamo
        self._writes = Writes(dynamo, retention_s)
        self._rosters: dict[str, tuple[int, Roster]] = {}

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

    def roster(self, conversation_id: str, version: int) -> Roster:
        """See `ports.Rosters`; read when this process knows only an older one."""
        known = self._rosters.get(conversation_id)
        if known and known[0] >= version:
            return known[1]
        chunks, after = self.page(RosterChunk, conversation_id, None, ROSTER_PAGE)
        while after is not None:
            more, after = self.page(RosterChunk, conversation_id, after, ROSTER_PAGE)
            chunks += more
        roster = Roster.of(chunks)
        self._remember(conversation_id, version, roster)
        return roster

    def _remember(self, conversation_id: str, version: int, roster: Roster) -> None:
        """Keep a roster, and forget the oldest while all together hold too many users."""
        self._rosters.pop(conversation_id, None)
        self._rosters[conversation_id] = version, roster
        while len(self._rosters) > 1 and self._users_known() > USERS_KEPT:
            del self._rosters[next(iter(self._rosters))]

    def _users_known(self) -> int:
        return sum(len(roster.since) for _, roster in self._rosters.values())


def _from_raw(kind: type[R], raw: Raw) -> R:
    owner = raw["user_id" if kind.OF == "user" else "conversation_id"]["S"]
    name = raw["item"]["S"].removeprefix(kind.KIND).removeprefix("#")
    return _record(kind, owner, name, raw["data"]["S"], raw["version"]["N"])


def _record(kind: type[R], owner: str, name: str, data: str, version: float | str) -> R:
    known = json.loads(data)
    whole = {**known, "owner": owner, "name": name, "version": int(version)}
    return cast("R", adapter_of(kind).validate_python(whole))
