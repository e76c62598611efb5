"""History and sync: pages, budgets, and nothing that one may not see."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.conversations import Head
from chirrup.domain.errors import ErrorCode
from chirrup.domain.messages import Entry, Quote
from chirrup.service.pages import Page, Synced
from chirrup.service.reading import SYNC_MESSAGES, SYNC_PAGE
from tests.unit.making import CHAT, change, message, refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

PLENTY = 10_000_000


@pytest.fixture
def world() -> World:
    return World()


def history(world: World, **query: int) -> Page:
    """As bob gets it."""
    return world.messaging.reading.history(BOB, CHAT, **({"budget": PLENTY} | query))


def seqs(page: Page | Synced) -> list[int]:
    return [shown.entry.seq for shown in page.entries]


def filled(world: World, count: int) -> None:
    for _ in range(count):
        world.send(ALICE)


def sync(world: World, cursors: dict[str, int] | None = None, budget: int = PLENTY) -> list[Synced]:
    """All pages of a sync, as bob gets them."""
    found: list[Synced] = []
    page: str | None = None
    for _ in range(1_000):
        more, page = world.messaging.reading.sync(BOB, cursors or {}, page, budget=budget)
        found += more
        if page is None:
            return found
    raise AssertionError("the sync does not end")


def test_history_begins_at_the_end_and_goes_both_ways(world: World) -> None:
    filled(world, 10)
    newest = history(world, limit=3)
    assert (seqs(newest), newest.has_more) == ([8, 9, 10], True)
    older = history(world, before_seq=8, limit=7)
    assert (seqs(older), older.has_more) == ([1, 2, 3, 4, 5, 6, 7], False)
    newer = history(world, after_seq=4, limit=5)
    assert (seqs(newer), newer.has_more) == ([5, 6, 7, 8, 9], True)
    assert not history(world, after_seq=5, limit=5).has_more


def test_beyond_the_ends_there_is_nothing_and_no_more(world: World) -> None:
    filled(world, 3)
    for query in ({"after_seq": 3}, {"after_seq": 99}, {"before_seq": 1}):
        page = history(world, **query)
        assert (seqs(page), page.has_more) == ([], False)


@given(count=st.integers(1, 25), limit=st.integers(1, 12), weight=st.integers(1, 9_000))
def test_pages_of_any_size_make_up_the_whole_either_way(
    count: int, limit: int, weight: int
) -> None:
    world = World()
    filled(world, count)
    whole = list(range(1, count + 1))
    forward: list[int] = []
    more = True
    while more:
        page = history(world, after_seq=forward[-1] if forward else 0, limit=limit, budget=weight)
        forward += seqs(page)
        more = page.has_more
    assert forward == whole
    backward: list[int] = []
    more = True
    while more:
        before = {"before_seq": backward[0]} if backward else {}
        page = history(world, limit=limit, budget=weight, **before)
        backward = seqs(page) + backward
        more = page.has_more
    assert backward == whole


def test_a_budget_cuts_a_page_on_the_far_side_but_leaves_one(world: World) -> None:
    filled(world, 10)
    assert seqs(history(world, budget=1)) == [10]
    assert seqs(history(world, budget=1, after_seq=0)) == [1]
    assert seqs(history(world, budget=1, before_seq=5)) == [4]
    assert seqs(history(world, budget=1_000)) == [7, 8, 9, 10]


def test_a_change_shows_the_message_as_it_is_now(world: World) -> None:
    filled(world, 2)
    world.messaging.changing.edit(ALICE, CHAT, 1, text("better"))
    world.messaging.changing.react(BOB, CHAT, 1, "👍", add=True)
    (shown,) = history(world, after_seq=3).entries
    assert shown.changed is not None
    assert shown.changed.content == text("better")
    assert shown.changed.reactions == {"👍": ("bob",)}


def test_nothing_of_a_recalled_message_is_left_in_any_read(world: World) -> None:
    world.send(ALICE, "secret")
    world.messaging.changing.edit(ALICE, CHAT, 1, text("secret still"))
    world.send(BOB, "as you said", quote_seq=1)
    world.messaging.changing.edit(BOB, CHAT, 3, text("as you have said"))
    world.messaging.changing.recall(ALICE, CHAT, 1)
    for _ in range(SYNC_MESSAGES):
        world.messaging.changing.react(ALICE, CHAT, 3, "👍", add=True)
        world.messaging.changing.react(ALICE, CHAT, 3, "👍", add=False)
    (synced,) = sync(world)
    pages = [history(world, limit=200).entries, history(world, limit=2, after_seq=3).entries]
    for entries in [synced.entries, *pages]:
        for shown in entries:
            for entry in (shown.entry, shown.changed):
                # What was there before a change is never sent, see the wire's own tests.
                assert entry is None or "secret" not in repr(replace(entry, previous=None))
    quoting = history(world, limit=2, after_seq=3).entries[0].changed
    assert quoting is not None
    assert quoting.quote == Quote(1, "alice", "text", None)


def test_the_excerpt_of_what_the_retention_removed_is_gone_too(world: World) -> None:
    filled(world, 1)
    world.send(BOB, quote_seq=1)
    del world.tables.entries[CHAT][1]
    (shown,) = history(world).entries
    assert shown.entry.quote == Quote(1, "alice", "text", None)


def test_what_one_deleted_for_oneself_leaves_its_place_only(world: World) -> None:
    filled(world, 3)
    world.messaging.conversations.delete_message_for_me(BOB, CHAT, 2)
    assert [shown.hidden for shown in history(world).entries] == [False, True, False]
    mine = world.messaging.reading.history(ALICE, CHAT, budget=PLENTY)
    assert not any(shown.hidden for shown in mine.entries)


def test_what_one_deleted_does_not_come_back_by_a_change(world: World) -> None:
    filled(world, 3)
    world.messaging.conversations.delete_message_for_me(BOB, CHAT, 2)
    world.messaging.changing.edit(ALICE, CHAT, 2, text("again"))
    assert history(world).entries[-1].changed is None
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    world.messaging.changing.edit(ALICE, CHAT, 3, text("and again"))
    (shown,) = history(world).entries
    assert (shown.entry.seq, shown.changed) == (5, None)
    (synced,) = sync(world)
    assert [one.changed for one in synced.entries] == [None]


def test_a_deleted_conversation_begins_after_its_end(world: World) -> None:
    filled(world, 3)
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    for query in ({}, {"after_seq": 0}, {"before_seq": 3}):
        assert seqs(history(world, **query)) == []
    filled(world, 1)
    assert seqs(history(world, after_seq=1)) == [4]


def test_outsiders_read_nothing_and_nothing_is_looked_up_for_them(world: World) -> None:
    filled(world, 1)
    steps: list[str] = []
    world.tables.hook = steps.append
    with refused(ErrorCode.NOT_MEMBER):
        world.messaging.reading.history(CAROL, CHAT, budget=PLENTY)
    assert steps == []
    with refused(ErrorCode.NOT_FOUND):
        world.messaging.reading.history(ALICE, "p_alice~carol", budget=PLENTY)


def test_a_sync_brings_what_lies_above_the_cursors(world: World) -> None:
    filled(world, 5)
    world.send(BOB, conversation_id="s_bob")
    world.send(CAROL, conversation_id=None, to="bob")
    found = {one.conversation.id: one for one in sync(world, {CHAT: 3, "p_bob~carol": 1})}
    assert set(found) == {CHAT, "s_bob"}
    chat = found[CHAT]
    assert (seqs(chat), chat.last_seq, chat.member.read_seq, chat.unread) == ([4, 5], 5, 0, 5)
    assert (seqs(found["s_bob"]), found["s_bob"].unread) == ([1], 0)


def test_a_sync_brings_the_newest_hundred_of_each(world: World) -> None:
    filled(world, SYNC_MESSAGES + 20)
    (chat,) = sync(world)
    assert seqs(chat) == list(range(21, SYNC_MESSAGES + 21))
    assert chat.unread == SYNC_MESSAGES + 20


def test_cursors_ahead_of_the_end_or_of_elsewhere_bring_nothing(world: World) -> None:
    filled(world, 2)
    assert sync(world, {CHAT: 2}) == []
    assert sync(world, {CHAT: 99, "p_alice~carol": 0, "nonsense": 5}) == []


def test_a_sync_shows_only_ones_own(world: World) -> None:
    world.send(ALICE, conversation_id=None, to="carol")
    world.send(ALICE, conversation_id="s_alice")
    assert sync(world, {"p_alice~carol": 0, "s_alice": 0}) == []


def test_a_sync_tells_what_was_deleted_elsewhere(world: World) -> None:
    filled(world, 3)
    world.messaging.conversations.delete_for_me(BOB, CHAT)
    (chat,) = sync(world, {CHAT: 2})
    assert (seqs(chat), chat.member.visible_from, chat.unread) == ([], 4, 0)


def many(world: World, count: int) -> list[str]:
    """Conversations of bob's, each with three messages."""
    ids = [f"p_bob~user{n:03}" for n in range(count)]
    for id_ in ids:
        other = id_.removeprefix("p_bob~")
        world.users.ensure(replace(world.tables.profiles["alice"], user_id=other))
        for _ in range(3):
            world.send(BOB, conversation_id=id_)
    return ids


def test_a_sync_goes_through_all_conversations_in_pages(world: World) -> None:
    ids = many(world, SYNC_PAGE + 7)
    first, page = world.messaging.reading.sync(BOB, {}, None, budget=PLENTY)
    assert [one.conversation.id for one in first] == ids[:SYNC_PAGE]
    assert page is not None
    assert [one.conversation.id for one in sync(world)] == ids


@pytest.mark.parametrize("budget", [1, 1_000, 3_000, 10_000, 50_000])
def test_a_sync_of_any_budget_brings_each_conversation_once(world: World, budget: int) -> None:
    ids = many(world, 20)
    found = sync(world, budget=budget)
    assert [one.conversation.id for one in found] == ids
    # Each brings its newest message at least; what is missing lies below it, as a hole.
    assert all(seqs(one)[-1] == 3 for one in found)


def test_conversations_without_news_cost_no_page(world: World) -> None:
    ids = many(world, SYNC_PAGE - 1)
    assert sync(world, dict.fromkeys(ids, 3)) == []


def test_a_message_above_the_head_is_synced_and_counted(world: World) -> None:
    """What is being sent at this moment, or was by a function that crashed."""
    world.send(ALICE)
    conversation = world.tables.entries[CHAT]
    conversation[2] = message(2)
    (chat,) = sync(world)
    assert (seqs(chat), chat.last_seq, chat.unread) == ([1, 2], 2, 2)
    conversation[3] = message(3, sender_id="bob")
    conversation[4] = message(4)
    (chat,) = sync(world)
    assert (chat.last_seq, chat.member.read_seq, chat.unread) == (4, 3, 1)


def test_a_first_message_whose_head_has_not_moved_is_synced(world: World) -> None:
    world.send(ALICE)
    world.tables.heads[CHAT] = [Head(CHAT)]
    (chat,) = sync(world)
    assert (seqs(chat), chat.last_seq, chat.unread) == ([1], 1, 1)


def test_a_conversation_that_is_empty_so_far_is_left_out(world: World) -> None:
    world.send(ALICE)
    world.tables.heads[CHAT] = [Head(CHAT)]
    del world.tables.entries[CHAT][1]
    assert sync(world) == []


def test_a_change_whose_message_is_gone_shows_just_itself(world: World) -> None:
    filled(world, 1)
    entries: dict[int, Entry] = world.tables.entries[CHAT]
    entries[2] = change(2, 99)
    world.tables.heads[CHAT].append(Head(CHAT, 2, 1))
    assert history(world).entries[-1].changed is None
