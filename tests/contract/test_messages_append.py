"""Timelines: appending."""

from itertools import chain
from typing import Any

import pytest

from chirrup.domain.ids import Conversation
from chirrup.domain.messages import EDITED, Entry, Forwarded, Quote, Recalled
from tests.contract.entries import fill, message
from tests.contract.stores import Stores

WHOLE: dict[str, dict[str, Any]] = {
    "a text": {"content": {"text": 'a\u0000b 😀 "quoted" \n', "mentions": ["x@y.z"]}},
    "an empty tombstone": {"content": {}, "recalled": Recalled("alice@example.com", 7)},
    "any JSON": {
        "type": "custom",
        "content": {"n": 1.5, "big": 2**70, "none": None, "list": [True, [], {}], "": ""},
    },
    "a quote": {"quote": Quote(3, "bob@example.com", "text", "said before")},
    "a quote of what has no text": {"quote": Quote(3, "bob@example.com", "custom", None)},
    "a forward": {"forwarded": Forwarded("p_a~b", 7, "bob@example.com", 1_700_000_000_000)},
    "an edited text": {"edits": 2, "edited_at": 5, "revision": 2},
    "reactions": {"reactions": {"👍": ("bob", "alice"), "♥": ("alice",)}, "revision": 3},
    "a change": {
        "type": EDITED,
        "client_id": "",
        "digest": "",
        "changes": 3,
        "content": {"seq": 3},
        "previous": {"text": "as it was"},
    },
    "a change of what was empty": {"changes": 3, "previous": {}},
}


@pytest.mark.parametrize("given", WHOLE.values(), ids=WHOLE)
def test_an_entry_comes_back_as_it_was_stored(
    stores: Stores, private: Conversation, given: dict[str, Any]
) -> None:
    entry = message(private, 1, **given)
    assert stores.timeline.append(entry) is None
    assert stores.timeline.get(private.id, [1]) == {1: entry}


def test_an_append_to_a_taken_seq_gives_back_what_stands_there(
    stores: Stores, private: Conversation
) -> None:
    first = message(private, 1, content={"text": "first"}, quote=Quote(9, "x", "text", "y"))
    second = message(private, 1, content={"text": "second"}, sender=1)
    assert stores.timeline.append(first) is None
    assert stores.timeline.append(second) == first
    assert stores.timeline.get(private.id, [1]) == {1: first}


def test_an_append_again_gives_back_the_entry_itself(stores: Stores, private: Conversation) -> None:
    entry = message(private, 1)
    stores.timeline.append(entry)
    assert stores.timeline.append(entry) == entry


def test_each_conversation_counts_for_itself(stores: Stores, private: Conversation) -> None:
    other = Conversation(private.id + "x", private.kind, private.users)
    assert stores.timeline.append(message(private, 1)) is None
    assert stores.timeline.append(message(other, 1)) is None


def test_of_appends_to_one_seq_at_the_same_moment_one_succeeds(
    stores: Stores, private: Conversation
) -> None:
    fill(stores.timeline, private, 1)
    rivals = [message(private, 2, client_id=f"rival-{n}") for n in range(6)]
    found = stores.each_at_once(stores.timeline.append, rivals)
    [winner] = [rival for rival, taken in zip(rivals, found, strict=True) if taken is None]
    assert [taken for taken in found if taken is not None] == [winner] * 5
    assert stores.timeline.get(private.id, [2]) == {2: winner}


def test_writers_who_climb_past_each_other_leave_no_hole(
    stores: Stores, private: Conversation
) -> None:
    def write(writer: int) -> list[Entry]:
        seq = 1
        stored: list[Entry] = []
        while len(stored) < 5:
            entry = message(private, seq, client_id=f"{writer}-{len(stored)}")
            if stores.timeline.append(entry) is None:
                stored.append(entry)
            seq += 1
        return stored

    written = stores.each_at_once(write, range(4))
    kept = stores.timeline.after(private.id, 0, 100)
    assert [entry.seq for entry in kept] == list(range(1, 21))
    assert sorted(chain(*written), key=lambda entry: entry.seq) == kept
