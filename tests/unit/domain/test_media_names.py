"""How downloads are named and shown."""

import pytest

from chirrup.domain.media_names import shown_as
from chirrup.domain.media_types import ANYTHING


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
