"""What clients ask for: shapes of requests about users."""

from typing import Any

import pytest

from chirrup.contracts.base import decode
from chirrup.contracts.fields import URL_MAX
from chirrup.contracts.users import NAME_MAX, ProfileChanges
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused


def test_a_name_and_a_picture_can_be_set_and_a_picture_removed() -> None:
    changes = decode(ProfileChanges, {"name": "Zoë", "picture": "https://example.com/z.png"})
    assert changes.name == "Zoë"
    removed = decode(ProfileChanges, {"picture": None})
    assert removed.model_dump(exclude_unset=True) == {"picture": None}


@pytest.mark.parametrize("name", ["", " \n", "x" * (NAME_MAX + 1), None, 5, "\ud800"])
def test_a_name_is_not_blank_and_not_too_long(name: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="name"):
        decode(ProfileChanges, {"name": name})


@pytest.mark.parametrize(
    "picture",
    [
        "",
        "http://example.com/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AA==",
        "file:///etc/passwd",
        "vbscript:x",
        "//example.com/a.png",
        "https:/example.com",
        "https://" + "x" * URL_MAX,
        5,
    ],
)
def test_a_picture_is_an_https_url(picture: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="picture"):
        decode(ProfileChanges, {"picture": picture})


@pytest.mark.parametrize("name", ["user_id", "created_at", "role"])
def test_nothing_else_of_a_profile_can_be_set(name: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is not known"):
        decode(ProfileChanges, {name: "x"})
