"""Coming into a group and leaving it: what that makes of a member."""

from collections.abc import Iterable
from typing import Any

from chirrup.domain.conversations import STAYS_MAX, Member, Span
from chirrup.domain.groups import History
from chirrup.domain.messages import Entry
from chirrup.domain.rights import Role


def first_seen(entry: Entry, history: History) -> int:
    """The first seq that one sees who comes in with an entry."""
    return 1 if history is History.ALL else entry.seq


def joined(
    member: Member, entry: Entry, history: History, role: Role = Role.MEMBER
) -> dict[str, Any]:
    """The fields of one who comes in, perhaps again: nothing is unread, no mute holds.

    Args:
        member: As read; a new one for somebody who was never in.
        entry: By which they come in.
        history: What newcomers see.
        role: What they come in as.
    """
    since = first_seen(entry, history)
    earlier = member.stays
    if member.left_seq:
        earlier = (*earlier, Span(member.since, member.left_seq))
    return {
        "role": role,
        "since": since,
        "joined_seq": entry.seq,
        "left_seq": None,
        "left_count": None,
        "left_alls": None,
        "left_name": None,
        "stays": () if since == 1 else merged(earlier),
        "read_seq": entry.seq,
        "read_count": entry.count,
        "read_alls": entry.alls,
        "muted_until": None,
        "banned": None,
        "acl": entry.seq,
    }


def left(entry: Entry, name: str, *, banned: bool = False) -> dict[str, Any]:
    """The fields of one who leaves, or is removed, with an entry, which they still see.

    Args:
        entry: By which they go.
        name: What the group is called now: later names are not theirs to know.
        banned: They may not come again.
    """
    return {
        "role": None,
        "left_seq": entry.seq,
        "left_count": entry.count,
        "left_alls": entry.alls,
        "left_name": name,
        "muted_until": None,
        "banned": banned or None,
        "acl": entry.seq,
    }


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same seqs in as few spans as hold them, ascending; only the last are kept."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda one: one.first):
        last = whole[-1].last if whole else None
        if whole and last is not None and span.last is not None and span.first <= last + 1:
            whole[-1] = Span(whole[-1].first, max(last, span.last))
        else:
            whole.append(span)
    return tuple(whole[-STAYS_MAX:])
