# ruff: noqa: RUF001 - characters that look like others are what this is about
"""Letters: what characters become, and what stands between them."""

import pytest

from chirrup.domain.letters import (
    BLANK,
    LETTERS,
    LINE,
    OTHER,
    QUOTE,
    REMEMBERED_MAX,
    SENTENCE,
    STOP,
    UNSPACED,
)


@pytest.mark.parametrize(
    ("characters", "letters"),
    [
        ("aAàＡ𝐀ⓐᵃ", "a"),
        ("ßẞ", "ss"),
        ("İi", "i"),
        ("σςΣ", "σ"),
        ("憂忧", "忧"),
        ("薴苧苎", "苎"),
        ("ガ", "ガ"),
        ("①１", "1"),
        ("½", "12"),
        ("㍿", "株式会社"),
        ("ि", "ि"),
        ("\u200b\u00ad\u0301\ufe0f\u3164\u034f", ""),
        (" \t\u3000\xa0", BLANK),
        ("\n\r\u2028", LINE),
        (",;:!?…。、", SENTENCE),
        (".．", STOP),
        ("'\"’「」()/\\", QUOTE),
        ("-_*~@#💩\ue000", OTHER),
    ],
)
def test_characters_become_letters_or_say_how_they_divide(characters: str, letters: str) -> None:
    assert {LETTERS[one] for one in characters} == {letters}


@pytest.mark.parametrize("character", "法가かカกກកကྐ")
def test_scripts_without_blanks_are_known(character: str) -> None:
    assert UNSPACED[character]


@pytest.mark.parametrize("character", "aяαאب1अ")
def test_scripts_with_blanks_are_known(character: str) -> None:
    assert not UNSPACED[character]


def test_texts_that_go_through_all_of_unicode_do_not_fill_the_memory() -> None:
    for code in range(0x4E00, 0x4E00 + 2 * REMEMBERED_MAX):
        LETTERS[chr(code)]
        assert len(LETTERS) <= REMEMBERED_MAX
    assert LETTERS["憂"] == "忧"
