"""What a member sees, exact unread and mentions, and the preview of a list."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.conversations import (
    PREVIEW_MAX,
    End,
    Head,
    Member,
    Preview,
    Settings,
    Span,
    end_of,
    mentions,
    preview_of,
    unread,
)
from chirrup.domain.groups import NAME_MAX
from chirrup.domain.ids import group_id
from chirrup.domain.last_of import KEPT, LastOf
from chirrup.domain.messages import encode_json, recall
from chirrup.domain.recent import Recent, Record
from chirrup.domain.rights import GroupState
from chirrup.storage.conversation_items import group_text, last_of_text
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


def stayed(*stays: tuple[int, int], since: int, left: int = 0, cleared: int = 0) -> Member:
    spans = tuple(Span(*stay) for stay in stays)
    return Member(CHAT, "bob", stays=spans, since=since, left_seq=left, cleared_seq=cleared)


@pytest.mark.parametrize(
    ("kept", "seen"),
    [
        (Member(CHAT, "bob"), range(1, 21)),
        (stayed(since=5), range(5, 21)),
        (stayed(since=5, left=9), range(5, 10)),
        (stayed((2, 4), since=8), [2, 3, 4, *range(8, 21)]),
        (stayed((2, 4), (7, 7), since=12, left=15), [2, 3, 4, 7, 12, 13, 14, 15]),
        (stayed((2, 4), since=8, cleared=3), [4, *range(8, 21)]),
        (stayed((2, 4), since=8, cleared=4), range(8, 21)),
        (stayed((2, 4), since=8, cleared=10), range(11, 21)),
        (stayed((2, 4), since=8, left=12, cleared=12), []),
        (stayed((2, 4), since=8, left=12, cleared=15), []),
    ],
)
def test_a_member_sees_the_stays_less_what_they_deleted(kept: Member, seen: Sequence[int]) -> None:
    assert [seq for seq in range(1, 21) if kept.sees(seq)] == list(seen)
    spans = kept.spans()
    for span, following in pairwise(spans):
        assert span.last is not None
        assert span.first <= span.last < following.first
    assert kept.visible_from == (min(seen) if seen else kept.cleared_seq + 1)


@given(
    cuts=st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=9).map(sorted),
    cleared=st.integers(0, 30),
)
def test_what_is_seen_is_what_counting_one_by_one_gives(cuts: list[int], cleared: int) -> None:
    """Cuts are joins and leaves in turn."""
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    inside = len(cuts) % 2 == 1
    since, left = (cuts[-1], 0) if inside else pairs.pop()
    kept = stayed(*pairs, since=since, left=left, cleared=cleared)
    whole = [*pairs, (since, left or 40)]
    for seq in range(1, 40):
        in_a_stay = any(first <= seq <= last for first, last in whole)
        assert kept.sees(seq) == (in_a_stay and seq > cleared)


def test_the_end_is_the_heads_or_where_one_left() -> None:
    head = Head(CHAT, last_seq=20, count=12, alls=3)
    assert end_of(head, member(5, 5)) == End(20, 12, 3)
    left = Member(CHAT, "bob", left_seq=9, left_count=6, left_alls=1)
    assert end_of(head, left) == End(9, 6, 1)


def test_what_is_reflected_is_the_last_own_message_or_the_last_change_of_the_member() -> None:
    recent = Recent(frozenset({Record.of(7, NOON, "c").encode()}))
    assert Member(CHAT, "bob").known_seq == 0
    assert Member(CHAT, "bob", recent=recent).known_seq == 7
    assert Member(CHAT, "bob", recent=recent, acl=9).known_seq == 9
    assert Member(CHAT, "bob", recent=recent, acl=5).known_seq == 7


def test_mentions_are_those_of_all_after_the_cursor_and_those_by_name() -> None:
    kept = Member(CHAT, "bob", read_seq=5, read_count=5, read_alls=1)
    named = Settings(mentioned=frozenset({2, 5, 7, 9}))
    assert mentions(End(10, 10, 4), kept, NOTHING) == 3
    assert mentions(End(10, 10, 4), kept, named) == 5
    assert mentions(End(8, 8, 1), kept, named) == 1
    assert mentions(End(5, 5, 1), kept, named) == 0


def test_mentions_in_hidden_messages_do_not_count() -> None:
    kept = Member(CHAT, "bob", read_seq=5, read_count=5, read_alls=0)
    settings = Settings(
        hidden=frozenset({6, 7, 8}),
        hidden_alls=frozenset({7, 3}),
        mentioned=frozenset({6, 9}),
    )
    assert mentions(End(10, 10, 2), kept, settings) == 2
    assert mentions(End(10, 10, 0), kept, settings) == 1


@given(
    timeline=st.lists(st.sampled_from(["theirs", "named", "all", "mine", "change"]), max_size=40),
    read=st.integers(0, 40),
    hide=st.sets(st.integers(1, 40)),
)
def test_mentions_are_what_counting_one_by_one_gives(
    timeline: list[str], read: int, hide: set[int]
) -> None:
    """As the services keep it: by name where it was unread, hidden where it was unread then."""
    alls = [0]
    for kind in timeline:
        alls.append(alls[-1] + (kind == "all"))
    mine = max((seq for seq, kind in enumerate(timeline, 1) if kind == "mine"), default=0)
    cursor = max(min(read, len(timeline)), mine)
    kinds = {seq: kind for seq, kind in enumerate(timeline, 1) if seq > cursor}
    hidden = {seq for seq in hide if seq <= len(timeline)}
    settings = Settings(
        hidden=frozenset(hidden),
        hidden_alls=frozenset(seq for seq in hidden if kinds.get(seq) == "all"),
        mentioned=frozenset(seq for seq, kind in enumerate(timeline, 1) if kind == "named"),
    )
    kept = Member(CHAT, "bob", read_seq=cursor, read_alls=alls[cursor])
    expected = {seq for seq, kind in kinds.items() if kind in ("all", "named")} - hidden
    assert mentions(End(len(timeline), 0, alls[-1]), kept, settings) == len(expected)


def test_a_preview_holds_the_beginning_of_a_text() -> None:
    entry = message(4, content=text("ß" * 500))
    assert preview_of(entry) == Preview(4, "alice", "text", NOON, "ß" * PREVIEW_MAX)


def test_the_preview_of_a_recalled_message_tells_nothing_of_it() -> None:
    preview = preview_of(recall(message(4), "alice", NOON))
    assert preview == Preview(4, "alice", "text", NOON, None, recalled=True)


NAMED = GroupState("\U0001f600" * NAME_MAX, 10_000, slow_s=3600)


def stored_bytes(item: dict[str, str | int | None]) -> int:
    """As DynamoDB counts: names, texts in UTF-8, two digits of a number in a byte."""
    sizes = [
        len(name) + (len(value.encode()) if isinstance(value, str) else len(str(value)) // 2 + 2)
        for name, value in item.items()
        if value is not None
    ]
    return sum(sizes)


@pytest.mark.parametrize(
    ("id_", "writers", "user_id", "seq", "group"),
    [
        (f"p_{'a' * 64}~{'b' * 64}", 2, "a" * 64, 2**53 - 1, None),
        (group_id("a", "c1"), 2 * KEPT, "a" * 36, 10**7, NAMED),
    ],
    ids=["the longest of all in a private chat", "ids of Cognito in a long-lived group"],
)
def test_a_head_with_the_longest_preview_stays_below_a_kilobyte(
    id_: str, writers: int, user_id: str, seq: int, group: GroupState | None
) -> None:
    """So that moving it on costs one write unit."""
    told = [message(seq - n, sender_id=f"{n}", sent_at=NOON) for n in range(writers, 0, -1)]
    shown = preview_of(message(seq, content=text("\U0001f600" * 100), sender_id=user_id))
    preview = [shown.sender_id, shown.type, shown.sent_at, shown.excerpt, shown.recalled]
    item: dict[str, str | int | None] = {
        "conversation_id": id_,
        "item": "HEAD",
        "last_seq": seq,
        "count": seq,
        "last_of": last_of_text(LastOf().after(told, NOON)),
        "alls": seq,
        "group": group_text(group) if group else None,
        "roster": seq if group else None,
        "preview_seq": seq,
        "preview": encode_json(preview).decode(),
    }
    assert stored_bytes(item) < 1024
