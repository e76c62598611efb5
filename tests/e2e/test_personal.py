"""What one sets or deletes for oneself: on all of one's devices, and on nobody else's."""

import pytest

from tests.e2e.client import Socket
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, refused, text


@pytest.fixture
def chat(alice: Person, bob: Person) -> str:
    """A conversation of three messages of Alice's."""
    for number in range(1, 4):
        path = in_chat(chat_of(alice.id, bob.id), "messages")
        alice.api.post(path, text(f"word{number}"))
    return chat_of(alice.id, bob.id)


CHANGES: list[Json] = [
    {"muted": True},
    {"pinned": True},
    {"archived": True},
    {"marked_unread": True},
    {"draft": "Dear Alice, …"},
    {"muted": True, "pinned": True, "draft": "x"},
]


@pytest.mark.parametrize("changes", CHANGES, ids=["-".join(one) for one in CHANGES])
def test_settings_reach_all_of_ones_devices_and_nobody_else(
    alice: Person, bob: Person, chat: str, changes: Json
) -> None:
    desk, watch, phone = bob.open("desk"), bob.open("watch"), alice.open()
    before = bob.api.get(in_chat(chat))
    told = {"event": "conversation.updated", "conversation_id": chat, "changes": changes}
    answer = bob.api.patch(in_chat(chat), changes)
    assert bob.api.get(in_chat(chat)) == {**before, **changes}
    # The answer to a change need not look up how far the other side has read.
    assert answer == {k: v for k, v in {**before, **changes}.items() if k in answer}
    assert desk.pushed() == watch.pushed() == [told]
    assert phone.pushed() == []
    assert not alice.api.get(in_chat(chat)).items() & changes.items()
    (listed,) = bob.api.get("/v1/conversations")["items"]
    assert listed.items() >= changes.items()


def test_a_draft_is_deleted_with_null(bob: Person, chat: str) -> None:
    desk = bob.open()
    bob.api.patch(in_chat(chat), {"draft": "x"})
    bob.api.patch(in_chat(chat), {"draft": None})
    assert "draft" not in bob.api.get(in_chat(chat))
    assert [event["changes"] for event in desk.pushed()] == [{"draft": "x"}, {"draft": None}]


def _seen(person: Person, socket: Socket, chat: str) -> str:
    """All that a user reads of a conversation."""
    return str(
        [
            socket.ask("history", conversation_id=chat),
            socket.ask("sync"),
            person.api.get(in_chat(chat, "messages")),
            person.api.get("/v1/conversations"),
            person.api.post("/v1/sync", {}),
        ]
    )


def test_a_message_deleted_for_oneself_stays_for_the_other(
    alice: Person, bob: Person, chat: str
) -> None:
    desk, watch, phone = bob.open("desk"), bob.open("watch"), alice.open()
    bob.api.delete(in_chat(chat, "messages", 3))
    for side in (desk, watch):
        assert [event["changes"] for event in side.pushed()] == [{"hidden_seq": 3}]
    assert phone.pushed() == []
    messages = desk.ask("history", conversation_id=chat)["messages"]
    assert [one["seq"] for one in messages] == [1, 2, 3]
    assert (messages[2]["content"], messages[2]["hidden"]) == ({}, True)
    assert "word3" not in _seen(bob, desk, chat)
    assert "preview" not in bob.api.get(in_chat(chat))
    assert "word3" in _seen(alice, phone, chat)


def test_what_was_deleted_for_oneself_does_not_come_back_by_changes(
    alice: Person, bob: Person, chat: str
) -> None:
    desk, phone = bob.open(), alice.open()
    bob.api.delete(in_chat(chat, "messages", 1))
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "word1, better"})
    assert "word1" not in _seen(bob, desk, chat)
    with refused("not_found"):
        desk.ask("addReaction", conversation_id=chat, seq=1, reaction="👍")
    with refused("invalid_quote"):
        desk.ask("sendMessage", to=alice.id, **text("what?", quote={"seq": 1}))
    with refused("not_found"):
        bob.api.delete(in_chat(chat, "messages", 1))


def test_a_conversation_deleted_for_oneself_is_empty_until_somebody_writes(
    alice: Person, bob: Person, chat: str
) -> None:
    desk, watch, phone = bob.open("desk"), bob.open("watch"), alice.open()
    bob.api.delete(in_chat(chat))
    for side in (desk, watch):
        (event,) = side.pushed()
        assert event["changes"] == {"visible_from_seq": 4, "read_seq": 3}
    assert bob.api.get("/v1/conversations")["items"] == []
    assert desk.ask("history", conversation_id=chat) == {"messages": [], "has_more": False}
    assert "word" not in _seen(bob, desk, chat)
    assert "word1" in _seen(alice, phone, chat)
    phone.ask("sendMessage", to=bob.id, **text("a new word"))
    (listed,) = bob.api.get("/v1/conversations")["items"]
    assert (listed["unread"], listed["visible_from_seq"]) == (1, 4)
    (synced,) = desk.ask("sync")["conversations"]
    assert [one["seq"] for one in synced["messages"]] == [4]
    assert synced["visible_from_seq"] == 4
    for seq in (1, 2, 3):
        with refused("not_found"):
            desk.ask("addReaction", conversation_id=chat, seq=seq, reaction="👍")
