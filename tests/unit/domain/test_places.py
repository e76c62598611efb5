"""Places in a search: what a cursor says comes back as it was, and nothing else is one."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.ids import CONVERSATION_ID_MAX
from chirrup.domain.places import PLACE_MAX, RECENT_MAX, Place, mark, parse_place

MARKS = [mark(f"g_{number}") for number in range(RECENT_MAX)]


@given(
    marks=st.lists(st.sampled_from(MARKS), max_size=RECENT_MAX).map(tuple),
    at=st.integers(0, RECENT_MAX),
    id_=st.sampled_from(["", "p_a.b~c@d-e", "s_x", "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"]),
    below=st.integers(0, 2**53 - 1),
)
def test_a_place_comes_back_as_it_was(
    marks: tuple[str, ...], at: int, id_: str, below: int
) -> None:
    place = Place(marks, min(at, len(marks)), id_, below)
    assert parse_place(place.text()) == place


def test_the_longest_cursor_is_within_the_limit() -> None:
    place = Place(tuple(MARKS), RECENT_MAX, "p_" + "x" * (CONVERSATION_ID_MAX - 2), 2**53 - 1)
    assert parse_place(place.text()) == place
    assert len(place.text()) <= PLACE_MAX


def _cursor(plain: str) -> str:
    return urlsafe_b64encode(plain.encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!",
        "here",
        "é",
        _cursor("1.0"),
        _cursor("-1.0..x"),
        _cursor("1.1..x"),
        _cursor("1.0.short.x"),
        _cursor("1.0..a b"),
        _cursor("1.0.." + "x" * (CONVERSATION_ID_MAX + 1)),
        _cursor("1.0.." + "\u00e9"),
        _cursor("1" * 17 + ".0..x"),
    ],
)
def test_anything_else_is_no_place(cursor: str) -> None:
    assert parse_place(cursor) is None


def test_marks_tell_conversations_apart() -> None:
    assert len(set(MARKS)) == RECENT_MAX
