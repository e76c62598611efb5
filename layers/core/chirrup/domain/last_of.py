"""Whom the last entries of a timeline concern: how a member that was read too early is noticed.

Head and member of a conversation are read at the same time, so the member may be the older of the
two. A head that knows of a later entry of this user than the member does says so. It knows that of
the last few users; for everyone else it knows when the last entry was that it has forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chirrup.domain.ids import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chirrup.domain.messages import Entry

KEPT = 8
"""Users (some 25 bytes each), so that the head stays below 1 KB: one write unit."""
DOUBT_MS = 2_000
"""What a member item knew longer ago than this is in one that is read consistently now. The clocks
of Lambda are synchronised to some milliseconds (Amazon Time Sync); the rest is reserve."""


@dataclass(frozen=True, slots=True)
class LastOf:
    """The last entry that concerns each of the last users.

    Attributes:
        seqs: By a short hash of the user id: seq, and when the user's member item knew of it at
            the latest (ms since epoch, up to whole seconds).
        floor: Entries up to this seq may concern users who are not named; 0 for none.
        floor_at: When all of their member items knew of them at the latest (ms since epoch).
    """

    seqs: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    floor: int = 0
    floor_at: int = 0

    def seq(self, user_id: str) -> int:
        """The last entry that is known to concern the user; 0 if none is."""
        return self.seqs.get(short_hash(user_id), (0, 0))[0]

    def newer_than(self, known_seq: int, user_id: str, now: int) -> bool:
        """Whether there is, or may be, an entry that what is known of the user does not reflect.

        Args:
            known_seq: Everything up to it is in what was read of the user.
            user_id: Whose.
            now: When the reading began (ms since epoch).
        """
        seq = self.seq(user_id)
        if seq:
            return seq > known_seq
        return self.floor > known_seq and self.floor_at > now - DOUBT_MS

    def after(self, entries: Iterable[Entry], at: int) -> LastOf:
        """The same once these entries have been stored behind.

        Args:
            entries: Ascending.
            at: Not before their users' member items know of them (ms since epoch). When an entry
                was made says nothing: what a crash has left is settled much later.
        """
        seqs = dict(self.seqs)
        for entry in entries:
            for user_id in entry.concerns:
                seqs[short_hash(user_id)] = entry.seq, _up_to_seconds(at)
        if len(seqs) <= KEPT:
            return LastOf(seqs, self.floor, self.floor_at)
        ordered = sorted(seqs.items(), key=lambda one: one[1])
        forgotten = [one for _, one in ordered[:-KEPT]]
        floor = max(seq for seq, _ in forgotten)
        floor_at = max(at for _, at in forgotten)
        return LastOf(dict(ordered[-KEPT:]), floor, max(floor_at, self.floor_at))


def _up_to_seconds(ms: int) -> int:
    """Later rather than earlier: it may only raise doubts."""
    return -(-ms // 1000) * 1000
