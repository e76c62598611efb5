"""The sender's last messages in a conversation, kept on the member item: idempotency for free."""

from dataclasses import dataclass
from typing import NamedTuple

from chirrup.domain.ids import short_hash

FULL = 16
"""Records (30 bytes each) that may stand on a member item before it is trimmed, so that the item
stays under 1 KB and its update costs one write unit."""
KEPT = 8


class Record(NamedTuple):
    """One message that was sent: its seq, when (ms since epoch), and the hash of its client_id."""

    seq: int
    sent_at: int
    key: str

    def encode(self) -> str:
        """The text that is stored in the set."""
        return f"{self.seq}.{self.sent_at}.{self.key}"

    @staticmethod
    def of(seq: int, sent_at: int, client_id: str) -> "Record":
        """The record of a message."""
        return Record(seq, sent_at, short_hash(client_id))

    @staticmethod
    def decode(text: str) -> "Record":
        """The record that `encode` wrote."""
        seq, sent_at, key = text.split(".")
        return Record(int(seq), int(sent_at), key)


@dataclass(frozen=True, slots=True)
class Recent:
    """What a member item knows of the messages that its user sent.

    Attributes:
        records: Encoded records, as stored.
        complete_since: Every message stored after this time (ms since epoch) is among the
            records; 0 while nothing was ever trimmed.
    """

    records: frozenset[str] = frozenset()
    complete_since: int = 0

    def find(self, client_id: str) -> Record | None:
        """The record of this client_id, if it is among the last ones."""
        key = "." + short_hash(client_id)
        return next((Record.decode(text) for text in self.records if text.endswith(key)), None)

    @property
    def last_seq(self) -> int:
        """The highest seq among the records; 0 if there is none."""
        return max((Record.decode(text).seq for text in self.records), default=0)

    @property
    def last_sent_at(self) -> int:
        """When the newest of them was stored (ms since epoch); 0 if there is none."""
        return max((Record.decode(text).sent_at for text in self.records), default=0)

    @property
    def full(self) -> bool:
        """Whether the next update should trim."""
        return len(self.records) >= FULL

    def trimmed(self) -> "Recent":
        """The newest records only."""
        ordered = sorted(map(Record.decode, self.records))
        dropped, kept = ordered[:-KEPT], ordered[-KEPT:]
        since = max([self.complete_since, *(record.sent_at for record in dropped)])
        return Recent(frozenset(record.encode() for record in kept), since)
