"""What a search asks for, and whether a message is it."""

from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.finding import Criteria, terms_of, text_of
from chirrup.domain.messages import Recalled
from tests.fakes.clock import NOON
from tests.unit.making import change, message


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("", ()),
        (" \t\u3000", ()),
        ("Lunch", ("lunch",)),
        (" Lunch  NOON lunch\n", ("lunch", "noon")),
        ("明天\u3000見面", ("明天", "見面")),
        ("\uff37\uff49\uff44\uff45", ("wide",)),
    ],
)
def test_terms_stand_between_blanks(words: str, terms: tuple[str, ...]) -> None:
    assert terms_of(words) == terms


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("lunch", "LUNCH at noon?"),
        ("noon lunch", "Lunch at noon?"),
        ("unc", "Lunch"),
        ("明", "我們明天見面"),
        ("面 明天", "我們明天見面"),
        ("strasse", "In der Hauptstraße"),
        ("100%", "\uff11\uff10\uff10\uff05 sure"),
        ('"', 'He said "no"'),
        ("\\", "C:\\temp"),
    ],
)
def test_every_term_must_stand_in_the_text(words: str, text: str) -> None:
    criteria = Criteria(terms_of(words))
    assert criteria.match("text", {"text": text})
    assert not Criteria((*criteria.terms, "zebra")).match("text", {"text": text})


@pytest.mark.parametrize(
    ("type_", "content", "text"),
    [
        ("text", {"text": "Hi", "mentions": ["bob"]}, "hi"),
        ("image", {"media": "m_1", "caption": "The Sea"}, "the sea"),
        ("image", {"media": "m_1"}, ""),
        ("video", {"media": "m_1", "caption": "Waves"}, "waves"),
        ("file", {"name": "Plan.PDF", "caption": "New"}, "plan.pdf\nnew"),
        ("location", {"title": "Café", "address": "Main St", "latitude": 1}, "café\nmain st"),
        ("merged", {"title": "Chat of A", "items": [{"content": {"text": "inner"}}]}, "chat of a"),
        ("card", {"kind": "user", "id": "dora", "name": "Dora"}, "dora"),
        ("card", {"kind": "user", "id": "dora"}, ""),
        ("voice", {"media": "m_1"}, ""),
        ("emoji", {"name": "Nod"}, ""),
        ("custom", {"custom_type": "order", "data": {"text": "x"}}, ""),
    ],
)
def test_each_type_is_searched_in_what_it_says(
    type_: str, content: dict[str, Any], text: str
) -> None:
    assert text_of(type_, content) == text


def test_no_term_reaches_from_one_part_into_the_next() -> None:
    content = {"name": "planet", "caption": "arium"}
    assert Criteria(("planet", "arium")).match("file", content)
    assert not Criteria(("planetarium",)).match("file", content)


def test_a_search_without_words_matches_what_says_nothing() -> None:
    assert Criteria().match("voice", {})


def test_changes_system_entries_notices_and_what_was_recalled_are_never_wanted() -> None:
    every = Criteria()
    assert every.allow(message())
    for entry in (
        change(2, 1),
        message(type="system.group_created", content={"user_ids": []}),
        message(type="system.friend_added"),
        message(type="notice.friend_request_received"),
        message(content={}, recalled=Recalled("alice", NOON)),
    ):
        assert not every.allow(entry)


@pytest.mark.parametrize(
    ("criteria", "wanted"),
    [
        (Criteria(sender_id="alice"), True),
        (Criteria(sender_id="bob"), False),
        (Criteria(type="text"), True),
        (Criteria(type="custom"), False),
        (Criteria(since=NOON), True),
        (Criteria(since=NOON + 1), False),
        (Criteria(until=NOON + 1), True),
        (Criteria(until=NOON), False),
        (Criteria(since=NOON, until=NOON + 1, sender_id="alice", type="text"), True),
    ],
)
def test_sender_type_and_time_narrow_the_search(criteria: Criteria, wanted: bool) -> None:
    assert criteria.allow(message()) == wanted
    assert not replace(criteria, sender_id="nobody").allow(message())
