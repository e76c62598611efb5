"""Words in files: read row by row, all of them or none."""

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.words import WORDS_MAX, Action, Word
from chirrup.service.word_files import (
    PROBLEMS_MAX,
    Otherwise,
    csv_of,
    words_of_csv,
    words_of_text,
)
from tests.unit.making import refused

OTHERWISE = Otherwise(Action.FLAG, "new")


def listed(words: dict[str, Word]) -> list[tuple[str, str, str]]:
    """Their texts, actions and categories."""
    return [(word.text, word.action, word.category) for word in words.values()]


def problems(text: str) -> list[tuple[object, object]]:
    """Rows and fields that are not good."""
    with pytest.raises(ChirrupError) as error:
        words_of_csv(text, OTHERWISE)
    assert error.value.code is ErrorCode.INVALID_REQUEST
    told: list[dict[str, object]] = error.value.details["problems"]  # type: ignore[assignment]
    assert error.value.details["problem_count"] == len(told)
    return [(one["row"], one["field"]) for one in told]


def test_a_csv_file_says_what_is_done_about_each_word() -> None:
    text = "word,action,category\r\nspam,reject,ads\r\n法轮,MASK,\r\ndarn,,\r\n"
    assert listed(words_of_csv(text, OTHERWISE)) == [
        ("spam", "reject", "ads"),
        ("法轮", "mask", "new"),
        ("darn", "flag", "new"),
    ]


def test_a_csv_file_may_have_a_mark_of_order_other_columns_first_quotes_and_empty_lines() -> None:
    text = '\ufeffCategory, Word\n"a, b","kill ""it"""\n\n,"x\u0301 y"\n'
    assert listed(words_of_csv(text, OTHERWISE)) == [
        ('kill "it"', "flag", "a, b"),
        ("x\u0301 y", "flag", "new"),
    ]


def test_a_text_file_has_a_word_a_line() -> None:
    text = "\ufeffspam\r\n\r\n kill yourself \nspam"
    assert listed(words_of_text(text, OTHERWISE)) == [
        ("spam", "flag", "new"),
        ("kill yourself", "flag", "new"),
    ]


def test_of_two_rows_with_the_same_letters_the_last_counts() -> None:
    words = words_of_csv("word,action\nspam,reject\nS-P-A-M,mask\n", OTHERWISE)
    assert listed(words) == [("S-P-A-M", "mask", "new")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("spam\n", [(1, "header")]),
        ("word,colour\nspam,red\n", [(1, "header")]),
        ("word,action\nspam,shout\n", [(2, "action")]),
        ("word\n...\n", [(2, "word")]),
        ("word,category\n,ads\n", [(2, "word")]),
        (f"word\n{'x' * 65}\n", [(2, "word")]),
        (f"word,category\nspam,{'x' * 33}\n", [(2, "category")]),
        ("word\nspam,reject\n", [(2, "row")]),
        ('word\n"sp\nam"\n', [(2, "word")]),
        ('word\nspam\n"ham\n', [(3, "row")]),
        ("word\na\tb\n", [(2, "word")]),
        ("word\nspam\n\n?\nham\n!\n", [(4, "word"), (6, "word")]),
    ],
)
def test_a_file_that_is_not_good_is_told_row_by_row(
    text: str, told: list[tuple[object, object]]
) -> None:
    if told:
        assert problems(text) == told
    else:
        assert words_of_csv(text, OTHERWISE) == {}


def test_very_many_problems_are_counted_and_the_first_are_told() -> None:
    with pytest.raises(ChirrupError) as error:
        words_of_text("?\n" * 500, OTHERWISE)
    assert error.value.details["problem_count"] == 500
    told: list[object] = error.value.details["problems"]  # type: ignore[assignment]
    assert len(told) == PROBLEMS_MAX


def test_a_file_holds_no_more_words_than_a_list() -> None:
    lines = [f"w{number}" for number in range(WORDS_MAX)]
    assert len(words_of_text("\n".join(lines), OTHERWISE)) == WORDS_MAX
    with refused(ErrorCode.CONFLICT, reason="too_many_words", limit=WORDS_MAX):
        words_of_text("\n".join([*lines, "one more"]), OTHERWISE)


def test_what_is_exported_can_be_imported() -> None:
    words = [Word('say "it", now', Action.MASK, "a,b"), Word("法轮", Action.REJECT)]
    text = "".join(csv_of(words))
    assert text.splitlines()[0] == "word,action,category"
    assert list(words_of_csv(text, Otherwise()).values()) == words
