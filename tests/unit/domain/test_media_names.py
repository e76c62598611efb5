"""How downloads are named and shown."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.media_names import shown_as
from chirrup.domain.media_types import ANYTHING, SHOWN


@pytest.mark.parametrize("declared", ["image/png", "audio/ogg", "video/mp4", "application/pdf"])
def test_pictures_and_sounds_are_shown(declared: str) -> None:
    assert shown_as(declared, "") == (declared, "inline")


@pytest.mark.parametrize(
    "declared",
    ["text/html", "image/svg+xml", "application/xml", "text/javascript", "x/y", "text/plain"],
)
def test_all_else_is_saved_and_says_nothing_of_its_type(declared: str) -> None:
    assert shown_as(declared, "") == (ANYTHING, "attachment")


def test_a_name_is_told_to_old_clients_and_to_new_ones() -> None:
    _, told = shown_as("text/plain", 'Gebühr "1" 50%\\\r\n€.txt')
    assert told == (
        'attachment; filename="Geb_hr _1_ 50_____.txt"; '
        "filename*=UTF-8''Geb%C3%BChr%20%221%22%2050%25%5C%0D%0A%E2%82%AC.txt"
    )


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=255)


@given(NAMES, st.sampled_from([*sorted(SHOWN), "x/y"]))
def test_whatever_a_file_is_called_the_header_stays_one_header(name: str, declared: str) -> None:
    _, told = shown_as(declared, name)
    assert told.isascii()
    assert told.isprintable()
    assert told.count('"') == (2 if name else 0)
    if name:
        assert unquote(told.rpartition("''")[2]) == name
