"""Edits and reactions."""

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import chat_of, refused, text


def test_an_edit_shows_everywhere_with_its_time_and_version(alice: Person, bob: Person) -> None:
    phone, tablet, desk = alice.open("phone"), alice.open("tablet"), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("Hullo"))
    for version, words in enumerate(("Hallo", "Hello"), 1):
        ack = phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": words})
        assert ack == {"conversation_id": chat, "seq": 1, "change_seq": 1 + version}
        for side in (tablet, desk):
            event = side.expect("message.updated", conversation_id=chat, seq=1 + version)
            message = event["message"]
            assert (message["seq"], message["content"]) == (1, {"text": words})
            assert message["version"] == version
            assert message["edited_at"] >= message["sent_at"]
        assert desk.ask("history", conversation_id=chat)["messages"][0] == message
        assert bob.api.get(in_chat(chat))["preview"]["excerpt"] == words
    assert phone.pushed() == []


def test_only_ones_own_texts_can_be_edited(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    custom = {"custom_type": "x", "data": {}}
    phone.ask("sendMessage", to=bob.id, **text("Hello"))
    phone.ask("sendMessage", to=bob.id, **{**text(""), "type": "custom", "content": custom})
    phone.ask("addReaction", conversation_id=chat, seq=1, reaction="👍")
    with refused("forbidden"):
        desk.ask("editMessage", conversation_id=chat, seq=1, content={"text": "mine now"})
    with refused("invalid_request"):
        phone.ask("editMessage", conversation_id=chat, seq=2, content={"text": "no text"})
    for seq in (3, 4):
        with refused("not_found"):
            phone.ask("editMessage", conversation_id=chat, seq=seq, content={"text": "what?"})
    for content in ({"text": ""}, {"text": "x" * 4097}, {"words": "x"}, {}):
        with refused("invalid_request"):
            phone.ask("editMessage", conversation_id=chat, seq=1, content=content)
    assert desk.ask("history", conversation_id=chat)["messages"][0]["content"] == {"text": "Hello"}


def test_reactions_are_counted_with_who_and_may_be_taken_back(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("We won!"))
    assert desk.expect("message.created")
    thumbs = {"conversation_id": chat, "seq": 1, "reaction": "👍"}
    assert desk.ask("addReaction", **thumbs)["change_seq"] == 2
    assert phone.expect("message.updated", seq=2)["message"]["reactions"] == [
        {"reaction": "👍", "count": 1, "user_ids": [bob.id]}
    ]
    phone.ask("addReaction", **thumbs)
    phone.ask("addReaction", **{**thumbs, "reaction": "🎉"})
    assert desk.expect("message.updated", seq=3)
    assert desk.expect("message.updated", seq=4)["message"]["reactions"] == [
        {"reaction": "👍", "count": 2, "user_ids": [bob.id, alice.id]},
        {"reaction": "🎉", "count": 1, "user_ids": [alice.id]},
    ]
    desk.ask("removeReaction", **thumbs)
    phone.ask("removeReaction", **{**thumbs, "reaction": "🎉"})
    found = desk.ask("history", conversation_id=chat)["messages"][0]["reactions"]
    assert found == [{"reaction": "👍", "count": 1, "user_ids": [alice.id]}]


def test_reacting_twice_changes_nothing(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("We won!"))
    thumbs = {"conversation_id": chat, "seq": 1, "reaction": "👍"}
    assert desk.ask("removeReaction", **thumbs) == {"conversation_id": chat, "seq": 1}
    assert desk.ask("addReaction", **thumbs)["change_seq"] == 2
    assert desk.ask("addReaction", **thumbs) == {"conversation_id": chat, "seq": 1}
    assert [event["seq"] for event in phone.pushed()] == [2]
    assert len(desk.ask("history", conversation_id=chat)["messages"]) == 2


def test_a_message_takes_20_kinds_of_reactions_of_16_bytes_each(alice: Person, bob: Person) -> None:
    phone = alice.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("We won!"))
    kinds = [chr(0x1F600 + number) * 4 for number in range(21)]
    for kind in kinds[:20]:
        phone.ask("addReaction", conversation_id=chat, seq=1, reaction=kind)
    with refused("conflict") as details:
        phone.ask("addReaction", conversation_id=chat, seq=1, reaction=kinds[20])
    assert details == {"limit": 20}
    for bad in ("", " ", "x" * 17, "👍" * 5):
        with refused("invalid_request"):
            phone.ask("addReaction", conversation_id=chat, seq=1, reaction=bad)


def test_changes_at_the_same_time_all_count(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("We won!"))
    words = [f"We won {number}:0!" for number in range(5)]
    kinds = ["👍", "🎉", "👏", "🥳", "🏆"]

    def edit() -> None:
        for one in words:
            phone.patiently("editMessage", conversation_id=chat, seq=1, content={"text": one})

    def react() -> None:
        for kind in kinds:
            desk.patiently("addReaction", conversation_id=chat, seq=1, reaction=kind)

    with ThreadPoolExecutor() as both:
        for done in (both.submit(edit), both.submit(react)):
            done.result()
    messages = phone.ask("history", conversation_id=chat)["messages"]
    assert [one["seq"] for one in messages] == list(range(1, 12))
    first = messages[0]
    assert (first["content"], first["version"]) == ({"text": words[-1]}, 5)
    assert [one["reaction"] for one in first["reactions"]] == kinds
