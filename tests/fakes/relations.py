"""Friends and blocks in memory."""

from collections.abc import Sequence

from chirrup.domain.friends import Block, Friend
from tests.fakes.tables import FakeTables


class FakeRelations:
    """Implements `ports.Relations`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def friends_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Relations`."""
        if not others:
            return set()
        with self._tables.step("get friends"):
            return {other for other in others if (Friend, user_id, other) in self._tables.records}

    def blockers_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Relations`."""
        if not others:
            return set()
        with self._tables.step("get blocks"):
            return {other for other in others if (Block, other, user_id) in self._tables.records}
