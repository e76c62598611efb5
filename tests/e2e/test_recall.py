"""A recalled message is gone from everywhere."""

import json

import pytest

from tests.e2e.client import Socket
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, refused, text

SECRETS = ("wordone", "wordtwo", "wordthree")


def _everything(person: Person, socket: Socket, chat: str) -> list[Json]:
    """Every way to read what is stored."""
    return [
        socket.ask("history", conversation_id=chat),
        socket.ask("history", conversation_id=chat, after_seq=0),
        socket.ask("sync"),
        socket.ask("sync", cursors={chat: 1}),
        person.api.get(in_chat(chat, "messages")),
        person.api.get(in_chat(chat)),
        person.api.get("/v1/conversations"),
        person.api.post("/v1/sync", {"cursors": {chat: 2}}),
    ]


def _leaked(said: object) -> list[str]:
    text_of_all = json.dumps(said)
    return [word for word in SECRETS if word in text_of_all]


def test_recalled_content_is_gone_from_everywhere(alice: Person, bob: Person) -> None:
    phone, tablet, desk = alice.open("phone"), alice.open("tablet"), bob.open()
    chat = chat_of(alice.id, bob.id)
    sent = text("wordone")
    phone.ask("sendMessage", to=bob.id, **sent)
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "wordtwo"})
    quoting = text("what do you mean?", quote={"seq": 1})
    desk.ask("sendMessage", to=alice.id, **quoting)
    desk.ask("addReaction", conversation_id=chat, seq=1, reaction="😮")
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "wordthree"})
    assert _leaked(tablet.pushed()) == ["wordone", "wordtwo", "wordthree"]
    assert _leaked(desk.pushed()) == ["wordone", "wordtwo", "wordthree"]
    phone.pushed()

    ack = phone.ask("recallMessage", conversation_id=chat, seq=1)
    assert ack == {"conversation_id": chat, "seq": 1, "change_seq": 6}

    tombstone: Json = {}
    for side in (tablet, desk):
        (event,) = side.pushed()
        assert (event["event"], event["seq"]) == ("message.updated", 6)
        tombstone = event["message"]
        assert tombstone["content"] == {}
        assert tombstone["recalled"]["by"] == alice.id
        assert tombstone.keys().isdisjoint({"quote", "reactions"})
        assert (tombstone["seq"], tombstone["sender_id"], tombstone["type"]) == (
            1,
            alice.id,
            "text",
        )
    assert phone.pushed() == []
    for person, socket in ((alice, phone), (bob, desk)):
        for said in _everything(person, socket, chat):
            assert _leaked(said) == [], said
    messages = desk.ask("history", conversation_id=chat)["messages"]
    assert messages[0] == tombstone
    assert [one.get("changed") for one in messages] == [
        None,
        *[tombstone] * 1,
        None,
        *[tombstone] * 3,
    ]
    assert messages[2]["quote"] == {"seq": 1, "sender_id": alice.id, "type": "text"}

    # Neither do retries bring it back, nor later changes of what quoted it.
    assert phone.ask("sendMessage", to=bob.id, **sent)["duplicate"] is True
    assert desk.ask("sendMessage", to=alice.id, **quoting)["duplicate"] is True
    desk.ask("editMessage", conversation_id=chat, seq=3, content={"text": "what?"})
    for side in (phone, tablet, desk):
        pushed = side.pushed()
        assert pushed
        assert _leaked(pushed) == [], pushed


def test_the_preview_of_a_recalled_message_is_empty(alice: Person, bob: Person) -> None:
    phone = alice.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("wordone"))
    assert bob.api.get(in_chat(chat))["preview"]["excerpt"] == "wordone"
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    preview = bob.api.get(in_chat(chat))["preview"]
    assert (preview["seq"], preview["recalled"]) == (1, True)
    assert "excerpt" not in preview


def test_a_quote_in_the_push_of_a_later_change_has_no_recalled_excerpt(
    alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("wordone"))
    phone.ask("sendMessage", to=bob.id, **text("see above", quote={"seq": 1}))
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    desk.pushed()
    phone.ask("addReaction", conversation_id=chat, seq=2, reaction="👍")
    assert _leaked(desk.pushed()) == []


@pytest.mark.parametrize("custom", [False, True], ids=["text", "custom"])
def test_every_type_can_be_recalled(alice: Person, bob: Person, custom: bool) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    content = {"custom_type": "x", "data": {"a": "wordone"}} if custom else {"text": "wordone"}
    kind = "custom" if custom else "text"
    phone.ask("sendMessage", to=bob.id, **{**text(""), "type": kind, "content": content})
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    assert desk.ask("history", conversation_id=chat)["messages"][0]["content"] == {}


def test_a_message_is_recalled_once_and_by_its_sender(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("wordone"))
    with refused("forbidden"):
        desk.ask("recallMessage", conversation_id=chat, seq=1)
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    with refused("already_recalled"):
        phone.ask("recallMessage", conversation_id=chat, seq=1)
    for seq in (2, 3):
        # A change, and nothing at all.
        with refused("not_found"):
            phone.ask("recallMessage", conversation_id=chat, seq=seq)


def test_a_recalled_message_can_neither_be_changed_nor_quoted(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("wordone"))
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    with refused("already_recalled"):
        phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "again"})
    for side in (phone, desk):
        with refused("already_recalled"):
            side.ask("addReaction", conversation_id=chat, seq=1, reaction="👍")
    with refused("invalid_quote"):
        desk.ask("sendMessage", to=alice.id, **text("what?", quote={"seq": 1}))
    assert len(desk.ask("history", conversation_id=chat)["messages"]) == 2
