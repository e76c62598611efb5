"""What those see who have left a group: its messages as they were then.

What is written there afterwards is not theirs, be it by an edit of something that they had seen. A
recall alone reaches them: what was taken back is gone from every read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chirrup.domain.conversations import Member
from chirrup.domain.messages import EDITED, REACTED, Entry
from chirrup.ports.timelines import Timeline
from chirrup.service.appending import TAIL

PAGES = 10
"""Of 500 entries; edits end after a day, and few groups write 5,000 in one."""


def as_left(timeline: Timeline, member: Member, messages: Iterable[Entry]) -> dict[int, Entry]:
    """Those of some messages that were changed since a member has left, as they were before.

    Args:
        timeline: Where what was changed is looked up.
        member: Who has left.
        messages: What they read; those that were never changed cost nothing.
    """
    changed = {one.seq: one for one in messages if one.revision and one.countable}
    found: dict[int, Entry] = {}
    texts: set[int] = set()
    wanted = {seq for seq, one in changed.items() if not one.recalled}
    for change in _since(timeline, member) if wanted else ():
        seq = change.changes or 0
        if seq not in wanted:
            continue
        message = found.get(seq, changed[seq])
        if change.type == EDITED:
            # The first edit that is met tells the text of before, unless it has left it as it was.
            content = message.content
            if change.previous is not None and seq not in texts:
                content = change.previous
                texts.add(seq)
            edits = message.edits - 1
            at = message.edited_at if edits else None
            found[seq] = replace(message, content=content, edits=edits, edited_at=at)
        elif change.type == REACTED:
            # Who had reacted before cannot be told any more.
            found[seq] = replace(message, reactions={})
    return found


def _since(timeline: Timeline, member: Member) -> Iterator[Entry]:
    seq = member.left_seq
    for _ in range(PAGES):
        page = timeline.after(member.conversation_id, seq, TAIL)
        yield from page
        if len(page) < TAIL:
            return
        seq = page[-1].seq
