"""Timelines in memory."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from chirrup.domain.messages import Entry, Json, encode_json
from chirrup.ports.records import Put
from chirrup.ports.timelines import Change, ChangeConflict
from tests.fakes.conversations import moved_on
from tests.fakes.tables import FakeTables


class FakeTimeline:
    """Implements `ports.Timeline`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def append(self, entry: Entry) -> Entry | None:
        """See `ports.Timeline`."""
        with self._tables.step("append"):
            entries = self._of(entry.conversation_id)
            taken = entries.get(entry.seq)
            if taken is None:
                entries[entry.seq] = stored(entry)
        return taken

    def change(self, change: Change) -> None:
        """See `ports.Timeline`."""
        entry, target, head = change.entry, change.target, change.head
        if entry.seq == target.seq:
            raise RuntimeError("a transaction may write an item only once")
        with self._tables.step("change"):
            entries = self._of(entry.conversation_id)
            taken = entries.get(entry.seq)
            known = entries.get(target.seq)
            now = self._tables.head(entry.conversation_id)
            fits = (
                taken is None
                and known is not None
                and known.revision == target.revision - 1
                and now is not None
                and now.last_seq < head.last_seq
                and _preview_seq(now.preview) == _preview_seq(change.read.preview)
            )
            if not fits or now is None:
                raise ChangeConflict(taken)
            for write in change.records:
                if not isinstance(write, Put):
                    raise TypeError("only records are stored with a change")
                record = write.record
                key = type(record), record.owner, record.name
                there = self._tables.records.get(key)
                if (there.version if there else 0) != record.version:
                    raise ChangeConflict(taken)
                self._tables.records[key] = replace(record, version=record.version + 1)
            entries[entry.seq] = stored(entry)
            entries[target.seq] = stored(target)
            self._tables.heads[head.conversation_id].append(moved_on(now, head))

    def get(self, conversation_id: str, seqs: Sequence[int]) -> dict[int, Entry]:
        """See `ports.Timeline`."""
        if not seqs:
            return {}
        with self._tables.step("get entries"):
            entries = self._of(conversation_id)
            return {seq: entries[seq] for seq in seqs if seq in entries}

    def after(self, conversation_id: str, seq: int, limit: int) -> list[Entry]:
        """See `ports.Timeline`."""
        return self._page(conversation_id, lambda entry: entry.seq > seq, limit, forward=True)

    def before(self, conversation_id: str, seq: int | None, floor: int, limit: int) -> list[Entry]:
        """See `ports.Timeline`."""
        if seq is not None and seq <= floor + 1:
            return []

        def inside(entry: Entry) -> bool:
            return entry.seq > floor and (seq is None or entry.seq < seq)

        return self._page(conversation_id, inside, limit, forward=False)[::-1]

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
        if below <= 1 or horizon <= 0:
            return None, below <= 1
        with self._tables.step("find sent"):
            older = [entry for entry in self._ascending(conversation_id) if entry.seq < below]
        for entry in older[::-1][:horizon]:
            if entry.sender_id == sender_id and entry.client_id == client_id:
                return entry, True
            if entry.sent_at < since:
                return None, True
        return None, len(older) <= horizon

    def _page(
        self, conversation_id: str, inside: Callable[[Entry], bool], limit: int, *, forward: bool
    ) -> list[Entry]:
        """Entries in the order of reading; see `tables.Torn`."""

        def read() -> list[Entry]:
            with self._tables.step("read page"):
                found = [entry for entry in self._ascending(conversation_id) if inside(entry)]
            return found if forward else found[::-1]

        page = read()[:limit]
        whole = self._tables.torn(len(page))
        if whole < len(page):
            page = page[:whole]
            last = page[-1].seq
            later = [entry for entry in read() if (entry.seq > last) == forward]
            page += [entry for entry in later if entry.seq != last][: limit - whole]
        return page

    def _of(self, conversation_id: str) -> dict[int, Entry]:
        return self._tables.entries.setdefault(conversation_id, {})

    def _ascending(self, conversation_id: str) -> list[Entry]:
        entries = self._of(conversation_id)
        return [entries[seq] for seq in sorted(entries)]


def _preview_seq(preview: object) -> int:
    return getattr(preview, "seq", 0)


def stored(entry: Entry) -> Entry:
    """The entry as it comes back from a store: objects are JSON by then."""
    previous = None if entry.previous is None else _as_json(entry.previous)
    return replace(entry, content=_as_json(entry.content), previous=previous)


def _as_json(value: Json) -> Json:
    decoded: Json = json.loads(encode_json(value))
    return decoded
