"""Messages of two people: order, acks, and who is pushed what."""

from typing import Any

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person, World
from tests.e2e.wire import Json, chat_of, refused, text

ORDERED = ("local", "rocketmq")
"""Send modes whose pushes keep the order of a conversation; elsewhere clients put them in order."""


def test_messages_arrive_in_the_order_in_which_they_were_sent(
    alice: Person, bob: Person, send_mode: str
) -> None:
    phone, desk = alice.open(), bob.open()
    words = [f"message {number}" for number in range(1, 11)]
    acks = [phone.ask("sendMessage", to=bob.id, **text(one)) for one in words]
    assert [ack["seq"] for ack in acks] == list(range(1, 11))
    pushed = [desk.expect("message.created") for _ in words]
    if send_mode not in ORDERED:
        pushed.sort(key=lambda event: int(event["seq"]))
    assert [event["seq"] for event in pushed] == list(range(1, 11))
    assert [event["message"]["content"]["text"] for event in pushed] == words
    for side in (phone, desk):
        page = side.ask("history", conversation_id=chat_of(alice.id, bob.id))
        assert page == {"messages": [event["message"] for event in pushed], "has_more": False}


def test_both_sides_share_one_row_of_seqs(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    assert phone.ask("sendMessage", to=bob.id, **text("ping"))["seq"] == 1
    assert desk.ask("sendMessage", to=alice.id, **text("pong"))["seq"] == 2
    assert phone.ask("sendMessage", to=bob.id, **text("out"))["seq"] == 3


def test_an_ack_tells_where_the_message_stands_and_when_it_was_sent(
    alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    before = phone.ask("ping")["now"]
    sent = text("hello")
    ack = phone.ask("sendMessage", to=bob.id, **sent)
    after = phone.ask("ping")["now"]
    assert before <= ack["sent_at"] <= after
    assert ack == {"conversation_id": chat, "seq": 1, "sent_at": ack["sent_at"], "duplicate": False}
    assert desk.expect("message.created") == {
        "event": "message.created",
        "conversation_id": chat,
        "seq": 1,
        "message": {
            "conversation_id": chat,
            "seq": 1,
            "client_id": sent["client_id"],
            "sender_id": alice.id,
            "type": "text",
            "content": {"text": "hello"},
            "sent_at": ack["sent_at"],
        },
    }


def test_a_conversation_may_be_named_by_its_id_too(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    phone.ask("sendMessage", conversation_id=chat_of(alice.id, bob.id), **text("hello"))
    assert desk.expect("message.created")["message"]["content"] == {"text": "hello"}


def test_every_device_of_both_is_pushed_but_the_sending_connection_gets_only_the_ack(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, tablet = alice.open("phone"), alice.open("tablet")
    desk, watch = bob.open("desk"), bob.open("watch")
    stranger = carol.open()
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    assert [event["event"] for event in tablet.pushed()] == ["message.created"]
    assert [event["seq"] for event in desk.pushed()] == [1]
    assert [event["seq"] for event in watch.pushed()] == [1]
    assert phone.pushed() == []
    assert stranger.pushed() == []


def test_texts_come_back_as_they_were_sent(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    words = 'Grüße 👩‍👩‍👧 <b>"quoted"</b> \\ \n\t 中文 ' + "x" * 4000
    phone.ask("sendMessage", to=bob.id, **text(words))
    assert desk.expect("message.created")["message"]["content"] == {"text": words}
    page = desk.ask("history", conversation_id=chat_of(alice.id, bob.id))
    assert page["messages"][0]["content"] == {"text": words}


def test_mentions_are_kept(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    content = {"text": "look, Bob", "mentions": [bob.id]}
    phone.ask("sendMessage", to=bob.id, **{**text(""), "content": content})
    assert desk.expect("message.created")["message"]["content"] == content


def test_a_mention_of_an_outsider_or_of_all_is_refused(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone = alice.open()
    for mentioned, code in ((carol.id, "invalid_request"), ("all", "admin_required")):
        content = {"text": "look", "mentions": [mentioned]}
        with refused(code):
            phone.ask("sendMessage", to=bob.id, **{**text(""), "content": content})
    assert phone.ask("sync")["conversations"] == []


CUSTOM: list[Json] = [
    {"custom_type": "order", "data": {}},
    {"custom_type": "order", "data": {"a": [1, 2.5, None, True, {"ü": "ß"}], "n": 2**60}},
    {"custom_type": "x" * 64, "data": {"big": "y" * 8000}},
]


@pytest.mark.parametrize("content", CUSTOM, ids=["empty", "nested", "large"])
def test_custom_data_comes_back_as_it_was_sent(
    alice: Person, bob: Person, content: dict[str, Any]
) -> None:
    phone, desk = alice.open(), bob.open()
    phone.ask("sendMessage", to=bob.id, **{**text(""), "type": "custom", "content": content})
    message = desk.expect("message.created")["message"]
    assert (message["type"], message["content"]) == ("custom", content)
    assert phone.ask("history", conversation_id=message["conversation_id"])["messages"] == [message]


def test_a_quote_shows_what_it_quotes(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    phone.ask("sendMessage", to=bob.id, **text("Dinner at eight? " + "x" * 300))
    desk.ask("sendMessage", to=alice.id, **text("Yes!", quote={"seq": 1}))
    message = phone.expect("message.created")["message"]
    excerpt = ("Dinner at eight? " + "x" * 300)[:200]
    assert message["quote"] == {
        "seq": 1,
        "sender_id": alice.id,
        "type": "text",
        "excerpt": excerpt,
    }
    chat = chat_of(alice.id, bob.id)
    assert phone.ask("history", conversation_id=chat)["messages"][1] == message


def test_only_what_is_there_can_be_quoted(alice: Person, bob: Person) -> None:
    phone = alice.open()
    with refused("invalid_quote"):
        phone.ask("sendMessage", to=bob.id, **text("what?", quote={"seq": 1}))
    phone.ask("sendMessage", to=bob.id, **text("first"))
    phone.ask("addReaction", conversation_id=chat_of(alice.id, bob.id), seq=1, reaction="👍")
    for seq in (2, 3):
        with refused("invalid_quote"):
            phone.ask("sendMessage", to=bob.id, **text("what?", quote={"seq": seq}))
    assert phone.ask("sendMessage", to=bob.id, **text("second"))["seq"] == 3


def test_nobody_writes_to_themselves_but_in_their_notes(alice: Person) -> None:
    phone = alice.open()
    with refused("cannot_target_self"):
        phone.ask("sendMessage", to=alice.id, **text("hello me"))
    assert phone.ask("sync")["conversations"] == []


def test_notes_to_oneself_reach_ones_other_devices_and_are_never_unread(alice: Person) -> None:
    phone, tablet = alice.open("phone"), alice.open("tablet")
    notes = f"s_{alice.id}"
    assert phone.ask("sendMessage", conversation_id=notes, **text("buy milk"))["seq"] == 1
    assert tablet.expect("message.created")["message"]["content"] == {"text": "buy milk"}
    assert phone.pushed() == []
    synced = tablet.ask("sync")["conversations"]
    assert [(one["conversation_id"], one["kind"], one["unread"]) for one in synced] == [
        (notes, "saved", 0)
    ]
    assert "peer_id" not in alice.api.get(in_chat(notes))


def test_an_unknown_user_is_not_found(world: World, alice: Person) -> None:
    unseen = world.person("eve", seen=False)
    phone = alice.open()
    for nobody in ("nobody", unseen.id):
        with refused("not_found"):
            phone.ask("sendMessage", to=nobody, **text("anyone there?"))
        with refused("not_found"):
            phone.ask("history", conversation_id=chat_of(alice.id, nobody))
    assert phone.ask("sync")["conversations"] == []


def test_a_muted_conversation_is_pushed_but_flagged(alice: Person, bob: Person) -> None:
    phone, desk, watch = alice.open(), bob.open("desk"), bob.open("watch")
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("one"))
    assert "muted" not in desk.expect("message.created")
    bob.api.patch(in_chat(chat), {"muted": True})
    phone.ask("sendMessage", to=bob.id, **text("two"))
    assert desk.expect("message.created")["muted"] is True
    assert watch.expect("message.created", seq=2)["muted"] is True
    desk.ask("sendMessage", to=alice.id, **text("three"))
    assert "muted" not in phone.expect("message.created")
    bob.api.patch(in_chat(chat), {"muted": False})
    phone.ask("sendMessage", to=bob.id, **text("four"))
    assert "muted" not in desk.expect("message.created")
