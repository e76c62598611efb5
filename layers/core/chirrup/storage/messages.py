"""Timelines in DynamoDB: one item an entry."""

import uuid
from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chirrup.domain.messages import Entry
from chirrup.ports.timelines import Change, ChangeConflict
from chirrup.storage.conversation_items import advance_actions
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.entry_items import entry_in, entry_item, entry_of
from chirrup.storage.failures import ConditionFailed, Raw, TransactionFailed
from chirrup.storage.models import HEAD, EntryItem, HeadItem
from chirrup.storage.writes import Writes

SEARCH_PAGE = 500


class DynamoTimeline:
    """Implements `ports.Timeline`."""

    def __init__(self, dynamo: Dynamo, *, retention_s: int = 0) -> None:
        """Use these tables.

        Args:
            dynamo: The client.
            retention_s: Entries expire after so many seconds; 0 keeps them for ever.
        """
        self._dynamo = dynamo
        self._retention_s = retention_s
        self._writes = Writes(dynamo, retention_s)

    def append(self, entry: Entry) -> Entry | None:
        """See `ports.Timeline`."""
        try:
            self._dynamo.put(entry_item(entry, self._retention_s), EntryItem.seq.does_not_exist())
        except ConditionFailed as failed:
            if failed.item is None:
                raise
            return entry_of(failed.item)
        return None

    def change(self, change: Change) -> None:
        """See `ports.Timeline`."""
        target, head = change.target, change.head
        read_preview = change.read.preview.seq if change.read.preview else 0
        parts = [
            ("Put", self._put(change.entry, EntryItem.seq.does_not_exist())),
            ("Put", self._put(target, EntryItem.revision == target.revision - 1)),
            (
                "Update",
                self._dynamo.update_request(
                    HeadItem,
                    head.conversation_id,
                    HEAD,
                    advance_actions(head),
                    (HeadItem.last_seq < head.last_seq) & (HeadItem.preview_seq == read_preview),
                ),
            ),
            *(part for write in change.records for part in self._writes.parts(write)),
        ]
        try:
            self._dynamo.transact(parts, token=str(uuid.uuid4()))
        except TransactionFailed as failed:
            taken = failed.reasons[0][1] if failed.reasons else None
            raise ChangeConflict(entry_of(taken) if taken else None) from failed

    def get(self, conversation_id: str, seqs: Sequence[int]) -> dict[int, Entry]:
        """See `ports.Timeline`."""
        if len(seqs) == 1:
            item = self._dynamo.get(EntryItem, conversation_id, seqs[0], consistent=True)
            return {seqs[0]: entry_in(item)} if item else {}
        found: dict[int, Entry] = {}
        for at in range(0, len(seqs), BATCH_GET_MAX):
            keys = [(EntryItem, conversation_id, seq) for seq in seqs[at : at + BATCH_GET_MAX]]
            entries = map(entry_of, self._dynamo.batch_get(keys, consistent=True))
            found.update({entry.seq: entry for entry in entries})
        return found

    def after(self, conversation_id: str, seq: int, limit: int) -> list[Entry]:
        """See `ports.Timeline`."""
        return self._pages(conversation_id, seq, None, limit, forward=True)

    def before(self, conversation_id: str, seq: int | None, floor: int, limit: int) -> list[Entry]:
        """See `ports.Timeline`."""
        return self._pages(conversation_id, floor, seq, limit, forward=False)[::-1]

    def find_sent(
        self,
        conversation_id: str,
        sender_id: str,
        client_id: str,
        *,
        below: int,
        since: int,
        horizon: int,
    ) -> tuple[Entry | None, bool]:
        """See `ports.Timeline`."""
        mine = (EntryItem.sender_id == sender_id) & (EntryItem.client_id == client_id)
        # One entry beyond `since` must be seen to know that the search may end, hence the "or".
        where = mine | (EntryItem.sent_at < since)
        left = horizon
        while left > 0 and below > 1:
            raw, more = self._dynamo.query(
                EntryItem,
                conversation_id,
                EntryItem.seq < below,
                limit=min(left, SEARCH_PAGE),
                forward=False,
                where=where,
            )
            for entry in map(entry_of, raw):
                if entry.sender_id == sender_id and entry.client_id == client_id:
                    return entry, True
                if entry.sent_at < since:
                    return None, True
            if more is None:
                return None, True
            # DynamoDB ends a page at 1 MB too, so what was looked at is counted by seq.
            last = int(more["seq"]["N"])
            left -= below - last
            below = last
        return None, below <= 1

    def _pages(
        self, conversation_id: str, low: int, high: int | None, limit: int, *, forward: bool
    ) -> list[Entry]:
        """Entries between two seqs, in the order of reading, up to the limit.

        DynamoDB ends a page at 1 MB whatever the limit, hence the loop.
        """
        entries: list[Entry] = []
        while high is None or high > low + 1:
            seqs = EntryItem.seq > low if high is None else EntryItem.seq.between(low + 1, high - 1)
            raw, more = self._dynamo.query(
                EntryItem, conversation_id, seqs, limit=limit - len(entries), forward=forward
            )
            entries.extend(map(entry_of, raw))
            if more is None or len(entries) >= limit:
                break
            low, high = (entries[-1].seq, high) if forward else (low, entries[-1].seq)
        return entries

    def _put(self, entry: Entry, condition: Condition) -> Raw:
        return self._dynamo.put_request(entry_item(entry, self._retention_s), condition)
