"""Timelines: looking for a message that a retry may have sent before."""

import pytest

from chirrup.domain.ids import Conversation
from chirrup.storage import messages
from tests.contract.entries import T0, fill, message
from tests.contract.stores import Stores
from tests.contract.test_messages_pages import LARGE


def _find(
    stores: Stores,
    chat: Conversation,
    client_id: str,
    *,
    below: int = 100,
    since: int = 0,
    horizon: int = 50,
) -> tuple[int | None, bool]:
    found, complete = stores.timeline.find_sent(
        chat.id, chat.users[0], client_id, below=below, since=since, horizon=horizon
    )
    return found.seq if found else None, complete


def test_a_message_is_found_by_its_client_id(stores: Stores, private: Conversation) -> None:
    entries = fill(stores.timeline, private, 10)
    found = stores.timeline.find_sent(
        private.id, private.users[0], "client-4", below=11, since=0, horizon=50
    )
    assert found == (entries[3], True)


def test_the_same_client_id_of_somebody_else_is_not_it(
    stores: Stores, private: Conversation
) -> None:
    stores.timeline.append(message(private, 1, client_id="same"))
    stores.timeline.append(message(private, 2, client_id="same", sender=1))
    assert _find(stores, private, "same") == (1, True)


def test_a_change_is_never_taken_for_a_message(stores: Stores, private: Conversation) -> None:
    stores.timeline.append(message(private, 1))
    stores.timeline.append(message(private, 2, client_id="", changes=1, content={"seq": 1}))
    assert _find(stores, private, "client-2") == (None, True)


def test_what_stands_at_or_above_the_start_is_not_looked_at(
    stores: Stores, private: Conversation
) -> None:
    fill(stores.timeline, private, 10)
    assert _find(stores, private, "client-5", below=5) == (None, True)
    assert _find(stores, private, "client-5", below=6) == (5, True)
    assert _find(stores, private, "client-1", below=1) == (None, True)


def test_a_search_to_the_beginning_is_complete(stores: Stores, private: Conversation) -> None:
    assert _find(stores, private, "none") == (None, True)
    fill(stores.timeline, private, 10)
    assert _find(stores, private, "none", horizon=11) == (None, True)
    assert _find(stores, private, "none", horizon=10) == (None, True)


@pytest.mark.parametrize("horizon", [1, 3, 9])
def test_a_search_that_ends_at_its_horizon_says_so(
    stores: Stores, private: Conversation, horizon: int
) -> None:
    fill(stores.timeline, private, 10)
    assert _find(stores, private, "none", below=11, horizon=horizon) == (None, False)
    assert _find(stores, private, "client-1", below=11, horizon=horizon) == (None, False)
    last_within = f"client-{11 - horizon}"
    assert _find(stores, private, last_within, below=11, horizon=horizon) == (11 - horizon, True)


def test_a_search_ends_at_the_first_entry_that_is_too_old(
    stores: Stores, private: Conversation
) -> None:
    fill(stores.timeline, private, 10)
    sixth = T0 + 6_000
    assert _find(stores, private, "client-6", since=sixth) == (6, True)
    assert _find(stores, private, "client-5", since=sixth) in {(None, True), (5, True)}
    assert _find(stores, private, "client-4", since=sixth) == (None, True)
    assert _find(stores, private, "client-4", since=sixth, below=11, horizon=6) == (None, True)
    assert _find(stores, private, "client-4", since=sixth, below=11, horizon=4) == (None, False)


def test_a_search_goes_as_far_as_its_horizon_over_large_contents(
    stores: Stores, private: Conversation
) -> None:
    fill(stores.timeline, private, 150, type="custom", content=LARGE)
    assert _find(stores, private, "client-2", below=151, horizon=149) == (2, True)
    assert _find(stores, private, "client-1", below=151, horizon=149) == (None, False)
    assert _find(stores, private, "client-1", below=151, horizon=150) == (1, True)
    assert _find(stores, private, "none", below=151, horizon=1000) == (None, True)


def test_a_search_goes_on_where_one_request_ends(
    stores: Stores, private: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "SEARCH_PAGE", 20)
    fill(stores.timeline, private, 50)
    assert _find(stores, private, "client-3", below=51, horizon=60) == (3, True)
    assert _find(stores, private, "client-3", below=51, horizon=47) == (None, False)
    assert _find(stores, private, "client-3", below=51, horizon=48) == (3, True)
    assert _find(stores, private, "none", below=51, horizon=60) == (None, True)
