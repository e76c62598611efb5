"""Settling a message on its sender's member item, one attempt at a time."""

from dataclasses import replace

from chirrup.domain.conversations import Member
from chirrup.domain.rates import INTERVAL_MS, Rate
from chirrup.domain.recent import Recent
from chirrup.ports.conversations import Settlement


class Settle:
    """The conditional update that the DynamoDB store tries, and what it tries next."""

    def __init__(self, settlement: Settlement) -> None:
        self._one = settlement
        self._record = settlement.record.encode()
        self._read = settlement.member.recent if settlement.member else None
        self._trim = (
            self._read is not None and self._read.full and self._record not in self._read.records
        )
        self._cursor = True

    def on(self, now: Member | None) -> Member | None:
        """The member after the update; None where its condition does not hold."""
        if now is None or (self._cursor and now.read_seq >= self._one.seq):
            return None
        recent = now.recent
        if self._trim and self._read is not None:
            if recent.records != self._read.records:
                return None
            recent = self._read.trimmed()
        settled = replace(
            now,
            rate=self._charged(now.rate),
            recent=Recent(recent.records | {self._record}, recent.complete_since),
        )
        if not self._cursor:
            return settled
        one = self._one
        return replace(settled, read_seq=one.seq, read_count=one.count, read_alls=one.alls)

    def meets(self, now: Member) -> bool:
        """After a refusal: whether all is there already; if not, what to try next."""
        self._cursor = now.read_seq < self._one.seq
        self._trim = False
        return not self._cursor and self._record in now.recent.records

    def _charged(self, now: Rate) -> Rate:
        """The charge, added up where the bucket is in use."""
        if self._one.rate is None or self._one.member is None:
            return Rate(now.due + INTERVAL_MS, now.minute, now.sent + 1)
        before, after = self._one.member.rate, self._one.rate
        add_up = before.due and after.due == before.due + INTERVAL_MS
        due = now.due + INTERVAL_MS if add_up else after.due
        if after.minute == before.minute:
            return Rate(due, now.minute, now.sent + 1)
        return Rate(due, after.minute, 1)
