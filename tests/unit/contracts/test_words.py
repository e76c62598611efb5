"""What may be asked of those who look after words."""

from typing import Any

import pytest

from chirrup.contracts.base import Received, decode
from chirrup.contracts.hits import HitHandling, HitQuery, WaitingQuery
from chirrup.contracts.words import NewWord, WordChanges, WordImport, WordQuery
from chirrup.domain.errors import ErrorCode
from chirrup.domain.hits import Outcome, Status
from chirrup.domain.words import Action
from tests.unit.making import refused


def test_a_word_says_what_is_done_about_it() -> None:
    word = decode(NewWord, {"word": "spam", "action": "mask"})
    assert (word.word, word.action, word.category) == ("spam", Action.MASK, "")


def test_a_change_holds_what_was_given_only() -> None:
    changes = decode(WordChanges, {"action": "flag"})
    assert changes.model_dump(exclude_unset=True) == {"action": Action.FLAG}


def test_queries_come_as_text_over_http() -> None:
    query = HitQuery.model_validate({"since": "5", "status": "waiting"}, strict=False)
    assert (query.since, query.status, query.limit) == (5, Status.WAITING, 50)
    assert WordQuery.model_validate({"limit": "7", "action": "mask"}, strict=False).limit == 7


def test_an_import_refuses_what_it_is_not_told_otherwise() -> None:
    given = decode(WordImport, {"format": "text", "content": "spam"})
    assert (given.action, given.category, given.replace) == (Action.REJECT, "", False)


def test_an_outcome_is_one_of_three() -> None:
    for outcome in Outcome:
        assert decode(HitHandling, {"outcome": outcome.value}).outcome is outcome


@pytest.mark.parametrize(
    ("model", "given"),
    [
        (NewWord, {"word": "spam"}),
        (NewWord, {"action": "mask"}),
        (NewWord, {"word": "", "action": "mask"}),
        (NewWord, {"word": "spam", "action": "shout"}),
        (NewWord, {"word": "spam", "action": "mask", "category": None}),
        (NewWord, {"word": "spam", "action": "mask", "colour": "red"}),
        (WordChanges, {"word": None}),
        (WordChanges, {"action": None}),
        (WordQuery, {"limit": 0}),
        (WordQuery, {"limit": 501}),
        (WordQuery, {"action": "shout"}),
        (WordImport, {"format": "xls", "content": ""}),
        (WordImport, {"format": "csv"}),
        (WordImport, {"format": "csv", "content": "", "replace": "yes"}),
        (HitQuery, {"cursor": "h_1"}),
        (HitQuery, {"status": "asleep"}),
        (HitQuery, {"since": -1}),
        (WaitingQuery, {"limit": 101}),
        (HitHandling, {"outcome": "ignored"}),
        (HitHandling, {}),
    ],
)
def test_anything_else_is_refused(model: type[Received], given: dict[str, Any]) -> None:
    with refused(ErrorCode.INVALID_REQUEST):
        decode(model, given)
