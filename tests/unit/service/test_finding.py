"""Finding: just what a plain scan of what one can read finds, page by page."""

from typing import Any

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.finding import Criteria, terms_of
from chirrup.domain.places import Place
from chirrup.ports import Profile
from chirrup.service.actor import Actor
from chirrup.service.finding import CONVERSATIONS_MAX, ENTRIES_MAX, Results
from chirrup.service.pages import Shown
from tests.unit.grouping import GROUP, make, meanwhile, remove
from tests.unit.making import CHAT, message, refused, text
from tests.unit.world import ALICE, BOB, CAROL, World

PLENTY = 10_000_000
WORDS = ("lunch", "LUNCH", "Noon", "明天", "見面", "Stra\u00dfe", "\uff21\uff22", "x")


def page(
    world: World,
    words: str = "",
    *,
    actor: Actor = ALICE,
    where: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
    budget: int = PLENTY,
    **more: Any,
) -> Results:
    criteria = Criteria(terms_of(words), **more)
    return world.finding.search(actor, criteria, where, cursor, limit=limit, budget=budget)


def every(world: World, words: str = "", **more: Any) -> list[Shown]:
    """The results of all pages."""
    found: list[Shown] = []
    cursor: str | None = None
    while True:
        results = page(world, words, cursor=cursor, **more)
        assert len(results.messages) <= more.get("limit", 50)
        found += results.messages
        if results.place is None:
            return found
        cursor = results.place.text()


def seqs(found: list[Shown]) -> list[int]:
    return [shown.entry.seq for shown in found]


def found_in(world: World, words: str = "", where: str = CHAT, **more: Any) -> list[int]:
    return seqs(every(world, words, where=where, **more))


@pytest.fixture
def world() -> World:
    """Alice and bob have said a few things."""
    world = World()
    world.send(ALICE, "Lunch at noon?")
    world.send(BOB, "No lunch today")
    world.send(ALICE, "我們明天見面")
    return world


def test_the_newest_comes_first_and_every_term_must_occur(world: World) -> None:
    assert found_in(world, "lunch") == [2, 1]
    assert found_in(world, "NOON unc") == [1]
    assert found_in(world, "明天") == [3]
    assert found_in(world, "supper") == []
    assert found_in(world, sender_id="alice") == [3, 1]


def test_both_sides_find_the_same_and_strangers_learn_nothing(world: World) -> None:
    assert found_in(world, "lunch", actor=BOB) == [2, 1]
    with refused(ErrorCode.NOT_MEMBER):
        page(world, "lunch", actor=CAROL, where=CHAT)
    assert every(world, "lunch", actor=CAROL) == []
    with refused(ErrorCode.NOT_MEMBER):
        page(world, "lunch", where=GROUP)
    with refused(ErrorCode.NOT_FOUND):
        page(world, "lunch", where="p_alice~carol")
    with refused(ErrorCode.INVALID_REQUEST, field="conversation_id"):
        page(world, "lunch", where="x_1")


def test_the_present_text_counts(world: World) -> None:
    world.messaging.changing.edit(ALICE, CHAT, 1, text("Supper at eight?"))
    assert found_in(world, "lunch") == [2]
    (shown,) = every(world, "supper", where=CHAT)
    assert (shown.entry.seq, shown.entry.edits) == (1, 1)


def test_what_was_recalled_is_not_found(world: World) -> None:
    world.messaging.changing.recall(BOB, CHAT, 2)
    assert found_in(world, "lunch") == [1]
    assert found_in(world, sender_id="bob") == []


def test_what_one_has_deleted_for_oneself_only_others_find(world: World) -> None:
    world.messaging.conversations.delete_message_for_me(ALICE, CHAT, 2)
    assert found_in(world, "lunch") == [1]
    assert found_in(world, "lunch", actor=BOB) == [2, 1]
    world.messaging.conversations.delete_for_me(ALICE, CHAT)
    assert found_in(world, "lunch") == []
    world.send(BOB, "Lunch after all")
    assert found_in(world, "lunch") == [4]


def test_what_is_shown_is_what_history_shows(world: World) -> None:
    world.send(BOB, "Quoted lunch", quote_seq=1)
    world.messaging.changing.react(ALICE, CHAT, 4, "👍", add=True)
    history = world.messaging.reading.history(ALICE, CHAT, budget=PLENTY)
    known = {shown.entry.seq: shown for shown in history.entries}
    assert every(world, "lunch", where=CHAT) == [known[4], known[2], known[1]]
    world.messaging.changing.recall(ALICE, CHAT, 1)
    (quoting, _) = every(world, "lunch", where=CHAT)
    assert quoting.entry.quote is not None
    assert quoting.entry.quote.excerpt is None


def test_notices_and_entries_of_the_server_are_not_found(world: World) -> None:
    world.befriend(ALICE, CAROL)
    assert [one.entry.conversation_id for one in every(world, sender_id="carol")] == []
    assert {one.entry.conversation_id for one in every(world, sender_id="alice")} == {CHAT}


def test_a_message_that_changes_while_it_is_found_is_shown_as_it_is_now(world: World) -> None:
    meanwhile(world, "after find", lambda: world.messaging.changing.recall(BOB, CHAT, 2))
    assert found_in(world, "lunch") == [1]
    edit = world.messaging.changing.edit
    meanwhile(world, "after find", lambda: edit(ALICE, CHAT, 1, text("Supper")))
    assert found_in(world, "lunch") == []


def test_who_is_removed_while_paging_finds_no_more_than_they_can_read(world: World) -> None:
    make(world, "bob")
    for _ in range(3):
        world.send(ALICE, "lunch", conversation_id=GROUP)
    first = page(world, "lunch", actor=BOB, where=GROUP, limit=1)
    remove(world, "bob")
    world.send(ALICE, "secret lunch", conversation_id=GROUP)
    assert first.place is not None
    rest = every(world, "lunch", actor=BOB, where=GROUP)
    assert seqs(rest) == [4, 3, 2]
    again = page(world, "lunch", actor=BOB, where=GROUP, cursor=first.place.text())
    assert seqs(again.messages) == [3, 2]


def test_who_has_left_finds_what_was_said_while_they_were_in_as_it_was_then() -> None:
    world = World()
    make(world, "bob")
    for words in ("lunch", "lunch again", "no lunch", "supper"):
        world.send(ALICE, words, conversation_id=GROUP)
    remove(world, "bob")
    world.send(ALICE, "lunch without bob", conversation_id=GROUP)
    world.messaging.changing.edit(ALICE, GROUP, 2, text("secret"))
    world.messaging.changing.edit(ALICE, GROUP, 5, text("lunch instead"))
    world.messaging.changing.recall(ALICE, GROUP, 3)
    found = every(world, "lunch", actor=BOB, where=GROUP)
    assert [(one.entry.seq, one.entry.content) for one in found] == [
        (4, {"text": "no lunch"}),
        (2, {"text": "lunch"}),
    ]
    assert found_in(world, "secret", GROUP, actor=BOB) == []
    assert found_in(world, "supper", GROUP, actor=BOB) == [5]
    assert found_in(world, "lunch", GROUP) == [7, 5, 4]


@pytest.mark.parametrize("affords", [1, 2, 3, 100])
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_all_pages_together_hold_each_message_once(affords: int, limit: int) -> None:
    world = World()
    world.finder.affords = affords
    for number in range(12):
        world.send(ALICE, "lunch" if number % 3 else "noon")
    assert found_in(world, "lunch", limit=limit) == [12, 11, 9, 8, 6, 5, 3, 2]


def test_a_page_without_results_still_says_where_to_go_on() -> None:
    world = World()
    world.send(ALICE, "lunch")
    more = range(2, 2 * ENTRIES_MAX + 100)
    world.tables.entries[CHAT] |= {seq: message(seq) for seq in more}
    first = page(world, "lunch", where=CHAT)
    assert (first.messages, first.place) == ([], Place(id=CHAT, below=ENTRIES_MAX + 100))
    assert found_in(world, "lunch") == [1]


def test_a_page_ends_before_its_answer_is_too_large(world: World) -> None:
    for _ in range(6):
        world.send(ALICE, "lunch " + "x" * 4_000)
    results = page(world, "lunch", where=CHAT, budget=13_000)
    assert seqs(results.messages) == [9, 8, 7]
    assert found_in(world, "lunch", budget=13_000) == [9, 8, 7, 6, 5, 4, 2, 1]
    assert found_in(world, "lunch", budget=1) == [9, 8, 7, 6, 5, 4, 2, 1]


@pytest.mark.parametrize(
    ("where", "cursor"),
    [
        (CHAT, "here"),
        (None, "here"),
        (CHAT, Place(id="p_alice~carol", below=2).text()),
        (CHAT, Place(("x" * 8,), 0, CHAT, 2).text()),
        (None, Place(id=CHAT, below=2).text()),
    ],
)
def test_a_cursor_of_something_else_is_refused(
    world: World, where: str | None, cursor: str
) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="cursor"):
        page(world, "lunch", where=where, cursor=cursor)


def test_a_cursor_lets_nobody_see_more(world: World) -> None:
    results = page(world, "lunch", limit=1)
    assert results.place is not None
    assert page(world, "lunch", actor=CAROL, cursor=results.place.text()).messages == []
    with refused(ErrorCode.NOT_MEMBER):
        page(world, "lunch", actor=CAROL, where=CHAT, cursor=Place(id=CHAT, below=9).text())


def test_all_of_ones_conversations_are_searched_the_last_active_first(world: World) -> None:
    for other in ("carol", "bob"):
        world.send(ALICE, "lunch", conversation_id=None, to=other)
    make(world, "bob")
    world.send(ALICE, "Lunch", conversation_id=GROUP)
    world.send(CAROL, "no lunch", conversation_id=None, to="alice")
    found = [(one.entry.conversation_id, one.entry.seq) for one in every(world, "lunch")]
    assert found == [
        ("p_alice~carol", 2),
        ("p_alice~carol", 1),
        (GROUP, 2),
        (CHAT, 4),
        (CHAT, 2),
        (CHAT, 1),
    ]
    for limit in (1, 2, 4):
        pages = every(world, "lunch", limit=limit)
        assert [(one.entry.conversation_id, one.entry.seq) for one in pages] == found


def test_more_conversations_than_a_page_looks_into_are_searched_on_the_next() -> None:
    world = World()
    people = [f"user-{number}" for number in range(CONVERSATIONS_MAX + 9)]
    for user_id in people:
        world.users.ensure(Profile(user_id, user_id))
        world.send(ALICE, "lunch", conversation_id=None, to=user_id)
    first = page(world, "zebra")
    assert (first.messages, first.place is None) == ([], False)
    found = every(world, "lunch", limit=50)
    assert [one.entry.conversation_id for one in found] == [
        f"p_alice~{user_id}" for user_id in reversed(people)
    ]


def test_new_messages_between_pages_hide_no_conversation() -> None:
    world = World()
    for other in ("bob", "carol"):
        world.send(ALICE, "lunch", conversation_id=None, to=other)
    first = page(world, "lunch", limit=1)
    assert first.place is not None
    world.send(BOB, "Sure")
    (one,) = page(world, "lunch", cursor=first.place.text()).messages
    assert one.entry.conversation_id == CHAT
