"""Unread is exact at every step, on every device, and so are read cursors and receipts."""

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import chat_of, refused, text


def unread(person: Person, chat: str) -> int:
    """The number that every read of it agrees on."""
    (listed,) = person.api.get("/v1/conversations")["items"]
    (synced,) = person.api.post("/v1/sync", {})["conversations"]
    one = person.api.get(in_chat(chat))
    assert listed["unread"] == synced["unread"] == one["unread"]
    assert listed["read_seq"] == synced["read_seq"] == one["read_seq"]
    number: int = one["unread"]
    return number


def test_unread_is_exact_at_every_step(alice: Person, bob: Person) -> None:
    phone, tablet, desk = alice.open("phone"), alice.open("tablet"), bob.open()
    chat = chat_of(alice.id, bob.id)
    for number in range(1, 4):
        phone.ask("sendMessage", to=bob.id, **text(f"question {number}"))
        assert unread(bob, chat) == number
        # One's own messages are read, on all of one's devices.
        assert unread(alice, chat) == 0
    read = desk.ask("readConversation", conversation_id=chat, seq=2)
    assert read == {"conversation_id": chat, "read_seq": 2, "unread": 1}
    assert unread(bob, chat) == 1
    # Whoever answers has read what is above.
    desk.ask("sendMessage", to=alice.id, **text("answer"))
    assert (unread(bob, chat), unread(alice, chat)) == (0, 1)
    tablet.ask("sendMessage", to=bob.id, **text("thanks"))
    assert (unread(bob, chat), unread(alice, chat)) == (1, 0)
    desk.ask("readConversation", conversation_id=chat, seq=5)
    assert (unread(bob, chat), unread(alice, chat)) == (0, 0)


def test_edits_reactions_and_recalls_are_not_counted(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("one"))
    phone.ask("sendMessage", to=bob.id, **text("two"))
    desk.ask("readConversation", conversation_id=chat, seq=1)
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "one!"})
    phone.ask("addReaction", conversation_id=chat, seq=1, reaction="🎉")
    phone.ask("removeReaction", conversation_id=chat, seq=1, reaction="🎉")
    assert unread(bob, chat) == 1
    desk.ask("addReaction", conversation_id=chat, seq=2, reaction="👀")
    assert (unread(bob, chat), unread(alice, chat)) == (1, 0)
    phone.ask("recallMessage", conversation_id=chat, seq=1)
    assert unread(bob, chat) == 1
    # The seq of a change is a place that one can have read up to.
    read = desk.ask("readConversation", conversation_id=chat, seq=6)
    assert (read["read_seq"], read["unread"]) == (6, 0)
    phone.ask("sendMessage", to=bob.id, **text("three"))
    assert unread(bob, chat) == 1


def test_a_cursor_moves_forward_only_and_never_beyond_the_end(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    for number in range(3):
        phone.ask("sendMessage", to=bob.id, **text(str(number)))
    desk.ask("readConversation", conversation_id=chat, seq=3)
    back = desk.ask("readConversation", conversation_id=chat, seq=1)
    assert back == {"conversation_id": chat, "read_seq": 3, "unread": 0}
    with refused("invalid_read_seq") as details:
        desk.ask("readConversation", conversation_id=chat, seq=4)
    assert details == {"last_seq": 3}
    assert unread(bob, chat) == 0


def test_reading_is_told_to_the_sender_and_to_ones_other_devices(
    alice: Person, bob: Person
) -> None:
    phone, tablet = alice.open("phone"), alice.open("tablet")
    desk, watch = bob.open("desk"), bob.open("watch")
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("one"))
    for side in (tablet, desk, watch):
        assert side.expect("message.created")
    desk.ask("readConversation", conversation_id=chat, seq=1)
    receipt = {
        "event": "receipt.read",
        "conversation_id": chat,
        "user_id": bob.id,
        "read_seq": 1,
    }
    for side in (phone, tablet, watch):
        assert side.pushed() == [receipt]
    assert desk.pushed() == []
    assert alice.api.get(in_chat(chat))["peer_read_seq"] == 1
    # Nothing has moved, so nobody is told.
    desk.ask("readConversation", conversation_id=chat, seq=1)
    assert phone.pushed() == watch.pushed() == []


def test_what_one_deletes_unread_is_not_unread_any_more(alice: Person, bob: Person) -> None:
    phone = alice.open()
    chat = chat_of(alice.id, bob.id)
    for number in range(1, 5):
        phone.ask("sendMessage", to=bob.id, **text(str(number)))
    bob.api.delete(in_chat(chat, "messages", 2))
    assert unread(bob, chat) == 3
    bob.api.post(in_chat(chat, "read"), {"seq": 2})
    assert unread(bob, chat) == 2
    bob.api.delete(in_chat(chat, "messages", 1))
    assert unread(bob, chat) == 2
    bob.api.delete(in_chat(chat))
    phone.ask("sendMessage", to=bob.id, **text("5"))
    assert unread(bob, chat) == 1


def test_mark_unread_is_a_flag_that_reading_ends(alice: Person, bob: Person) -> None:
    phone, desk, watch = alice.open(), bob.open("desk"), bob.open("watch")
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("one"))
    desk.ask("readConversation", conversation_id=chat, seq=1)
    watch.pushed()
    assert bob.api.patch(in_chat(chat), {"marked_unread": True})["marked_unread"] is True
    assert unread(bob, chat) == 0
    assert watch.expect("conversation.updated")["changes"] == {"marked_unread": True}
    desk.ask("readConversation", conversation_id=chat, seq=1)
    assert watch.expect("conversation.updated")["changes"] == {"marked_unread": False}
    assert bob.api.get(in_chat(chat))["marked_unread"] is False
