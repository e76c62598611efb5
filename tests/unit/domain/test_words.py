"""Words: what is one, and which of their actions counts."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.words import CATEGORY_MAX, WORD_MAX, Action, Word, checked, masked, strictest
from tests.unit.making import refused


def test_a_word_is_kept_composed_and_without_blanks_around_it() -> None:
    assert checked(" cafe\u0301 ", "mask", " x ") == Word("caf\u00e9", Action.MASK, "x")


def test_words_with_the_same_letters_have_the_same_id() -> None:
    assert Word("S.P.A.M", Action.FLAG).id == Word("spam", Action.REJECT).id
    assert Word("spam", Action.REJECT).id != Word("ham", Action.REJECT).id


@pytest.mark.parametrize(
    ("text", "action", "category", "field"),
    [
        ("", "mask", "", "word"),
        (" \u200b ", "mask", "", "word"),
        ("?!", "mask", "", "word"),
        ("🖕", "mask", "", "word"),
        ("a\nb", "mask", "", "word"),
        ("a\x1eb", "mask", "", "word"),
        ("a\ud800", "mask", "", "word"),
        ("x" * (WORD_MAX + 1), "mask", "", "word"),
        ("a", "shout", "", "action"),
        ("a", "MASK", "", "action"),
        ("a", "mask", "x" * (CATEGORY_MAX + 1), "category"),
        ("a", "mask", "x\ny", "category"),
    ],
)
def test_what_is_no_word_is_refused(text: str, action: str, category: str, field: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        checked(text, action, category)


def test_lengths_are_counted_as_they_are_kept() -> None:
    assert len(checked("e\u0301" * WORD_MAX, "mask", "e\u0301" * CATEGORY_MAX).text) == WORD_MAX


@pytest.mark.parametrize(
    ("actions", "counts"),
    [
        ((Action.FLAG,), Action.FLAG),
        ((Action.FLAG, Action.MASK), Action.MASK),
        ((Action.MASK, Action.REJECT, Action.FLAG), Action.REJECT),
    ],
)
def test_the_strictest_action_counts(actions: tuple[Action, ...], counts: Action) -> None:
    assert strictest(actions) is counts


def test_each_character_of_a_place_becomes_a_star() -> None:
    assert masked("ab 😀cd", [(0, 1), (3, 5), (4, 6)]) == "*b ***"
    assert masked("ab", []) == "ab"
