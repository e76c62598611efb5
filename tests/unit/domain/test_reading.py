"""Reading a text: where words stand in it, whatever is done to hide them, and where they do not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.reading import Reading
from tests.support.naive import naive_places
from tests.support.wordings import BETWEEN, CAUGHT, HARMED, INNOCENT, MISSED, PIECES


def places(word: str, text: str) -> list[str]:
    """What of a text is taken for a word."""
    letters, gaps = Reading(word).letters, Reading(word).gaps
    reading = Reading(text)
    found = []
    for start in range(len(reading.letters)):
        if reading.letters.startswith(letters, start):
            place = reading.place(start, start + len(letters), lambda: gaps)
            found += [text[slice(*place)]] if place else []
    return found


@pytest.mark.parametrize(("word", "text"), CAUGHT)
def test_a_word_is_found_however_it_is_written(word: str, text: str) -> None:
    assert places(word, text) == [text]
    assert places(word, f"well, {text}!") == [text]
    assert places(word, f"我 {text} 你") == [text]


@pytest.mark.parametrize(("word", "text"), INNOCENT)
def test_what_only_looks_like_a_word_is_left_alone(word: str, text: str) -> None:
    assert places(word, text) == []


@pytest.mark.parametrize(("word", "text", "taken"), HARMED)
def test_the_harm_to_innocent_text_is_what_is_documented(
    word: str, text: str, taken: list[str]
) -> None:
    assert places(word, text) == taken


@pytest.mark.parametrize(("word", "text"), MISSED)
def test_what_is_not_caught_is_what_is_documented(word: str, text: str) -> None:
    assert places(word, text) == []


def test_marks_on_the_last_letter_are_part_of_a_word_and_what_follows_is_not() -> None:
    assert places("spam", "spam\u0336\u200b eggs") == ["spam\u0336\u200b"]


def test_a_place_is_counted_in_characters_of_the_text_as_it_is() -> None:
    reading = Reading("😀 \uff48\u0301ﬁ\u200b SPAM")
    start = reading.letters.index("spam")
    assert reading.place(start, start + 4, frozenset) == (7, 11)


def test_a_character_of_several_letters_is_taken_whole() -> None:
    assert places("会社", "㍿") == ["㍿"]
    assert places("fi", "ﬁ") == ["ﬁ"]


def test_a_word_knows_where_it_is_divided_itself() -> None:
    assert Reading("kill yourself now").gaps == {4, 12}
    assert Reading(" 'spam', ").gaps == frozenset()
    assert Reading("法 轮").gaps == frozenset()


TEXTS = st.lists(st.sampled_from(PIECES + BETWEEN), max_size=14).map(
    lambda pieces: unicodedata.normalize("NFC", "".join(pieces))
)


@given(word=TEXTS.filter(lambda text: bool(Reading(text).letters)), text=TEXTS)
def test_words_stand_where_a_plain_reading_of_the_rules_finds_them(word: str, text: str) -> None:
    assert places(word, text) == naive_places(word, text)


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_each_letter_has_a_place(text: str) -> None:
    reading = Reading(text)
    for at in range(len(reading.letters)):
        place = reading.place(at, at + 1, frozenset)
        if place:
            start, end = place
            assert reading.letters[at] in Reading(text[start:end]).letters
