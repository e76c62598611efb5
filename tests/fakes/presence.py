"""When users were seen last, in memory."""

from collections.abc import Sequence

from tests.fakes.tables import FakeTables


class FakePresence:
    """Implements `ports.Presence`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def note(self, user_id: str, at: int) -> None:
        """See `ports.Presence`."""
        with self._tables.step("note presence"):
            known = self._tables.last_seen
            known[user_id] = max(at, known.get(user_id, at))

    def last_seen(self, user_ids: Sequence[str]) -> dict[str, int]:
        """See `ports.Presence`."""
        if not user_ids:
            return {}
        with self._tables.step("get presence"):
            known = self._tables.last_seen
            return {user_id: known[user_id] for user_id in user_ids if user_id in known}
