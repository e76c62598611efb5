"""The search for the words of a list, against a plain reading of the rules."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ChirrupError
from chirrup.domain.occasions import Occasion
from chirrup.domain.reading import Reading
from chirrup.domain.word_lists import listed
from chirrup.domain.words import Action, Word
from chirrup.service.hit_log import HitLog
from chirrup.service.searching import Search
from chirrup.words.automaton import Automaton
from tests.fakes import FakeClock, FakeRecords, FakeTables
from tests.support.naive import naive_spans
from tests.support.wordings import BETWEEN, PIECES

TEXTS = st.lists(st.sampled_from(PIECES + BETWEEN), max_size=14).map(
    lambda pieces: unicodedata.normalize("NFC", "".join(pieces))
)
WORDS = st.builds(
    Word, TEXTS.filter(lambda text: bool(Reading(text).letters)), st.just(Action.MASK)
)


def search_for(*words: Word) -> Search:
    """What looks for words."""
    log = HitLog(records=FakeRecords(FakeTables()), clock=FakeClock())
    by_form = {word.form: word for word in words}
    return Search(listed(by_form), compile_=Automaton, hit_log=log)


@given(st.lists(WORDS, min_size=1, max_size=5), TEXTS)
def test_what_is_masked_is_what_a_plain_search_finds(words: list[Word], text: str) -> None:
    by_form = {word.form: word for word in words}
    expected = list(text)
    for word in by_form.values():
        for start, end in naive_spans(word.text, text):
            expected[start:end] = "*" * (end - start)
    kept = search_for(*words)(Occasion("alice", "profile"), {"name": text})
    assert kept["name"] == "".join(expected)


@given(st.lists(st.tuples(TEXTS, st.sampled_from(Action)), min_size=1, max_size=4), TEXTS)
def test_what_is_rejected_holds_a_word_to_be_rejected(
    given_: list[tuple[str, Action]], text: str
) -> None:
    words = [Word(one, action) for one, action in given_ if Reading(one).letters]
    by_form = {word.form: word for word in words}
    expected = any(
        word.action is Action.REJECT and naive_spans(word.text, text) for word in by_form.values()
    )
    try:
        search_for(*words)(Occasion("alice", "profile"), {"name": text})
    except ChirrupError as error:
        assert (expected, error.details) == (True, {"field": "name"})
    else:
        assert not expected
