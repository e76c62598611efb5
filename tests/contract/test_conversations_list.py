"""Conversations: the list of a user's own, by pages."""

from dataclasses import replace
from functools import partial
from itertools import chain

import pytest

from chirrup.domain.conversations import Settings
from chirrup.domain.ids import Conversation, group_id, parse_conversation_id, private_id
from chirrup.domain.rights import Role
from chirrup.ports import Profile
from chirrup.ports.records import MemberChange
from tests.contract.conftest import SERVERS
from tests.contract.entries import T0, head_of, message
from tests.contract.notes import changed, growth
from tests.contract.settlements import settlement
from tests.contract.stores import Stores
from tests.support.watching import watched


def _chats(stores: Stores, user: str, number: int) -> list[Conversation]:
    """A user's new chats with so many others, in the order of their ids."""
    chats = []
    for other in (f"other{one:03}.{user}" for one in range(number)):
        chat = parse_conversation_id(private_id(user, other))
        stores.users.ensure(Profile(other, other))
        assert stores.conversations.open(chat, user)
        chats.append(chat)
    return sorted(chats, key=lambda chat: chat.id)


@pytest.fixture
def chats(stores: Stores, people: tuple[str, str]) -> list[Conversation]:
    """Chats of the first user."""
    return _chats(stores, people[0], 12)


def _listed(stores: Stores, user: str, limit: int) -> list[list[str]]:
    """Ids by pages, to the end."""
    pages: list[list[str]] = []
    after = None
    while not pages or after:
        views, after = stores.conversations.views(user, after, limit)
        pages.append([head.conversation_id for head, _, _ in views])
    return pages


def test_a_list_shows_head_member_and_settings_of_each(stores: Stores, chat: Conversation) -> None:
    one, other = chat.users
    entry = message(chat, 1)
    stores.conversations.settle(settlement(entry))
    stores.conversations.advance(head_of(entry))
    stores.conversations.change_settings(chat.id, one, {"muted": True}, T0)
    for user, settings in ((one, Settings(muted=True, touched_at=T0)), (other, Settings())):
        [(head, member, found)], after = stores.conversations.views(user, None, 10)
        assert (head, member, found) == stores.conversations.view(chat.id, user)
        assert (head, found) == (head_of(entry), settings)
        assert after is None


def test_pages_show_every_conversation_once_and_in_order(
    stores: Stores, chats: list[Conversation], people: tuple[str, str]
) -> None:
    everything = [chat.id for chat in chats]
    for limit in (1, 5, 6, 11, 12, 100):
        pages = _listed(stores, people[0], limit)
        assert list(chain(*pages)) == everything
        assert len(pages[0]) == min(limit, 12)
        assert all(len(page) <= limit for page in pages)


def test_a_page_begins_after_the_given_conversation_whether_or_not_it_is_ones_own(
    stores: Stores, chats: list[Conversation], people: tuple[str, str]
) -> None:
    read = partial(stores.conversations.views, people[0])
    views, _ = read(chats[9].id, 2)
    assert [head.conversation_id for head, _, _ in views] == [chats[10].id, chats[11].id]
    views, _ = read(chats[9].id + "!", 1)
    assert [head.conversation_id for head, _, _ in views] == [chats[10].id]
    assert read(chats[-1].id, 2) == ([], None)
    assert read("s_", 2) == ([], None)


def test_others_see_their_own_chat_only(
    stores: Stores, chats: list[Conversation], people: tuple[str, str]
) -> None:
    other = chats[3].peer_of(people[0])
    assert other
    assert _listed(stores, other, 100) == [[chats[3].id]]


def test_notes_to_oneself_stand_in_the_list(stores: Stores, chat: Conversation) -> None:
    user = chat.users[0]
    notes = parse_conversation_id(f"s_{user}")
    stores.conversations.open(notes, user)
    assert _listed(stores, user, 10) == [[chat.id, notes.id]]


def test_a_list_may_be_narrowed_to_one_kind(
    stores: Stores, chats: list[Conversation], people: tuple[str, str]
) -> None:
    user = people[0]
    stores.conversations.open(parse_conversation_id(f"s_{user}"), user)
    groups = sorted(group_id(user, f"c{number}") for number in range(5))
    for id_ in groups:
        grown = growth(changed(id_, 1, user))
        stores.records.commit([grown, MemberChange(id_, user, {"role": Role.OWNER})])
    wanted = {"p_": [chat.id for chat in chats], "g_": groups, "s_": [f"s_{user}"], "x_": []}
    wanted[""] = [*groups, *wanted["p_"], *wanted["s_"]]
    for prefix, ids in wanted.items():
        for limit in (1, 2, 100):
            found: list[str] = []
            after = None
            while not found or after:
                views, after = stores.conversations.views(user, after, limit, prefix)
                found += [head.conversation_id for head, _, _ in views]
                if not ids:
                    break
            assert found == ids
    for after in ("a", "g_", "p_", "zz", f"s_{user}"):
        views, _ = stores.conversations.views(user, after, 100, "g_")
        assert [head.conversation_id for head, _, _ in views] == [
            id_ for id_ in groups if id_ > after
        ]


def test_settings_alone_make_no_conversation(stores: Stores, private: Conversation) -> None:
    user = private.users[0]
    stores.conversations.change_settings(private.id, user, {"pinned": True}, T0)
    assert stores.conversations.views(user, None, 10) == ([], None)
    stores.conversations.open(private, user)
    [(_, _, settings)], _ = stores.conversations.views(user, None, 10)
    assert settings == replace(Settings(), pinned=True, touched_at=T0)


@pytest.mark.parametrize("stores", SERVERS, indirect=True)
def test_a_hundred_conversations_take_four_requests(
    stores: Stores, people: tuple[str, str]
) -> None:
    chats = _chats(stores, people[0], 101)
    with watched(stores.dynamo) as requests:
        views, after = stores.conversations.views(people[0], None, 100)
    assert len(views) == 100
    assert after == chats[99].id
    assert requests.operations == ["BatchGetItem"] * 3 + ["Query"]
