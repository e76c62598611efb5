"""Names as the search compares them."""

import pytest

from chirrup.domain.names import KEY_MAX, normalised, place_of


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Alice", "alice"),
        ("  Alice \t\n Liddell ", "alice liddell"),
        ("\uff21\uff2c\uff29\uff23\uff25", "alice"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Ännchen", "ännchen"),
        ("A\u0308nnchen", "ännchen"),
        ("ﬁona", "fiona"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("σίσυφος", "σίσυφοσ"),
        ("王\u3000小明", "王 小明"),
        ("ｶﾞﾘﾚｵ", "ガリレオ"),
        ("\u3000", ""),
        ("", ""),
    ],
)
def test_case_width_and_blanks_are_gone(name: str, found: str) -> None:
    assert normalised(name) == found


@pytest.mark.parametrize("name", ["ᾳ", "ΐ", "İ", "ŉ", "ẞ", "Ⅷ", "㎏", "\u0345", "ﷺ", "¨"])
def test_what_is_normalised_stays_as_it_is(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


def test_a_user_stands_by_the_name_then_by_the_id() -> None:
    assert place_of("Alice", "u2") == "alice\tu2"
    assert place_of("x" * 100, "u") == "x" * KEY_MAX + "\tu"
    assert place_of("Alice", "u1") < place_of("ALICE", "u2") < place_of("Bob", "u0")
