"""Open WebSockets in DynamoDB: a string set for each user, changed element by element."""

from collections.abc import Iterator, Sequence

from pynamodb.attributes import NumberAttribute

from chirrup.domain.audiences import Page
from chirrup.domain.connections import LIFETIME_MS, Connection, part_of
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.failures import Raw
from chirrup.storage.models import ConnectionsItem

COUNTS = "~counts"
"""Where the counts stand, under a name that no user can have."""
_PART = "part_"


class DynamoConnections:
    """Implements `ports.Connections`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def add(self, user_id: str, connection: Connection) -> list[Connection]:
        """See `ports.Connections`; an atomic upsert, and an atomic count: two write units.

        In this order: who sees the count finds the connection, if asking consistently.
        """
        item = self._dynamo.update(
            ConnectionsItem,
            user_id,
            None,
            [
                ConnectionsItem.sockets.add({connection.encode()}),
                ConnectionsItem.expires_at.set((connection.connected_at + LIFETIME_MS) // 1000),
            ],
        )
        self._dynamo.update(
            ConnectionsItem,
            COUNTS,
            None,
            [NumberAttribute(attr_name=f"{_PART}{part_of(user_id)}").add(1)],
        )
        return [Connection.decode(text) for text in item.sockets or ()]

    def counted(self) -> dict[int, int]:
        """See `ports.Connections`; half a read unit, since all counts together take 1 KB."""
        counts: dict[int, int] = {}
        for raw in self._dynamo.batch_get([(ConnectionsItem, COUNTS, None)], consistent=False):
            for name, value in raw.items():
                if name.startswith(_PART):
                    counts[int(name.removeprefix(_PART))] = int(value["N"])
        return counts

    def remove(self, user_id: str, connections: Sequence[Connection]) -> None:
        """See `ports.Connections`."""
        elements = {connection.encode() for connection in connections}
        if elements:
            self._dynamo.update(
                ConnectionsItem, user_id, None, [ConnectionsItem.sockets.delete(elements)]
            )

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        """See `ports.Connections`; 0.5 read units a user (1 consistent), 100 users a request."""
        found: dict[str, list[Connection]] = {}
        for at in range(0, len(user_ids), BATCH_GET_MAX):
            keys = [
                (ConnectionsItem, user_id, None) for user_id in user_ids[at : at + BATCH_GET_MAX]
            ]
            for raw in self._dynamo.batch_get(keys, consistent=consistent):
                found[raw["user_id"]["S"]] = _sockets(raw)
        return found

    def scan(self, page: Page) -> Iterator[dict[str, list[Connection]]]:
        """See `ports.Connections`; 0.5 read units for each 4 KB, some 20 users."""
        more: Raw | None = None
        while True:
            items, more = self._dynamo.scan(ConnectionsItem, page.number, page.of, more)
            yield {raw["user_id"]["S"]: _sockets(raw) for raw in items if "sockets" in raw}
            if more is None:
                return


def _sockets(raw: Raw) -> list[Connection]:
    # Without a model: a push looks up a hundred items at once, and has no use for more of them.
    return [Connection.decode(text) for text in raw.get("sockets", {}).get("SS", ())]
