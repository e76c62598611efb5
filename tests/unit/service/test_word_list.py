"""The list in force: followed by a warm function, and what becomes of messages when it fails."""

import logging
from collections.abc import Iterable

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.errors import ErrorCode
from chirrup.domain.occasions import Occasion
from chirrup.domain.words import Action, Word
from chirrup.domain.words_in_force import WordsInForce
from chirrup.ports.records import Put
from chirrup.ports.words import Compile
from chirrup.service.screening import Screening
from chirrup.service.word_list import GRACE_MS, LOOK_AGAIN_MS, LOOK_EVERY_MS, LOOKS_MAX
from chirrup.transport.screening import screening
from chirrup.transport.words import opener
from chirrup.words.automaton import Automaton
from tests.unit.guarded import ADMIN, Guarded
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, World

OCCASION = Occasion("alice", "profile")


class Unreachable(Exception):
    """A table or a bucket does not answer."""


def fail_at(world: World, *steps: str) -> None:
    """Have requests fail."""

    def hook(step: str) -> None:
        if step in steps:
            raise Unreachable(step)

    world.tables.hook = hook


def mend(world: World) -> None:
    """Have all requests answered again."""
    world.tables.hook = lambda _: None


def start(world: World, compile_: Compile = Automaton) -> Screening:
    """What looks through texts in a function that has just started."""
    return screening(
        records=world.records,
        objects=world.objects,
        open_list=opener(records=world.records, clock=world.clock, compile_=compile_),
        clock=world.clock,
        side_by_side=one_by_one,
    )


def rejects(world: World, text: str) -> bool:
    """Whether a text is refused for a word."""
    before = len(world.seqs())
    try:
        with refused(ErrorCode.SENSITIVE_WORD):
            world.send(ALICE, text)
    except pytest.fail.Exception:
        assert len(world.seqs()) == before + 1
        return False
    return True


def test_a_change_is_in_force_in_a_warm_function_within_thirty_seconds() -> None:
    world = Guarded()
    assert not rejects(world, "ham")
    world.moderation.words.add(ADMIN, Word("ham", Action.REJECT))
    looked = world.clock.time
    while not rejects(world, "ham"):
        assert world.clock.time < looked + LOOK_EVERY_MS
    assert rejects(world, "spam")


def test_what_does_not_look_while_it_reads_looks_a_little_later() -> None:
    world = Guarded()
    rename = world.groups.membership.rename
    rename(BOB, world.id, "ham")
    world.moderation.words.add(ADMIN, Word("ham", Action.REJECT))
    world.clock.advance(LOOK_EVERY_MS + GRACE_MS - 1)
    rename(BOB, world.id, "ham")
    world.clock.advance(1)
    with refused(ErrorCode.SENSITIVE_WORD):
        rename(BOB, world.id, "ham")


def test_a_deleted_word_is_in_force_no_more() -> None:
    world = Guarded(Word("spam", Action.REJECT))
    assert rejects(world, "spam")
    world.moderation.words.delete(ADMIN, Word("spam", Action.REJECT).id)
    world.clock.advance(LOOK_EVERY_MS)
    assert not rejects(world, "spam")


def test_a_list_that_is_the_same_is_not_loaded_again() -> None:
    world = Guarded()
    assert rejects(world, "spam")
    fail_at(world, "before get object")
    world.clock.advance(LOOK_EVERY_MS)
    assert rejects(world, "spam")


@pytest.mark.parametrize("step", ["before get record", "before get object"])
def test_before_the_first_list_is_read_nothing_passes_unseen(
    step: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = Guarded()
    started = start(world)
    fail_at(world, step)
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        started.text(OCCASION, "name", "hello")
    assert {record.levelno for record in caplog.records} == {logging.WARNING}
    mend(world)
    assert started.text(OCCASION, "name", "darn") == "****"


def test_a_list_that_cannot_be_renewed_stays_in_force_and_is_looked_for_again_soon(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = Guarded()
    assert rejects(world, "spam")
    world.moderation.words.add(ADMIN, Word("ham", Action.REJECT))
    world.clock.advance(LOOK_EVERY_MS)
    fail_at(world, "before get object")
    assert rejects(world, "spam")
    assert not rejects(world, "ham")
    assert len(caplog.records) == 1
    mend(world)
    world.clock.advance(LOOK_AGAIN_MS)
    assert rejects(world, "ham")


def test_an_object_that_holds_no_list_is_told_and_the_one_before_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = Guarded()
    assert rejects(world, "spam")
    record = world.records.get(WordsInForce, WordsInForce.OWNER)
    assert record
    world.objects.put(record.key, b"?", "text/plain")
    world.records.commit([Put(record)])
    world.clock.advance(LOOK_EVERY_MS)
    assert rejects(world, "spam")
    assert "the list of words cannot be read" in caplog.text


def test_a_list_that_cannot_be_made_ready_lets_nothing_pass_until_it_can(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world, made = Guarded(), 0

    def compile_(forms: Iterable[str]) -> Automaton:
        nonlocal made
        made += 1
        if made == 2:
            raise MemoryError
        return Automaton(forms)

    started = start(world, compile_)
    assert started.text(OCCASION, "name", "darn") == "****"
    world.watch_for(Word("ham", Action.MASK))
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        started.text(OCCASION, "name", "darn")
    assert "the list of words cannot be read" in caplog.text
    assert started.text(OCCASION, "name", "darn ham") == "**** ***"


def test_a_list_whose_object_is_gone_is_looked_up_anew() -> None:
    world = Guarded()
    records: list[WordsInForce] = []

    def hook(step: str) -> None:
        if step == "after get record" and not records:
            record = world.tables.records[WordsInForce, WordsInForce.OWNER, ""]
            assert isinstance(record, WordsInForce)
            records.append(record)
            world.moderation.words.add(ADMIN, Word("ham", Action.MASK))
            world.objects.delete(record.key)

    world.tables.hook = hook
    assert start(world).text(OCCASION, "name", "ham") == "***"


def test_a_list_that_is_nowhere_is_not_looked_for_without_end() -> None:
    world = Guarded()
    world.tables.objects.clear()
    steps: list[str] = []
    world.tables.hook = steps.append
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        start(world).text(OCCASION, "name", "ham")
    assert steps.count("before get object") == LOOKS_MAX


def test_where_it_is_time_to_look_a_send_does_so_before_it_has_read_and_only_once() -> None:
    world = Guarded()
    steps: list[str] = []
    world.tables.hook = steps.append
    assert not rejects(world, "hello")
    assert steps[0] == "before get record"
    assert steps.count("before get record") == 1
