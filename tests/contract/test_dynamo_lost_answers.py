"""Requests that were carried out and whose answers were lost: the SDK sends them again."""

import time
from dataclasses import replace

import pytest

from chirrup.domain.connections import Connection
from chirrup.domain.conversations import End, Head
from chirrup.domain.ids import Conversation
from chirrup.ports import Profile
from tests.contract.conftest import SERVERS
from tests.contract.entries import T0, fill, head_of, message, reaction
from tests.contract.settlements import member_of, settle_until_full, settlement
from tests.contract.stores import Stores
from tests.support.wire import LostAnswers, endpoint_of

pytestmark = pytest.mark.parametrize("stores", SERVERS, indirect=True)


@pytest.fixture
def lose(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> "Lose":
    """Loses the next answers."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
    return Lose(stores, monkeypatch)


class Lose:
    """Called where the next answer shall be lost."""

    def __init__(self, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
        assert stores.dynamo is not None
        self._endpoint = endpoint_of(stores.dynamo)
        self._network = self._endpoint.http_session
        self._monkeypatch = monkeypatch

    def __call__(self, answers: int = 1) -> None:
        network = LostAnswers(self._network, answers)
        self._monkeypatch.setattr(self._endpoint, "http_session", network)


def test_an_append_finds_its_own_entry(stores: Stores, private: Conversation, lose: Lose) -> None:
    entry = message(private, 1)
    lose()
    assert stores.timeline.append(entry) == entry
    assert stores.timeline.after(private.id, 0, 10) == [entry]


@pytest.mark.parametrize("answers", [1, 3])
def test_a_change_is_stored_once_and_succeeds(
    stores: Stores, chat: Conversation, lose: Lose, answers: int
) -> None:
    entries = fill(stores.timeline, chat, 2)
    stores.conversations.advance(head_of(entries[1]))
    change = reaction(entries[0], head_of(entries[1]))
    lose(answers)
    stores.timeline.change(change)
    assert stores.timeline.after(chat.id, 0, 10) == [change.target, entries[1], change.entry]


def test_a_conversation_is_opened_once(stores: Stores, private: Conversation, lose: Lose) -> None:
    lose()
    assert stores.conversations.open(private, private.users[0])
    head, _, _ = stores.conversations.view(private.id, private.users[1])
    assert head == Head(private.id)


def test_a_message_is_settled_and_charged_once(
    stores: Stores, chat: Conversation, lose: Lose
) -> None:
    for seq in (1, 2):
        member = member_of(stores, chat)
        rate = member.rate.charged(T0)
        lose()
        stores.conversations.settle(settlement(message(chat, seq), member, rate))
        settled = member_of(stores, chat)
        assert settled.rate == rate
        assert settled.read_seq == seq
        assert len(settled.recent.records) == seq


def test_a_member_is_trimmed_once(stores: Stores, chat: Conversation, lose: Lose) -> None:
    full = settle_until_full(stores, chat)
    new = message(chat, full.read_seq + 1)
    lose()
    stores.conversations.settle(settlement(new, full))
    settled = member_of(stores, chat)
    kept = full.recent.trimmed()
    assert settled.recent.complete_since == kept.complete_since
    assert settled.recent.records == kept.records | {settlement(new).record.encode()}


def test_a_head_moves_on_once(stores: Stores, chat: Conversation, lose: Lose) -> None:
    moved = head_of(message(chat, 1))
    lose()
    stores.conversations.advance(moved)
    assert stores.conversations.view(chat.id, chat.users[0])[0] == moved


def test_a_cursor_moves_once(stores: Stores, chat: Conversation, lose: Lose) -> None:
    before = member_of(stores, chat)
    lose()
    stores.conversations.move_cursor(chat.id, chat.users[0], End(3, 2, 0), T0, 3)
    assert member_of(stores, chat) == replace(
        before, read_seq=3, read_count=2, cleared_seq=3, touched_at=T0
    )


def test_a_connection_is_added_once(stores: Stores, people: tuple[str, str], lose: Lose) -> None:
    connection = Connection("abc=", T0 + 5, T0, "phone")
    lose()
    assert stores.connections.add(people[0], connection) == [connection]
    lose()
    stores.connections.remove(people[0], [connection])
    assert stores.connections.of(people).get(people[0], []) == []


def test_a_profile_is_made_once(stores: Stores, people: tuple[str, str], lose: Lose) -> None:
    profile = Profile("new." + people[0], "New", created_at=1)
    lose(2)
    assert stores.users.ensure(profile) == profile
