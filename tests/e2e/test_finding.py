"""The search for messages: what one can read and nothing else, in one place or everywhere."""

import time

import pytest

from tests.e2e.club import Club
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import chat_of, new_id, refused, text


def say(person: Person, conversation: str, *texts: str) -> None:
    for words in texts:
        person.api.post(in_chat(conversation, "messages"), text(words))


def found(person: Person, **query: object) -> list[tuple[str, int]]:
    """All that is found, page by page."""
    places: list[tuple[str, int]] = []
    cursor: str | None = None
    while True:
        page = person.api.get("/v1/search", **query, **({"cursor": cursor} if cursor else {}))
        places += [(one["conversation_id"], one["seq"]) for one in page["messages"]]
        cursor = page.get("next_cursor")
        assert page["complete"] == (cursor is None)
        if cursor is None:
            return places


@pytest.fixture
def chat(alice: Person, bob: Person) -> str:
    """What Alice and Bob have written to each other."""
    chat = chat_of(alice.id, bob.id)
    say(alice, chat, "Lunch at noon?", "我們明天見面")
    say(bob, chat, "NO LUNCH today")
    return chat


def test_words_are_found_in_any_case_and_script_and_in_pages(alice: Person, chat: str) -> None:
    assert found(alice, q="lunch") == [(chat, 3), (chat, 1)]
    assert found(alice, q="lunch", conversation_id=chat, limit=1) == [(chat, 3), (chat, 1)]
    assert found(alice, q="NOON unch", conversation_id=chat) == [(chat, 1)]
    assert found(alice, q="明天") == [(chat, 2)]
    assert found(alice, q="supper") == []


def test_sender_type_and_time_narrow_the_search(alice: Person, bob: Person, chat: str) -> None:
    first, second, third = alice.api.get(in_chat(chat, "messages"))["messages"]
    assert found(alice, sender_id=bob.id) == [(chat, 3)]
    assert found(alice, type="custom") == []
    assert found(alice, **{"from": second["sent_at"], "to": third["sent_at"]}) == [(chat, 2)]
    assert found(alice, q="lunch", to=third["sent_at"]) == [(chat, first["seq"])]
    assert found(alice, q="lunch", **{"from": int(time.time() * 1000) + 60_000}) == []


def test_edits_recalls_and_deletions_count_at_once(alice: Person, bob: Person, chat: str) -> None:
    alice.api.patch(in_chat(chat, "messages", 1), {"content": {"text": "Supper?"}})
    assert found(bob, q="lunch") == [(chat, 3)]
    assert found(bob, q="supper") == [(chat, 1)]
    alice.api.delete(in_chat(chat, "messages", 3))
    assert found(alice, q="lunch") == []
    assert found(bob, q="lunch") == [(chat, 3)]
    bob.api.post(in_chat(chat, "messages", 3, "recall"))
    assert found(bob, q="lunch") == []


def test_newcomers_and_leavers_find_their_own_part(
    alice: Person, bob: Person, carol: Person
) -> None:
    for friend in (bob, carol):
        alice.befriend(friend)
    club = Club(alice, carol)
    say(alice, club.id, "word one")
    alice.api.post(club.path("members"), {"user_ids": [bob.id]})
    say(alice, club.id, "word two")
    carol.api.post(club.path("leave"))
    say(alice, club.id, "word three")
    texts = {entry["seq"]: entry["content"].get("text") for entry in club.entries(alice)}

    def words(person: Person) -> list[str]:
        return [texts[seq] for _, seq in found(person, q="word", conversation_id=club.id)]

    assert words(alice) == ["word three", "word two", "word one"]
    assert words(bob) == ["word three", "word two"]
    assert words(carol) == ["word two", "word one"]
    alice.api.patch(in_chat(club.id, "messages", 2), {"content": {"text": "secret"}})
    assert found(carol, q="secret") == []
    assert [seq for _, seq in found(carol, q="word")][-1] == 2


def test_a_search_everywhere_begins_where_somebody_wrote_last(
    alice: Person, bob: Person, carol: Person, chat: str
) -> None:
    other = chat_of(alice.id, carol.id)
    say(carol, other, "lunch with carol")
    assert found(alice, q="lunch") == [(other, 1), (chat, 3), (chat, 1)]
    say(bob, chat, "Sorry")
    assert found(alice, q="lunch", limit=1) == [(chat, 3), (chat, 1), (other, 1)]
    assert found(bob, q="lunch") == [(chat, 3), (chat, 1)]


def test_outsiders_and_bad_questions_are_refused(alice: Person, carol: Person, chat: str) -> None:
    with refused("not_member"):
        found(carol, q="lunch", conversation_id=chat)
    with refused("not_member"):
        found(alice, q="lunch", conversation_id=f"g_{new_id()}")
    assert found(carol, q="lunch") == []
    for query in ({}, {"conversation_id": chat}, {"q": " "}, {"q": "x", "cursor": "here"}):
        with refused("invalid_request"):
            found(alice, **query)
