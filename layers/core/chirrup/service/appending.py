"""Appending to a timeline, which is its own sequencer.

The order of the writes carries the proof. First the entry is put at last+1 on the condition that
nothing stands there, then its sender's member item is settled (cursor, client_id), then the head
moves on. A put that finds its seq taken settles the entries that it passes, in their order,
before its own. So two things hold whoever crashes, and wherever:

* a settled entry has only settled entries below it;
* everything at or below the head is settled.

Hence a retry finds its message on the member item, or by running into it above the head; and the
sender's cursor has passed all of the sender's own messages that the head counts, which keeps
unread exact.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from chirrup.domain.conversations import End, Head, Member, preview_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import Entry
from chirrup.domain.rates import Rate
from chirrup.domain.recent import Record
from chirrup.ports import Clock
from chirrup.ports.conversations import Settlement
from chirrup.ports.timelines import Timeline

CLIMB = 4
"""Puts in a row before the tail is read again: a failed put proves that its seq is taken, so
trying the next one at once is cheapest up to about 100 messages/s (see the timeline ADR)."""
ROUNDS = 8
"""Rounds of climbing before a send is refused as `rate_limited`, rather than to collapse."""
PAUSE_MS = 5
"""First pause between two rounds, on average; it doubles."""
TAIL = 500
"""Entries read at once where the head has fallen far behind."""


@dataclass(frozen=True, slots=True)
class Appended:
    """Where a message has come to stand.

    Attributes:
        passed: The entries that its put ran into on the way, ascending.
        duplicate: It stood there already.
    """

    entry: Entry
    passed: tuple[Entry, ...] = ()
    duplicate: bool = False


def append(
    timeline: Timeline,
    clock: Clock,
    head: Head,
    entry_after: Callable[[End], Entry],
    passing: Callable[[Entry], None],
) -> Appended:
    """Put a message at the end of its timeline, wherever that is by now.

    Args:
        timeline: Where.
        clock: For the pauses between rounds.
        head: Where the timeline had got to, as far as known.
        entry_after: Makes the entry that follows on an end.
        passing: Called for each entry that the put runs into, before it is tried above; what it
            raises comes out, and nothing is stored.

    Raises:
        ChirrupError: `rate_limited` when too many write at the same moment; nothing is stored.
    """
    passed: list[Entry] = []
    end = End(head.last_seq, head.count, head.alls)

    def step_over(taken: Entry) -> End:
        passing(taken)
        passed.append(taken)
        return End(taken.seq, taken.count, taken.alls)

    for round_ in range(ROUNDS):
        for _ in range(CLIMB):
            entry = entry_after(end)
            taken = timeline.append(entry)
            if taken is None:
                return Appended(entry, tuple(passed))
            if is_message(taken, entry.sender_id, entry.client_id):
                return Appended(taken, tuple(passed), duplicate=True)
            end = step_over(taken)
        clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311 - no secret
        for taken in timeline.after(head.conversation_id, end.seq, TAIL):
            if is_message(taken, entry.sender_id, entry.client_id):
                return Appended(taken, tuple(passed), duplicate=True)
            end = step_over(taken)
    raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)


def settlement_of(
    entry: Entry, member: Member | None = None, rate: Rate | None = None
) -> Settlement:
    """What a message means for its sender's member item."""
    return Settlement(
        conversation_id=entry.conversation_id,
        user_id=entry.sender_id,
        seq=entry.seq,
        count=entry.count,
        alls=entry.alls,
        record=Record.of(entry.seq, entry.sent_at, entry.client_id),
        member=member,
        rate=rate,
    )


def head_at(head: Head, appended: Appended, now: int) -> Head:
    """The head that a message moves the timeline to; its group and roster are not looked at.

    Args:
        head: As it was read.
        appended: The message, and what its put has passed; all settled.
        now: After that (ms since epoch).
    """
    entry = appended.entry
    return Head(
        conversation_id=entry.conversation_id,
        last_seq=entry.seq,
        count=entry.count,
        last_of=head.last_of.after((*appended.passed, entry), now),
        preview=preview_of(entry),
        alls=entry.alls,
    )


def is_message(entry: Entry, sender_id: str, client_id: str) -> bool:
    """Whether an entry is the sender's message with this client_id."""
    return entry.sender_id == sender_id and entry.client_id == client_id and entry.countable
