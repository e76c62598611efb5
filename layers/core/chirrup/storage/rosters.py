"""Rosters read for a push: straight from the items, without the models of records."""

import json
from typing import TYPE_CHECKING

from chirrup.domain.audiences import Page
from chirrup.domain.rosters import CHUNKS, Roster, RosterChunk
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.models import ConversationRecordItem

if TYPE_CHECKING:
    from chirrup.storage.failures import Raw

USERS_KEPT = 50_000
"""Users in all rosters that a warm function remembers; 10,000 take some 1.3 MB."""
_Known = dict[tuple[str, Page], tuple[int, Roster]]


class DynamoRosters:
    """Implements `ports.fanout.Rosters`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo
        self._known: _Known = {}

    def roster(self, conversation_id: str, version: int, page: Page) -> Roster:
        """See `ports.fanout.Rosters`; read when this process knows only an older one."""
        known = self._known.get((conversation_id, page))
        if known and known[0] >= version:
            return known[1]
        roster = self._read(conversation_id, page)
        self._remember((conversation_id, page), version, roster)
        return roster

    def _read(self, conversation_id: str, page: Page) -> Roster:
        """One query for each MB; a page of 10 takes a tenth of the units of the whole."""
        names = page.chunks(CHUNKS)
        first, last = (f"{RosterChunk.KIND}#{name:02d}" for name in (names[0], names[-1]))
        since: dict[str, int] = {}
        muted: set[str] = set()
        more: Raw | None = None
        while True:
            items, more = self._dynamo.query(
                ConversationRecordItem,
                conversation_id,
                ConversationRecordItem.item.between(first, last),
                limit=CHUNKS,
                after=more,
            )
            for item in items:
                chunk = json.loads(item["data"]["S"])
                since |= chunk.get("since", {})
                muted.update(chunk.get("muted", ()))
            if more is None:
                return Roster(since, frozenset(muted))

    def _remember(self, key: tuple[str, Page], version: int, roster: Roster) -> None:
        """Keep a roster, and forget the oldest while all together hold too many users."""
        self._known.pop(key, None)
        self._known[key] = version, roster
        while len(self._known) > 1 and self._users_known() > USERS_KEPT:
            del self._known[next(iter(self._known))]

    def _users_known(self) -> int:
        return sum(len(roster.since) for _, roster in self._known.values())
