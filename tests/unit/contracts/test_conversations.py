"""What clients ask for: shapes of requests about conversations."""

from typing import Any

import pytest

from chirrup.contracts.base import decode
from chirrup.contracts.conversations import ConversationChanges, PageQuery
from chirrup.domain.conversations import DRAFT_MAX
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused


def test_only_what_is_given_is_changed() -> None:
    changes = decode(ConversationChanges, {"muted": False, "draft": None})
    assert changes.model_dump(exclude_unset=True) == {"muted": False, "draft": None}
    assert decode(ConversationChanges, {}).model_dump(exclude_unset=True) == {}


@pytest.mark.parametrize("name", ["muted", "pinned", "archived", "marked_unread"])
@pytest.mark.parametrize("value", [None, 1, 0, "true"])
def test_a_switch_is_true_or_false(name: str, value: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name):
        decode(ConversationChanges, {name: value})


@pytest.mark.parametrize("draft", [5, "x" * (DRAFT_MAX + 1), "\ud800", ["x"]])
def test_a_draft_is_a_text_that_could_be_sent(draft: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="draft"):
        decode(ConversationChanges, {"draft": draft})


@pytest.mark.parametrize("name", ["hidden", "hidden_unread", "read_seq", "user_id"])
def test_nothing_else_can_be_set(name: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is not known"):
        decode(ConversationChanges, {name: 1})


def test_a_page_holds_1_to_100() -> None:
    assert PageQuery.model_validate({"limit": "100"}, strict=False).limit == 100
    for limit in (0, 101):
        with refused(ErrorCode.INVALID_REQUEST, field="limit"):
            decode(PageQuery, {"limit": limit})
