"""Open WebSockets in memory."""

from collections.abc import Iterator, Sequence
from zlib import crc32

from chirrup.domain.audiences import Page
from chirrup.domain.connections import Connection, part_of
from tests.fakes.tables import FakeTables


class FakeConnections:
    """Implements `ports.Connections`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def add(self, user_id: str, connection: Connection) -> list[Connection]:
        """See `ports.Connections`."""
        with self._tables.step("add connection"):
            sockets = self._tables.sockets.setdefault(user_id, set())
            sockets.add(connection)
            present = list(sockets)
        with self._tables.step("count connection"):
            part = part_of(user_id)
            self._tables.connected[part] = self._tables.connected.get(part, 0) + 1
        return present

    def counted(self) -> dict[int, int]:
        """See `ports.Connections`."""
        with self._tables.step("get counts"):
            return dict(self._tables.connected)

    def remove(self, user_id: str, connections: Sequence[Connection]) -> None:
        """See `ports.Connections`."""
        if not connections:
            return
        with self._tables.step("remove connections"):
            self._tables.sockets.setdefault(user_id, set()).difference_update(connections)

    def of(
        self, user_ids: Sequence[str], *, consistent: bool = False
    ) -> dict[str, list[Connection]]:
        """See `ports.Connections`."""
        if not user_ids:
            return {}
        with self._tables.step("get connections"):
            sockets = self._tables.sockets
            return {user_id: list(sockets[user_id]) for user_id in user_ids if user_id in sockets}

    def scan(self, page: Page) -> Iterator[dict[str, list[Connection]]]:
        """See `ports.Connections`; two users at a time."""
        mine = [
            user
            for user in sorted(self._tables.sockets)
            if crc32(user.encode()) % page.of == page.number
        ]
        for at in range(0, len(mine), 2):
            with self._tables.step("scan connections"):
                yield {user: list(self._tables.sockets[user]) for user in mine[at : at + 2]}
