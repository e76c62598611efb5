"""The list of words and the log of hits, on every store: followed, changed by two, noted once."""

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.hits import Outcome
from chirrup.domain.occasions import Occasion
from chirrup.domain.words import Action, Word
from chirrup.domain.words_in_force import WordsInForce
from chirrup.ports.objects import Objects
from chirrup.ports.records import Delete
from chirrup.service.hits import WantedHits
from chirrup.service.screening import Screening
from chirrup.service.word_list import GRACE_MS, LOOK_EVERY_MS
from chirrup.transport.screening import screening
from chirrup.transport.words import Moderation, moderation, opener
from chirrup.words.automaton import Automaton
from tests.contract.stores import Stores
from tests.fakes import FakeClock, FakeObjects, FakeTables
from tests.support.watching import watched

MASKED = Word("darn", Action.MASK)
REJECTED = Word("spam", Action.REJECT, "ads")
FLAGGED = Word("bank account", Action.FLAG)


@pytest.fixture
def clock() -> FakeClock:
    """Stands until it is moved."""
    return FakeClock()


@pytest.fixture
def bucket() -> Objects:
    """Where lists are; its own suite holds it against S3."""
    return FakeObjects(FakeTables())


@pytest.fixture
def looked_after(stores: Stores, bucket: Objects, clock: FakeClock) -> Moderation:
    """The list, which may hold words of the test before, without any."""
    made = moderation(records=stores.records, objects=bucket, clock=clock)
    _forget(stores)
    return made


@pytest.fixture
def screen(stores: Stores, bucket: Objects, clock: FakeClock) -> Screening:
    """What looks through texts."""
    return screening(
        records=stores.records,
        objects=bucket,
        open_list=opener(records=stores.records, clock=clock, compile_=Automaton),
        clock=clock,
        side_by_side=one_by_one,
    )


def _forget(stores: Stores) -> None:
    """A list that another test has left, whose object is gone with its bucket."""
    record = stores.records.get(WordsInForce, WordsInForce.OWNER)
    if record:
        stores.records.commit([Delete(record)])


def occasion(people: tuple[str, str], ref: str = "m-1") -> Occasion:
    """A message of the first to the second."""
    return Occasion(people[0], "message", "p_alice~bob", ref, 7)


def test_a_list_is_followed_as_it_changes(
    looked_after: Moderation, screen: Screening, clock: FakeClock, people: tuple[str, str]
) -> None:
    at = occasion(people)
    assert screen.text(at, "text", "darn") == "darn"
    looked_after.words.add("ann", MASKED)
    assert screen.text(at, "text", "darn") == "darn"
    clock.advance(LOOK_EVERY_MS + GRACE_MS)
    assert screen.text(at, "text", "darn") == "****"
    looked_after.words.delete("ann", MASKED.id)
    clock.advance(LOOK_EVERY_MS + GRACE_MS)
    assert screen.text(at, "text", "darn") == "darn"


def test_changes_at_the_same_moment_are_all_kept(stores: Stores, looked_after: Moderation) -> None:
    words = [Word(f"word {letter}", Action.MASK) for letter in "abc"]
    stores.each_at_once(lambda word: looked_after.words.add("ann", word), words)
    assert looked_after.words.all() == words


def test_a_hit_is_noted_once_and_handled_once(
    looked_after: Moderation, screen: Screening, people: tuple[str, str]
) -> None:
    looked_after.words.import_("ann", {w.form: w for w in (MASKED, FLAGGED)}, replace=False)
    for _ in range(2):
        screen.text(occasion(people), "text", "darn, my bank account")
    screen.text(occasion(people, "m-2"), "text", "my bank account")
    mine = WantedHits(user_id=people[0])
    hits, _ = looked_after.hits.list(mine, None, 10)
    assert [(hit.occasion.ref, hit.action) for hit in sorted(hits, key=lambda hit: hit.at)] in (
        [("m-1", Action.MASK), ("m-2", Action.FLAG)],
        [("m-2", Action.FLAG), ("m-1", Action.MASK)],
    )
    assert {one.word for hit in hits for one in hit.found} == {"darn", "bank account"}
    looked_after.hits.handle("ann", hits[0].name, Outcome.BANNED)
    waiting = [hit.name for hit in looked_after.hits.waiting(None, 100)[0]]
    assert hits[0].name not in waiting
    assert hits[1].name in waiting
    with pytest.raises(ChirrupError) as error:
        looked_after.hits.handle("bea", hits[0].name, Outcome.APPROVED)
    assert error.value.code is ErrorCode.REQUEST_HANDLED
    assert looked_after.hits.list(mine, None, 10)[0][0].outcome is Outcome.BANNED


def test_the_same_hit_noted_at_the_same_moment_is_one(
    stores: Stores, looked_after: Moderation, screen: Screening, people: tuple[str, str]
) -> None:
    looked_after.words.add("ann", REJECTED)

    def send(_: int) -> str | None:
        try:
            screen.text(occasion(people), "text", "spam")
        except ChirrupError as error:
            return error.code
        return None

    assert send(0) == ErrorCode.SENSITIVE_WORD
    assert stores.each_at_once(send, range(3)) == [ErrorCode.SENSITIVE_WORD] * 3
    assert len(looked_after.hits.list(WantedHits(user_id=people[0]), None, 10)[0]) == 1


def test_where_there_are_no_words_a_text_costs_one_read_in_thirty_seconds(
    stores: Stores,
    looked_after: Moderation,
    screen: Screening,
    clock: FakeClock,
    people: tuple[str, str],
) -> None:
    if stores.dynamo is None:
        return  # The fakes make no requests; test_screening counts their steps.
    with watched(stores.dynamo) as requests:
        for _ in range(31):
            assert screen.alongside(lambda: 1) == 1
            screen.text(occasion(people), "text", "spam")
            clock.advance(1_000)
    assert requests.operations == ["GetItem", "GetItem"]
