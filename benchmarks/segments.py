"""Packed segments, a prototype: some hundred messages of a conversation as one compressed item.

They would be written from the table's stream and read by the search in place of the timeline. See
docs/decisions/0020-search-reads-timelines.md for why they are not.
"""

import zlib
from collections.abc import Iterator, Sequence

from chirrup.domain.finding import Criteria, text_of
from chirrup.domain.messages import Entry, encode_json

MESSAGES = 250
"""In a segment."""
_END = "\x1f"


def pack(entries: Sequence[Entry]) -> bytes:
    """A segment: seqs, senders, types and times in columns, then the folded texts."""
    columns = [
        [entry.seq for entry in entries],
        [entry.sender_id for entry in entries],
        [entry.type for entry in entries],
        [entry.sent_at for entry in entries],
    ]
    texts = _END.join(text_of(entry.type, entry.content) for entry in entries)
    return zlib.compress(encode_json(columns) + b"\n" + texts.encode(), 9)


def find(segment: bytes, criteria: Criteria) -> Iterator[int]:
    """The seqs in a segment whose texts have all terms; most segments are done with by one look."""
    columns, _, texts = zlib.decompress(segment).decode().partition("\n")
    if not all(term in texts for term in criteria.terms):
        return
    seqs = map(int, columns.partition("]")[0].strip("[").split(","))
    for seq, text in zip(seqs, texts.split(_END), strict=True):
        if all(term in text for term in criteria.terms):
            yield seq
