"""Exact unread, and the preview of a list."""

import json

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.conversations import (
    PREVIEW_MAX,
    End,
    Member,
    Preview,
    Settings,
    preview_of,
    unread,
)
from chirrup.domain.messages import recall
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, message, text

NOTHING = Settings()


def member(read_seq: int, read_count: int) -> Member:
    return Member(CHAT, "bob", read_seq=read_seq, read_count=read_count)


def test_unread_is_what_counts_after_the_cursor() -> None:
    assert unread(End(14, 12, 0), member(7, 5), NOTHING) == 7


def test_unread_is_never_negative() -> None:
    assert unread(End(9, 3, 0), member(9, 5), NOTHING) == 0


def test_hidden_messages_are_not_unread_while_they_lie_after_the_cursor() -> None:
    hidden = Settings(hidden=frozenset({3, 6, 8}), hidden_unread=frozenset({6, 8}))
    assert unread(End(10, 10, 0), member(5, 5), hidden) == 3
    assert unread(End(10, 10, 0), member(6, 6), hidden) == 3
    assert unread(End(10, 10, 0), member(8, 8), hidden) == 2


def test_a_message_hidden_above_the_end_is_not_taken_off_a_count_that_lacks_it() -> None:
    hidden = Settings(hidden=frozenset({6}), hidden_unread=frozenset({6}))
    assert unread(End(5, 5, 0), member(3, 3), hidden) == 2
    assert unread(End(6, 6, 0), member(3, 3), hidden) == 2


@given(
    timeline=st.lists(st.sampled_from(["theirs", "mine", "change"]), max_size=40),
    read=st.integers(0, 40),
    hide=st.sets(st.integers(1, 40)),
)
def test_unread_is_what_counting_one_by_one_gives(
    timeline: list[str], read: int, hide: set[int]
) -> None:
    """As the service keeps it: sending moves the cursor, hiding notes what was unread then."""
    counts = [0]
    for kind in timeline:
        counts.append(counts[-1] + (kind != "change"))
    mine = max((seq for seq, kind in enumerate(timeline, 1) if kind == "mine"), default=0)
    cursor = max(min(read, len(timeline)), mine)
    theirs = {seq for seq, kind in enumerate(timeline, 1) if kind == "theirs" and seq > cursor}
    hidden = frozenset(seq for seq in hide if seq <= len(timeline))
    settings = Settings(hidden=hidden, hidden_unread=hidden & theirs)
    kept = member(cursor, counts[cursor])
    left = unread(End(len(timeline), counts[-1], 0), kept, settings)
    assert left == len(theirs - hidden)


def test_a_preview_holds_the_beginning_of_a_text() -> None:
    entry = message(4, content=text("ß" * 500))
    assert preview_of(entry) == Preview(4, "alice", "text", NOON, "ß" * PREVIEW_MAX)


def test_the_preview_of_a_recalled_message_tells_nothing_of_it() -> None:
    preview = preview_of(recall(message(4), "alice", NOON))
    assert preview == Preview(4, "alice", "text", NOON, None, recalled=True)


def test_a_head_with_the_longest_preview_stays_below_a_kilobyte() -> None:
    """So that moving it on costs one write unit."""
    one, other = "a" * 64, "b" * 64
    shown = preview_of(message(2**53 - 1, content=text("\U0001f600" * 100), sender_id=one))
    preview = [shown.sender_id, shown.type, shown.sent_at, shown.excerpt, shown.recalled]
    item = {
        "conversation_id": f"p_{one}~{other}",
        "item": "HEAD",
        "last_seq": 2**53,
        "count": 2**53,
        "last_of": {one: 2**53, other: 2**53},
        "preview_seq": 2**53,
        "preview": json.dumps(preview, ensure_ascii=False),
    }
    assert len(json.dumps(item, ensure_ascii=False).encode()) < 1024
