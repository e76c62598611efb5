"""The items of the messages table, as the domain has them."""

import json
from typing import Any

from chirrup.domain.messages import Entry, Forwarded, Json, Quote, Recalled, encode_json
from chirrup.storage.failures import Raw
from chirrup.storage.models import EntryItem


def entry_item(entry: Entry, retention_s: int) -> EntryItem:
    """An entry as it is stored; it expires after its retention, unless that is 0."""
    item = EntryItem(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        sender_id=entry.sender_id,
        client_id=entry.client_id or None,
        type=entry.type,
        content=_json(entry.content),
        sent_at=entry.sent_at,
        running=entry.count,
        digest=entry.digest or None,
        revision=entry.revision,
        edits=entry.edits or None,
        edited_at=entry.edited_at,
        changes=entry.changes,
        alls=entry.alls or None,
    )
    if entry.quote:
        quote = entry.quote
        item.quote = _json([quote.seq, quote.sender_id, quote.type, quote.excerpt])
    if entry.forwarded:
        first = entry.forwarded
        item.forwarded = _json([first.conversation_id, first.seq, first.sender_id, first.sent_at])
    if entry.reactions:
        item.reactions = _json(entry.reactions)
    if entry.recalled:
        item.recalled_by, item.recalled_at = entry.recalled.by, entry.recalled.at
    if entry.previous is not None:
        item.previous = _json(entry.previous)
    if retention_s:
        item.expires_at = entry.sent_at // 1000 + retention_s
    return item


def _json(value: object) -> str:
    return encode_json(value).decode()


def entry_of(raw: Raw) -> Entry:
    """The entry in a raw item."""
    return entry_in(EntryItem.from_raw_data(raw))


def entry_in(item: EntryItem) -> Entry:
    quote: list[Any] | None = json.loads(item.quote) if item.quote else None
    forwarded: list[Any] | None = json.loads(item.forwarded) if item.forwarded else None
    reactions: dict[str, list[str]] = json.loads(item.reactions) if item.reactions else {}
    previous: Json | None = json.loads(item.previous) if item.previous else None
    recalled = None
    if item.recalled_by is not None and item.recalled_at is not None:
        recalled = Recalled(item.recalled_by, int(item.recalled_at))
    return Entry(
        conversation_id=item.conversation_id,
        seq=int(item.seq),
        sender_id=item.sender_id,
        client_id=item.client_id or "",
        type=item.type,
        content=json.loads(item.content),
        sent_at=int(item.sent_at),
        count=int(item.running),
        digest=item.digest or "",
        revision=int(item.revision),
        quote=Quote(*quote) if quote else None,
        edits=int(item.edits or 0),
        edited_at=None if item.edited_at is None else int(item.edited_at),
        reactions={kind: tuple(users) for kind, users in reactions.items()},
        recalled=recalled,
        changes=None if item.changes is None else int(item.changes),
        previous=previous,
        alls=int(item.alls or 0),
        forwarded=Forwarded(*forwarded) if forwarded else None,
    )
