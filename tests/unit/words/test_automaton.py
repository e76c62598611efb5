"""The library that searches for many words at once, against a plain search."""

from hypothesis import given
from hypothesis import strategies as st

from chirrup.words.automaton import Automaton

FORMS = st.lists(st.text("ab法", min_size=1, max_size=4), min_size=1, max_size=12, unique=True)


@given(FORMS, st.text("ab法😀", max_size=30))
def test_every_place_of_every_form_is_found(forms: list[str], letters: str) -> None:
    plain = {
        (number, start, start + len(form))
        for number, form in enumerate(forms)
        for start in range(len(letters))
        if letters.startswith(form, start)
    }
    found = Automaton(forms).find(letters)
    assert set(found) == plain
    assert len(found) == len(plain)


def test_places_are_counted_in_characters_beyond_the_basic_plane_too() -> None:
    assert Automaton(["b"]).find("😀法b") == [(0, 2, 3)]
