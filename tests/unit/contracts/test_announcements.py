"""What may be announced."""

from typing import Any

import pytest

from chirrup.contracts.announcements import AnnouncementChanges, AnnouncementQuery, NewAnnouncement
from chirrup.contracts.base import decode
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused


def test_a_text_is_kept_in_normal_form_and_counted_so() -> None:
    assert decode(NewAnnouncement, {"text": "e\u0301" * 2048}).text == "é" * 2048
    assert decode(NewAnnouncement, {"text": "x"}).top is False


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": ""},
        {"text": " \n\u3000"},
        {"text": "x" * 2049},
        {"text": None},
        {"text": 1},
        {"text": "\ud800"},
        {"text": "x", "top": 1},
        {"text": "x", "top": None},
        {"text": "x", "colour": "red"},
    ],
)
def test_anything_else_is_refused(given: dict[str, Any]) -> None:
    with refused(ErrorCode.INVALID_REQUEST):
        decode(NewAnnouncement, given)


@pytest.mark.parametrize(
    "given", [{"text": None}, {"text": " "}, {"text": "x" * 2049}, {"top": None}, {"seq": 1}]
)
def test_a_change_takes_nothing_away(given: dict[str, Any]) -> None:
    with refused(ErrorCode.INVALID_REQUEST):
        decode(AnnouncementChanges, given)


def test_a_change_holds_what_was_given_only() -> None:
    changes = decode(AnnouncementChanges, {"top": False})
    assert changes.model_dump(exclude_unset=True) == {"top": False}


def test_a_cursor_is_an_id() -> None:
    assert decode(AnnouncementQuery, {"cursor": "a_" + "0" * 11}).limit == 20
    for cursor in ("", "a_", "~~~", "a_" + "u" * 11):
        with refused(ErrorCode.INVALID_REQUEST):
            decode(AnnouncementQuery, {"cursor": cursor})
