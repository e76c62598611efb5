"""Retries: the message that an earlier attempt stored, wherever it has come to stand."""

from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import client_time
from chirrup.domain.messages import Entry
from chirrup.ports.timelines import Timeline
from chirrup.service.appending import TAIL, Appended, is_message

LATE_MS = 10 * 60 * 1000
"""How far a device's clock may be ahead for its ids still to be found by their own time."""
HORIZON = 5_000
"""Entries that a marked retry is searched in."""
SHORT_HORIZON = 200
"""The same where nothing says that it is a retry, or the client_id is no ULID or UUIDv7 and tells
nothing of its age: a device whose clock is slow must not pay for a long search with each send."""


def find_earlier(
    timeline: Timeline, head: Head, member: Member, client_id: str, attempt: int
) -> Entry | None:
    """The message that this client_id names already, if there is one.

    The last messages stand on the member item. Older ones are searched for where the id's own
    time, or a marked attempt, says that it may be one of them; only up to the head, since the
    put runs into whatever stands above it.

    Raises:
        ChirrupError: `conflict` where the search for a marked retry must give up.
    """
    record = member.recent.find(client_id)
    if record:
        found = timeline.get(member.conversation_id, [record.seq]).get(record.seq)
        if found and is_message(found, member.user_id, client_id):
            return found
    made_at = client_time(client_id)
    complete_since = member.recent.complete_since
    marked = attempt > 1
    late = LATE_MS if marked else 0
    if not complete_since or (made_at is not None and made_at - late > complete_since):
        return None
    found, complete = timeline.find_sent(
        member.conversation_id,
        member.user_id,
        client_id,
        below=head.last_seq + 1,
        since=0 if made_at is None else made_at - LATE_MS,
        horizon=HORIZON if marked and made_at is not None else SHORT_HORIZON,
    )
    if found is None and not complete and marked and made_at is not None:
        raise ChirrupError(ErrorCode.CONFLICT, reason="too_old_to_retry")
    return found


def found_again(timeline: Timeline, head: Head, entry: Entry) -> Appended:
    """An earlier attempt's message, which crashed before it moved the head, perhaps."""
    if entry.seq <= head.last_seq:
        return Appended(entry, duplicate=True)
    above = timeline.after(entry.conversation_id, head.last_seq, TAIL)
    passed = tuple(other for other in above if other.seq < entry.seq)
    return Appended(entry, passed, duplicate=True)


def stored_above(timeline: Timeline, head: Head, sender_id: str, client_id: str) -> Appended | None:
    """A message that stands above the head already, as a crash leaves it."""
    passed: list[Entry] = []
    for entry in timeline.after(head.conversation_id, head.last_seq, TAIL):
        if is_message(entry, sender_id, client_id):
            return Appended(entry, tuple(passed), duplicate=True)
        passed.append(entry)
    return None
