"""From verified claims to a user."""

from typing import Any

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.identity.claims import NAME_MAX, identity_of
from chirrup.ports import Identity
from tests.unit.making import refused

GOOD = {"sub": "alice", "exp": 1_790_000_000}


@pytest.mark.parametrize("exp", [1_790_000_000, "1790000000", 1_790_000_000.9, "1.79e9"])
def test_the_end_is_read_in_milliseconds_however_it_is_written(exp: Any) -> None:
    assert identity_of(GOOD | {"exp": exp}, "sub") == Identity("alice", 1_790_000_000_000)


def test_any_claim_may_be_the_user_id() -> None:
    claims = GOOD | {"email": "al@example.com"}
    assert identity_of(claims, "email").user_id == "al@example.com"


@pytest.mark.parametrize(
    "user_id", [None, "", 5, ["alice"], "a b", "x" * 65, "a|b", "ä", "a+b@c.d"]
)
def test_what_is_no_user_id_lets_nobody_in(user_id: Any) -> None:
    with refused(ErrorCode.UNAUTHENTICATED, reason="user_id"):
        identity_of(GOOD | {"sub": user_id}, "sub")


@pytest.mark.parametrize("exp", [None, "", "soon", [], float("inf"), "nan", "-inf"])
def test_what_has_no_end_lets_nobody_in(exp: Any) -> None:
    with refused(ErrorCode.UNAUTHENTICATED):
        identity_of(GOOD | {"exp": exp}, "sub")


@pytest.mark.parametrize("claims", [{}, {"sub": "alice"}, {"exp": 1}])
def test_what_is_missing_lets_nobody_in(claims: dict[str, Any]) -> None:
    with refused(ErrorCode.UNAUTHENTICATED):
        identity_of(claims, "sub")


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Alice", "Alice"), ("x" * 99, "x" * NAME_MAX), (" ", None), ("", None), (5, None)],
)
def test_a_name_is_taken_if_there_is_one(name: Any, kept: str | None) -> None:
    assert identity_of(GOOD | {"name": name}, "sub").name == kept


@pytest.mark.parametrize(
    ("picture", "kept"),
    [
        ("https://x.example/a.png", "https://x.example/a.png"),
        ("http://x.example/a.png", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AA==", None),
        ({"url": "https://x.example"}, None),
    ],
)
def test_a_picture_is_taken_if_it_is_safe(picture: Any, kept: str | None) -> None:
    assert identity_of(GOOD | {"picture": picture}, "sub").picture == kept
