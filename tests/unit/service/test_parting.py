"""What those read who have left a group."""

from typing import Any

import pytest

from chirrup.service.actor import Actor
from chirrup.transport.http.views import conversation_view
from tests.unit.club import Club
from tests.unit.world import ALICE, BOB

PLENTY = 10**6


@pytest.fixture
def club() -> Club:
    return Club()


def read(club: Club, actor: Actor = BOB) -> dict[int, Any]:
    """What somebody reads, by seq."""
    page = club.messaging.reading.history(actor, club.id, after_seq=0, budget=PLENTY)
    return {shown.entry.seq: shown.entry for shown in page.entries}


def say(club: Club, words: str) -> int:
    """Alice says something; its seq."""
    return club.send(ALICE, words, conversation_id=club.id).entry.seq


def test_what_is_edited_after_one_has_left_reads_as_it_was(club: Club) -> None:
    changing = club.messaging.changing
    seq = say(club, "first")
    changing.edit(ALICE, club.id, seq, {"text": "second"})
    club.groups.membership.leave(BOB, club.id)
    for words in ("third", "fourth"):
        changing.edit(ALICE, club.id, seq, {"text": words})
    changing.react(ALICE, club.id, seq, "👍", add=True)
    entry = read(club)[seq]
    assert (entry.content, entry.edits, entry.reactions) == ({"text": "second"}, 1, {})
    assert read(club, ALICE)[seq].content == {"text": "fourth"}


@pytest.mark.parametrize("later", [(), ("second",), ("second", "second"), ("third", "second")])
def test_an_edit_that_leaves_the_text_as_it_was_takes_nothing_away(
    club: Club, later: tuple[str, ...]
) -> None:
    seq = say(club, "first")
    club.groups.membership.leave(BOB, club.id)
    for words in ("first", *later):
        club.messaging.changing.edit(ALICE, club.id, seq, {"text": words})
    entry = read(club)[seq]
    assert (entry.content, entry.edits, entry.edited_at) == ({"text": "first"}, 0, None)


def test_what_is_recalled_is_gone_for_them_too(club: Club) -> None:
    seq = say(club, "a secret")
    club.groups.membership.leave(BOB, club.id)
    club.messaging.changing.edit(ALICE, club.id, seq, {"text": "another"})
    club.messaging.changing.recall(ALICE, club.id, seq)
    entry = read(club)[seq]
    assert (entry.content, entry.recalled is not None) == ({}, True)


def test_what_was_never_changed_costs_no_further_read(club: Club) -> None:
    seq = say(club, "as it is")
    club.groups.membership.leave(BOB, club.id)
    steps: list[str] = []
    club.tables.hook = steps.append
    assert read(club)[seq].content == {"text": "as it is"}
    assert steps.count("before read page") == 1


def test_the_list_shows_no_preview_of_a_group_that_one_has_left(club: Club) -> None:
    say(club, "the last word")
    club.groups.membership.leave(BOB, club.id)
    club.groups.groups.change(ALICE, club.id, {"name": "Another name"})
    (view,), _ = club.messaging.conversations.list(BOB, None, 10)
    shown = conversation_view(view)
    assert (shown.preview, shown.left) == (None, True)
    assert shown.group is not None
    assert shown.group.model_dump(exclude_none=True) == {"name": "Book club"}
