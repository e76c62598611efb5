"""Hits as those see them who look after words."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.hits import KEPT_MS, Hit, Outcome, Status
from chirrup.domain.words import Action, Word
from chirrup.ports.records import CommitConflict
from chirrup.service.hits import PAGES_MAX, WantedHits
from chirrup.service.word_list import LOOK_EVERY_MS
from tests.unit.guarded import Guarded
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL

DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def world() -> Guarded:
    """Where some words are not wanted, and some were said, on different days."""
    world = Guarded()
    for actor, said in ((ALICE, "darn"), (BOB, "my bank account"), (ALICE, "法轮")):
        world.send(actor, said)
        world.clock.advance(20 * DAY_MS)
    world.send(CAROL, "darn", conversation_id=world.id)
    return world


def who(hits: list[Hit]) -> list[str]:
    """Their users."""
    return [hit.occasion.user_id for hit in hits]


def pages(world: Guarded, wanted: WantedHits, limit: int) -> list[list[Hit]]:
    """All pages."""
    found, after = [], None
    while True:
        page, after = world.moderation.hits.list(wanted, after, limit)
        found.append(page)
        if after is None:
            return found


def test_hits_are_listed_the_newest_first_over_the_months(world: Guarded) -> None:
    assert who(world.hits()) == ["carol", "alice", "bob", "alice"]
    assert len({hit.owner for hit in world.hits()}) >= 2


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_pages_hold_each_hit_once(world: Guarded, limit: int) -> None:
    listed = [hit for page in pages(world, WantedHits(), limit) for hit in page]
    assert listed == world.hits()


@pytest.mark.parametrize(
    ("wanted", "users"),
    [
        (WantedHits(action=Action.FLAG), ["bob"]),
        (WantedHits(action=Action.MASK), ["carol", "alice", "alice"]),
        (WantedHits(status=Status.WAITING), ["bob"]),
        (WantedHits(category="rude"), ["carol", "alice"]),
        (WantedHits(user_id="alice"), ["alice", "alice"]),
        (WantedHits(user_id="alice", category="rude"), ["alice"]),
        (WantedHits(conversation_id=CHAT), ["alice", "bob", "alice"]),
        (WantedHits(category="nothing"), []),
    ],
)
def test_hits_are_told_apart(world: Guarded, wanted: WantedHits, users: list[str]) -> None:
    assert who([hit for page in pages(world, wanted, 2) for hit in page]) == users


def test_hits_of_a_time_hold_both_its_ends(world: Guarded) -> None:
    newest, second, third, oldest = world.hits()
    between = WantedHits(since=third.at, until=second.at)
    assert world.moderation.hits.list(between, None, 10)[0] == [second, third]
    within = WantedHits(since=third.at + 1, until=second.at - 1)
    assert world.moderation.hits.list(within, None, 10)[0] == []
    assert world.moderation.hits.list(WantedHits(since=newest.at), None, 10)[0] == [newest]
    assert world.moderation.hits.list(WantedHits(until=oldest.at), None, 10)[0] == [oldest]


def test_what_is_too_old_is_not_listed_although_it_may_still_be_there(world: Guarded) -> None:
    world.clock.advance(KEPT_MS - 21 * DAY_MS)
    assert who(world.hits()) == ["carol", "alice"]


def test_a_request_looks_through_a_few_pages_and_says_where_it_stopped() -> None:
    world = Guarded()
    for number in range(PAGES_MAX + 2):
        world.send(ALICE, f"darn {number}")
    world.send(BOB, "darn")
    world.clock.advance(1)
    for number in range(PAGES_MAX + 2):
        world.send(ALICE, f"darn {number}")
    page, after = world.moderation.hits.list(WantedHits(user_id="bob"), None, 1)
    assert (page, bool(after)) == ([], True)
    assert [hit for page in pages(world, WantedHits(user_id="bob"), 1) for hit in page]


def test_who_waits_is_listed_until_somebody_has_looked(world: Guarded) -> None:
    (waiting,), more = world.moderation.hits.waiting(None, 10)
    assert (waiting.occasion.user_id, more) == ("bob", None)
    handled = world.moderation.hits.handle("admin", waiting.name, Outcome.RECALLED)
    assert (handled.status, handled.outcome) == (Status.HANDLED, Outcome.RECALLED)
    assert (handled.handled_by, handled.handled_at) == ("admin", world.clock.time)
    assert world.moderation.hits.waiting(None, 10) == ([], None)
    assert world.moderation.hits.list(WantedHits(status=Status.HANDLED), None, 9)[0][0].found


def test_the_same_outcome_again_changes_nothing_and_another_comes_too_late(
    world: Guarded,
) -> None:
    hits = world.moderation.hits
    (waiting,), _ = hits.waiting(None, 10)
    first = hits.handle("admin", waiting.name, Outcome.APPROVED)
    world.clock.advance(1)
    assert hits.handle("admin", waiting.name, Outcome.APPROVED).handled_at == first.handled_at
    with refused(ErrorCode.REQUEST_HANDLED):
        hits.handle("admin", waiting.name, Outcome.BANNED)
    with refused(ErrorCode.REQUEST_HANDLED):
        hits.handle("other", waiting.name, Outcome.APPROVED)


def test_what_does_not_wait_is_not_handled_and_what_is_not_there_is_not_found(
    world: Guarded,
) -> None:
    masked = world.hits()[0]
    with refused(ErrorCode.REQUEST_HANDLED):
        world.moderation.hits.handle("admin", masked.name, Outcome.APPROVED)
    with refused(ErrorCode.NOT_FOUND):
        world.moderation.hits.handle("admin", f"{masked.name[:-4]}0000", Outcome.APPROVED)


def test_of_two_who_handle_a_hit_at_once_one_comes_too_late(world: Guarded) -> None:
    (waiting,), _ = world.moderation.hits.waiting(None, 10)

    def hook(step: str) -> None:
        if step == "before commit":
            world.tables.hook = lambda _: None
            world.moderation.hits.handle("other", waiting.name, Outcome.BANNED)

    world.tables.hook = hook
    with refused(ErrorCode.REQUEST_HANDLED):
        world.moderation.hits.handle("admin", waiting.name, Outcome.APPROVED)


def test_a_hit_that_nobody_can_store_is_refused_for_now(world: Guarded) -> None:
    (waiting,), _ = world.moderation.hits.waiting(None, 10)

    def hook(step: str) -> None:
        if step == "before commit":
            raise CommitConflict

    world.tables.hook = hook
    with refused(ErrorCode.RATE_LIMITED):
        world.moderation.hits.handle("admin", waiting.name, Outcome.APPROVED)


def test_pages_of_what_waits_go_on_where_they_ended() -> None:
    world = Guarded(Word("odd", Action.FLAG))
    for number in range(5):
        world.send(ALICE, f"odd {number}")
    world.clock.advance(LOOK_EVERY_MS)
    seen, after = [], None
    for _ in range(3):
        page, after = world.moderation.hits.waiting(after, 2)
        seen += page
    assert (after, seen) == (None, world.hits())
