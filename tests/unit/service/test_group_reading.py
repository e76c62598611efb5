"""Reading groups: nothing but one's stays, and what that does to unread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.conversations import Member, Span
from chirrup.domain.errors import ErrorCode
from chirrup.service.actor import Actor
from chirrup.service.pages import Page, Synced
from chirrup.service.reading import LAG_MS, visible_after, visible_before
from tests.fakes import FakeTables, FakeTimeline
from tests.unit.grouping import GROUP, add, govern, make, remove
from tests.unit.making import message, refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

PLENTY = 10_000_000


@pytest.fixture
def world() -> World:
    """Bob was in for 2-4 and is since 9; 5-8 he missed, 10-11 are new."""
    world = World()
    make(world)
    add(world, "bob")
    say(world, 1)
    remove(world, "bob")
    say(world, 4)
    add(world, "bob")
    say(world, 2)
    return world


def say(world: World, number: int, **more: object) -> None:
    for _ in range(number):
        world.send(ALICE, conversation_id=GROUP, **more)  # type: ignore[arg-type]


def history(world: World, actor: Actor = BOB, **query: int) -> Page:
    return world.messaging.reading.history(actor, GROUP, **({"budget": PLENTY} | query))


def seqs(page: Page | Synced) -> list[int]:
    return [shown.entry.seq for shown in page.entries]


def sync(
    world: World, actor: Actor = BOB, cursor: int = 0, since: int | None = None
) -> Synced | None:
    cursors = {GROUP: cursor}
    found, _ = world.messaging.reading.sync(actor, cursors, None, since=since, budget=PLENTY)
    return next((one for one in found if one.conversation.id == GROUP), None)


def test_one_reads_ones_stays_and_nothing_between(world: World) -> None:
    mine = [2, 3, 4, 9, 10, 11]
    assert seqs(history(world)) == mine
    assert seqs(history(world, after_seq=0)) == mine
    assert seqs(history(world, after_seq=3)) == [4, 9, 10, 11]
    assert seqs(history(world, after_seq=6)) == [9, 10, 11]
    assert seqs(history(world, before_seq=10)) == [2, 3, 4, 9]
    assert seqs(history(world, before_seq=6)) == [2, 3, 4]
    assert seqs(history(world, ALICE)) == list(range(1, 12))


def test_pages_go_over_the_gaps(world: World) -> None:
    forward = history(world, after_seq=0, limit=4)
    assert (seqs(forward), forward.has_more) == ([2, 3, 4, 9], True)
    assert not history(world, after_seq=4, limit=3).has_more
    backward = history(world, limit=4)
    assert (seqs(backward), backward.has_more) == ([4, 9, 10, 11], True)
    rest = history(world, limit=4, before_seq=4)
    assert (seqs(rest), rest.has_more) == ([2, 3], False)


def test_a_sync_brings_ones_stays_and_counts_from_the_last_join(world: World) -> None:
    synced = sync(world)
    assert synced is not None
    assert seqs(synced) == [2, 3, 4, 9, 10, 11]
    assert (synced.last_seq, synced.unread, synced.member.visible_from) == (11, 2, 2)
    synced = sync(world, cursor=7)
    assert synced is not None
    assert seqs(synced) == [9, 10, 11]
    assert sync(world, cursor=11) is None


def test_for_one_who_has_left_the_group_ends_there(world: World) -> None:
    remove(world, "bob")
    say(world, 3)
    govern(world, slow_s=5)
    page = history(world)
    assert seqs(page) == [2, 3, 4, 9, 10, 11, 12]
    synced = sync(world, cursor=11)
    assert synced is not None
    assert (seqs(synced), synced.last_seq, synced.unread) == ([12], 12, 2)
    assert sync(world, cursor=12) is None
    view = world.messaging.conversations.get(BOB, GROUP)
    assert (view.end.seq, view.unread, view.member.role) == (12, 2, None)
    [listed] = world.messaging.conversations.list(BOB, None, 100)[0]
    assert listed == view


def test_who_was_never_in_reads_nothing_and_learns_nothing(world: World) -> None:
    for id_ in (GROUP, GROUP[:-1] + "0"):
        with refused(ErrorCode.NOT_MEMBER):
            world.messaging.reading.history(CAROL, id_, budget=PLENTY)
    assert sync(world, CAROL) is None


def test_a_message_from_the_gap_is_not_there(world: World) -> None:
    conversations = world.messaging.conversations
    for seq in (1, 6):
        with refused(ErrorCode.NOT_FOUND):
            conversations.delete_message_for_me(BOB, GROUP, seq)
        with refused(ErrorCode.INVALID_QUOTE):
            world.send(BOB, conversation_id=GROUP, quote_seq=seq)
    world.send(BOB, conversation_id=GROUP, quote_seq=3)


def test_a_change_of_a_message_from_the_gap_does_not_show_it(world: World) -> None:
    world.messaging.changing.edit(ALICE, GROUP, 6, text("secret"))
    shown = history(world).entries[-1]
    assert (shown.entry.changes, shown.changed) == (6, None)
    theirs = history(world, ALICE).entries[-1].changed
    assert theirs is not None
    assert theirs.content == text("secret")


def test_a_group_that_was_deleted_for_oneself_begins_after_its_end(world: World) -> None:
    world.messaging.conversations.delete_for_me(BOB, GROUP)
    assert seqs(history(world)) == []
    assert world.messaging.conversations.list(BOB, None, 100)[0] == []
    say(world, 1)
    assert seqs(history(world)) == [12]
    remove(world, "bob")
    world.messaging.conversations.delete_for_me(BOB, GROUP)
    say(world, 1)
    assert seqs(history(world)) == []
    assert world.messaging.conversations.list(BOB, None, 100)[0] == []


def test_a_sync_tells_what_was_changed_on_other_devices(world: World) -> None:
    world.clock.advance(10 * LAG_MS)
    before = world.clock.now()
    assert sync(world, cursor=11, since=before + LAG_MS) is None
    world.messaging.conversations.change_settings(BOB, GROUP, {"remark": "Books"})
    synced = sync(world, cursor=11, since=before)
    assert synced is not None
    assert (synced.settings.remark, seqs(synced)) == ("Books", [])
    assert sync(world, cursor=11) is None
    world.clock.advance(10 * LAG_MS)
    after = world.clock.now()
    assert sync(world, cursor=11, since=after) is None
    world.messaging.receipts.read(BOB, GROUP, 11)
    synced = sync(world, cursor=11, since=after)
    assert synced is not None
    assert (synced.member.read_seq, synced.unread) == (11, 0)


@given(
    cuts=st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=8).map(sorted),
    length=st.integers(0, 30),
    cleared=st.integers(0, 30),
    seq=st.integers(0, 32),
    floor=st.integers(0, 32),
    limit=st.integers(1, 12),
)
def test_pages_hold_just_what_a_member_sees(
    cuts: list[int], length: int, cleared: int, seq: int, floor: int, limit: int
) -> None:
    """Cuts are joins and leaves in turn."""
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    since, left = (cuts[-1], 0) if len(cuts) % 2 else pairs.pop()
    member = Member(
        GROUP,
        "bob",
        stays=tuple(Span(*pair) for pair in pairs),
        since=since,
        left_seq=left,
        cleared_seq=cleared,
    )
    tables = FakeTables()
    entries = {n: message(n, conversation_id=GROUP) for n in range(1, length + 1)}
    tables.entries[GROUP] = entries
    timeline = FakeTimeline(tables)
    seen = [n for n in entries if member.sees(n)]
    after = [entry.seq for entry in visible_after(timeline, member, seq, limit)]
    assert after == [n for n in seen if n > seq][:limit]
    before = [entry.seq for entry in visible_before(timeline, member, seq or None, floor, limit)]
    assert before == [n for n in seen if n > floor and (not seq or n < seq)][-limit:]
