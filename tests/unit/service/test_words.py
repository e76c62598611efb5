"""The list of words, as those change it who look after it."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.words import WORDS_MAX, Action, Word, word_id
from chirrup.domain.words_in_force import OLDER_MAX, WordsInForce
from chirrup.ports.records import CommitConflict
from chirrup.service.words import Imported, Wanted, WordService
from tests.unit.making import refused
from tests.unit.world import World

SPAM = Word("spam", Action.REJECT, "ads")
HAM = Word("Ham", Action.MASK)
EGGS = Word("eggs", Action.FLAG, "ads")


@pytest.fixture
def world() -> World:
    """Without words."""
    return World()


@pytest.fixture
def words(world: World) -> WordService:
    """Where they are looked after."""
    return world.moderation.words


def in_force(world: World) -> WordsInForce:
    """Which list is in force."""
    record = world.records.get(WordsInForce, WordsInForce.OWNER)
    assert record is not None
    return record


def test_there_are_no_words_before_somebody_adds_one(words: WordService) -> None:
    assert words.list(Wanted(), None, 10) == ([], None)
    assert words.all() == []
    with refused(ErrorCode.NOT_FOUND):
        words.get(SPAM.id)
    with refused(ErrorCode.NOT_FOUND):
        words.delete("ann", SPAM.id)


def test_words_are_added_and_found_by_their_letters(world: World, words: WordService) -> None:
    for word in (SPAM, HAM, EGGS):
        assert words.add("ann", word) == word
    assert words.all() == [EGGS, HAM, SPAM]
    assert words.get(HAM.id) == HAM
    record = in_force(world)
    assert (record.version, record.count, record.changed_by) == (3, 3, "ann")
    assert record.changed_at == world.clock.time


def test_the_same_letters_are_the_same_word(words: WordService) -> None:
    words.add("ann", SPAM)
    with refused(ErrorCode.CONFLICT, reason="word_exists", word_id=SPAM.id):
        words.add("ann", Word("S.P.A.M", Action.FLAG))
    assert words.all() == [SPAM]


def test_a_word_is_changed_in_its_place(words: WordService) -> None:
    words.add("ann", SPAM)
    words.add("ann", HAM)
    milder = Word("Spam!", Action.FLAG)
    assert words.change("bea", SPAM.id, milder) == milder
    assert words.change("bea", milder.id, EGGS) == EGGS
    assert words.all() == [EGGS, HAM]
    with refused(ErrorCode.CONFLICT, reason="word_exists"):
        words.change("bea", EGGS.id, HAM)
    with refused(ErrorCode.NOT_FOUND):
        words.change("bea", SPAM.id, HAM)


def test_the_last_word_can_be_deleted(world: World, words: WordService) -> None:
    words.add("ann", SPAM)
    words.delete("ann", SPAM.id)
    assert (words.all(), in_force(world).count) == ([], 0)
    words.add("ann", SPAM)
    assert words.all() == [SPAM]


def test_a_page_goes_on_where_the_one_before_ended(words: WordService) -> None:
    words.import_("ann", {word.form: word for word in (SPAM, HAM, EGGS)}, replace=False)
    first, after = words.list(Wanted(), None, 2)
    assert (first, after) == ([EGGS, HAM], "ham")
    assert words.list(Wanted(), after, 2) == ([SPAM], None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(text="A-M"), [HAM, SPAM]),
        (Wanted(text="xyz"), []),
        (Wanted(action=Action.FLAG), [EGGS]),
        (Wanted(category="ads"), [EGGS, SPAM]),
        (Wanted(category=""), [HAM]),
        (Wanted(text="s", category="ads", action=Action.REJECT), [SPAM]),
    ],
)
def test_words_are_told_apart(words: WordService, wanted: Wanted, found: list[Word]) -> None:
    words.import_("ann", {word.form: word for word in (SPAM, HAM, EGGS)}, replace=False)
    assert words.list(wanted, None, 10) == (found, None)


def test_an_import_adds_and_changes_and_may_delete_all_others(words: WordService) -> None:
    words.import_("ann", {SPAM.form: SPAM, HAM.form: HAM}, replace=False)
    milder = Word("spam", Action.FLAG)
    given = {milder.form: milder, EGGS.form: EGGS, HAM.form: HAM}
    assert words.import_("ann", given, replace=False) == Imported(1, 1, 1, 0)
    assert words.all() == [EGGS, HAM, milder]
    assert words.import_("ann", {SPAM.form: SPAM}, replace=True) == Imported(0, 1, 0, 2)
    assert words.all() == [SPAM]


def test_what_changes_nothing_makes_no_new_list(world: World, words: WordService) -> None:
    words.add("ann", SPAM)
    assert words.import_("bea", {SPAM.form: SPAM}, replace=True) == Imported(0, 0, 1, 0)
    assert (in_force(world).version, in_force(world).changed_by) == (1, "ann")


def test_a_hundred_thousand_words_are_imported_at_once_and_no_more(words: WordService) -> None:
    many = {f"w{n}": Word(f"w{n}", Action.MASK) for n in range(WORDS_MAX)}
    assert words.import_("ann", many, replace=False).added == WORDS_MAX
    with refused(ErrorCode.CONFLICT, reason="too_many_words", limit=WORDS_MAX):
        words.add("ann", SPAM)
    assert words.get(word_id("w99999")).text == "w99999"


def test_of_two_changes_that_meet_none_is_lost(world: World, words: WordService) -> None:
    words.add("ann", SPAM)

    def hook(step: str) -> None:
        if step == "before commit":
            world.tables.hook = lambda _: None
            words.add("bea", EGGS)

    world.tables.hook = hook
    words.add("ann", HAM)
    assert words.all() == [EGGS, HAM, SPAM]
    assert len(world.tables.objects) == in_force(world).version


def test_a_change_that_always_meets_others_is_given_up(world: World, words: WordService) -> None:
    def hook(step: str) -> None:
        if step == "before commit":
            raise CommitConflict

    world.tables.hook = hook
    with refused(ErrorCode.RATE_LIMITED):
        words.add("ann", SPAM)
    assert world.tables.objects == {}


def test_a_few_older_lists_are_kept_and_the_rest_is_deleted(
    world: World, words: WordService
) -> None:
    for number in range(OLDER_MAX + 3):
        words.add("ann", Word(f"word {number}", Action.MASK))
    record = in_force(world)
    assert world.tables.objects.keys() == {record.key, *record.older}
    assert len(record.older) == OLDER_MAX


def test_a_list_that_cannot_be_stored_changes_nothing(world: World, words: WordService) -> None:
    words.add("ann", SPAM)

    def hook(step: str) -> None:
        if step == "before put object":
            raise ConnectionError

    world.tables.hook = hook
    with pytest.raises(ConnectionError):
        words.add("ann", HAM)
    world.tables.hook = lambda _: None
    assert words.all() == [SPAM]


def test_a_list_whose_object_is_nowhere_cannot_be_changed(world: World, words: WordService) -> None:
    words.add("ann", SPAM)
    world.tables.objects.clear()
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        words.add("ann", HAM)


@pytest.mark.parametrize("text", ["", " ", "\U0001f600", "...", "x" * 65, "a\nb"])
def test_what_is_no_word_is_not_added_and_spoils_no_list(words: WordService, text: str) -> None:
    words.add("ann", SPAM)
    with refused(ErrorCode.INVALID_REQUEST, field="word"):
        words.add("ann", Word(text, Action.REJECT))
    with refused(ErrorCode.INVALID_REQUEST, field="word"):
        words.change("ann", SPAM.id, Word(text, Action.REJECT))
    assert words.all() == [SPAM]
