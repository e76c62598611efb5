"""Rosters in memory."""

from chirrup.domain.audiences import Page
from chirrup.domain.rosters import CHUNKS, Roster, RosterChunk
from tests.fakes.tables import FakeTables


class FakeRosters:
    """Implements `ports.fanout.Rosters`; knows nothing older than what is stored."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def roster(self, conversation_id: str, version: int, page: Page) -> Roster:
        """See `ports.fanout.Rosters`."""
        wanted = {f"{chunk:02d}" for chunk in page.chunks(CHUNKS)}
        with self._tables.step("get roster"):
            return Roster.of(
                record
                for record in self._tables.records.values()
                if isinstance(record, RosterChunk)
                and record.owner == conversation_id
                and record.name in wanted
            )
