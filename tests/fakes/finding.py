"""Finding in memory, a few entries at a time, as a store that reads timelines does."""

from collections.abc import Sequence

from chirrup.domain.finding import Criteria
from chirrup.ports.finding import Found, Stretch
from tests.fakes.tables import FakeTables


class FakeFinder:
    """Implements `ports.finding.Finder`.

    Attributes:
        affords: How many entries it looks at in one go.
    """

    def __init__(self, tables: FakeTables, affords: int = 4_000) -> None:
        self._tables = tables
        self.affords = affords

    def find(self, stretches: Sequence[Stretch], criteria: Criteria, entries: int) -> list[Found]:
        """See `ports.finding.Finder`."""
        found: list[Found] = []
        left = min(self.affords, entries)
        with self._tables.step("find"):
            for stretch in stretches:
                if left > 0:
                    found.append(self._in(stretch, criteria, left))
                    left -= found[-1].looked
                    if found[-1].reached is not None:
                        break
        return found

    def _in(self, stretch: Stretch, criteria: Criteria, left: int) -> Found:
        seqs: list[int] = []
        reached, looked = None, 0
        entries = self._tables.entries.get(stretch.conversation_id, {})
        top = max(entries, default=0)
        for seq in range(min(top, (stretch.below or top + 1) - 1), 0, -1):
            inside = any(one.first <= seq <= (one.last or seq) for one in stretch.spans)
            if not inside or seq not in entries:
                continue
            if looked == left:
                return Found(tuple(seqs), reached, looked)
            entry = entries[seq]
            said = criteria.match(entry.type, entry.content)
            since = stretch.edited_since
            edited = since is not None and (entry.edited_at or -1) >= since
            if criteria.allow(entry) and (said or edited):
                seqs.append(seq)
            reached, looked = seq, looked + 1
        return Found(tuple(seqs), None, looked)


class FakeActivity:
    """Implements `ports.finding.Activity`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def ids(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`."""
        with self._tables.step("query by user"):
            return sorted(self._tables.by_user.get(user_id, []))

    def newest_first(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`."""
        ids = self.ids(user_id)
        with self._tables.step("get heads"):
            heads = {id_: self._tables.head(id_) for id_ in ids}

        def sent(id_: str) -> int:
            head = heads[id_]
            return head.preview.sent_at if head and head.preview else 0

        return sorted(ids, key=lambda id_: (-sent(id_), id_))
