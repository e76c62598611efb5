"""The list of words as an object."""

import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ChirrupError
from chirrup.domain.word_lists import NO_WORDS, WordList, decoded, listed
from chirrup.domain.words import Action, Word, checked

WORDS = (
    Word("Spam", Action.REJECT, "ads"),
    Word("法輪", Action.MASK),
    Word("kill yourself", Action.FLAG, "harm"),
)


def list_of(*words: Word) -> WordList:
    """A list."""
    return listed({word.form: word for word in words})


def test_a_list_is_read_as_it_was_written() -> None:
    read = decoded(list_of(*WORDS).encoded())
    assert list(read) == [WORDS[2], WORDS[0], WORDS[1]]
    assert list(read.each_form()) == ["killyourself", "spam", "法轮"]
    assert [read.action(number) for number in range(3)] == ["flag", "reject", "mask"]
    assert [set(read.gaps(number)) for number in range(3)] == [{4}, set(), set()]
    assert read.several([2, 0]) == {2: WORDS[1], 0: WORDS[2]}
    assert read.by_form() == {word.form: word for word in WORDS}
    assert len(read) == 3


@pytest.mark.parametrize("words", [(), (Word("a", Action.MASK),)])
def test_lists_of_no_word_and_of_one_without_a_category_are_told_apart(
    words: tuple[Word, ...],
) -> None:
    assert list(decoded(list_of(*words).encoded())) == list(words)


def test_where_the_letters_are_of_another_edition_forms_are_made_anew() -> None:
    written = list_of(*WORDS)
    older = replace(
        written,
        edition="0",
        columns=written.columns._replace(forms="a\nb\nc", gaps="1:1"),
    )
    read = decoded(older.encoded())
    assert list(read.each_form()) == list(written.each_form())
    assert [set(read.gaps(number)) for number in range(3)] == [{4}, set(), set()]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not compressed",
        zlib.compress(b"1"),
        zlib.compress(b"\xff"),
        zlib.compress(b"1\x1ea\nb\x1ea\nb\x1er\x1e\n\x1e"),
        zlib.compress(b"1\x1ea\x1ea\nb\x1err\x1e\n\x1e"),
    ],
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"co|decode"):
        decoded(body)


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.sampled_from(Action), st.text(max_size=5)), max_size=8
    )
)
def test_any_words_that_are_taken_are_read_as_they_were_written(
    given_: list[tuple[str, Action, str]],
) -> None:
    words = []
    for row in given_:
        try:
            words.append(checked(*row))
        except ChirrupError:
            continue
    written = list_of(*words)
    read = decoded(written.encoded())
    assert list(read) == list(written)
    assert list(read.each_form()) == [word.form for word in read]
    assert [read.gaps(number) for number in range(len(read))] == [word.gaps for word in read]


def test_there_may_be_no_words() -> None:
    assert (len(NO_WORDS), list(NO_WORDS.each_form())) == (0, [])
