"""Texts as searches compare them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.texts import folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lunch?", "lunch?"),
        ("\uff2c\uff35\uff2e\uff23\uff28", "lunch"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ｱｲｽ", "アイス"),
        ("明天", "明天"),
        ("e\u0301", "é"),
        ("\u03a3\u0391\u03a3", "\u03c3\u03b1\u03c3"),
        ("ﬁn", "fin"),
        ("a\nB", "a\nb"),
    ],
)
def test_case_and_width_do_not_matter(text: str, plain: str) -> None:
    assert folded(text) == folded(plain) == unicodedata.normalize("NFKC", plain)


@given(st.text())
def test_what_is_folded_stays_so(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_gives_the_same(text: str) -> None:
    assert folded(text) == folded(text + "\u3042")[:-1]
