"""Messages that are no texts, over both transports: stored, pushed and read as documented."""

from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, refused, text

URL = "https://media.example.com/"
PLACE = {"latitude": 47.3769, "longitude": 8.5417, "title": "Main station"}
PLAIN: dict[str, Json] = {
    "image": {"media": URL + "a.png", "width": 1280, "height": 960, "size": 348_213},
    "voice": {"media": URL + "a.ogg", "duration_ms": 4200, "size": 33_600, "waveform": [0, 255]},
    "video": {
        "media": URL + "a.mp4",
        "cover": URL + "a.jpg",
        "duration_ms": 61_000,
        "width": 1920,
        "height": 1080,
        "size": 18_874_368,
    },
    "file": {
        "media": URL + "a.pdf",
        "name": "Übersicht.pdf",
        "size": 88_204,
        "mime": "application/pdf",
    },
    "location": PLACE,
}
"""By type: what comes back as it was sent."""


def rich(type_: str, content: Json) -> Json:
    """A new message of a type."""
    return {"client_id": str(uuid4()), "type": type_, "content": content}


def at(ack: Json) -> Json:
    return {"conversation_id": ack["conversation_id"], "seq": ack["seq"]}


@pytest.mark.parametrize("type_", PLAIN)
def test_each_type_comes_back_as_it_was_sent(alice: Person, bob: Person, type_: str) -> None:
    phone, desk = alice.open(), bob.open()
    phone.ask("sendMessage", to=bob.id, **rich(type_, PLAIN[type_]))
    pushed = desk.expect("message.created")["message"]
    assert (pushed["type"], pushed["content"]) == (type_, PLAIN[type_])
    path = in_chat(chat_of(alice.id, bob.id), "messages")
    bob.api.post(path, rich(type_, PLAIN[type_]))
    assert phone.expect("message.created")["message"]["content"] == PLAIN[type_]
    page = bob.api.get(path)["messages"]
    assert [one["content"] for one in page] == [PLAIN[type_]] * 2


BAD: list[tuple[str, Json, str]] = [
    ("image", {**PLAIN["image"], "media": "javascript:alert(1)"}, "invalid_request"),
    ("image", {**PLAIN["image"], "media": "data:image/png;base64,AA=="}, "invalid_request"),
    ("image", {**PLAIN["image"], "size": 20 * 1024 * 1024 + 1}, "invalid_request"),
    ("image", {**PLAIN["image"], "media": "m_" + "0" * 26}, "media_not_found"),
    ("voice", {**PLAIN["voice"], "duration_ms": 60_001}, "invalid_request"),
    ("video", {**PLAIN["video"], "size": 300 * 1024 * 1024 + 1}, "invalid_request"),
    ("file", {**PLAIN["file"], "name": "x" * 256}, "invalid_request"),
    ("location", {**PLACE, "longitude": 181}, "invalid_request"),
    ("card", {"kind": "user", "target_id": "nobody"}, "not_found"),
    ("card", {"kind": "channel", "target_id": "c_news"}, "not_found"),
    ("emoji", {"pack_id": "ep_1", "emoji_id": "em_1"}, "not_found"),
    ("merged", {"title": "x", "items": []}, "invalid_request"),
    ("material", {"material_id": "mat_1"}, "not_found"),
    ("custom", {"custom_type": "x", "data": {"x": "x" * 9000}}, "payload_too_large"),
    ("system.recalled", {"seq": 1}, "invalid_request"),
]


def test_a_bad_content_is_refused_over_both_transports_and_nothing_is_stored(
    alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    path = in_chat(chat_of(alice.id, bob.id), "messages")
    phone.ask("sendMessage", to=bob.id, **text("first"))
    for type_, content, code in BAD:
        with refused(code):
            phone.ask("sendMessage", to=bob.id, **rich(type_, content))
        with refused(code):
            alice.api.post(path, rich(type_, content))
    assert phone.ask("sendMessage", to=bob.id, **text("last"))["seq"] == 2
    assert [event["seq"] for event in desk.pushed()] == [1, 2]


def test_a_card_shows_name_and_picture_as_they_were(alice: Person, bob: Person) -> None:
    bob.api.patch("/v1/me", {"name": "Bob B.", "picture": URL + "bob.png"})
    phone = alice.open()
    ack = phone.ask(
        "sendMessage", conversation_id=f"s_{alice.id}", **rich("card", _card("user", bob.id))
    )
    bob.api.patch("/v1/me", {"name": "Robert"})
    (message,) = phone.ask("history", conversation_id=ack["conversation_id"])["messages"]
    shown = {"name": "Bob B.", "avatar": URL + "bob.png"}
    assert message["content"] == {**_card("user", bob.id), **shown}


def test_an_own_face_is_sent_and_nobody_elses(alice: Person, bob: Person) -> None:
    face = alice.api.post("/v1/faces", {"media": URL + "f.png", "width": 64, "height": 48})
    phone, desk = alice.open(), bob.open()
    emoji = rich("emoji", {"face_id": face["face_id"]})
    phone.ask("sendMessage", to=bob.id, **emoji)
    assert desk.expect("message.created")["message"]["content"] == {
        "face_id": face["face_id"],
        "media": URL + "f.png",
        "width": 64,
        "height": 48,
    }
    with refused("not_found"):
        desk.ask("sendMessage", to=alice.id, **rich("emoji", {"face_id": face["face_id"]}))


def test_what_one_sees_can_be_forwarded_and_merged_and_nothing_else(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, desk, tablet = alice.open(), bob.open(), carol.open()
    alice.befriend(carol)
    first = desk.ask("sendMessage", to=alice.id, **text("good news"))
    place = desk.ask("sendMessage", to=alice.id, **rich("location", PLACE))
    phone.ask("sendMessage", to=carol.id, **rich("forward", at(first)))
    got = _message(tablet)
    assert (got["type"], got["content"]) == ("text", {"text": "good news"})
    assert got["forwarded_from"] == {"sender_id": bob.id, "sent_at": first["sent_at"]}
    merged = {"title": "From Bob", "items": [at(place), at(first)]}
    sent = rich("merged", merged)
    ack = phone.ask("sendMessage", to=carol.id, **sent)
    got = _message(tablet)
    assert got["content"]["title"] == "From Bob"
    assert [one["content"] for one in got["content"]["items"]] == [PLACE, {"text": "good news"}]
    assert {one["sender_id"] for one in got["content"]["items"]} == {bob.id}
    assert phone.ask("sendMessage", to=carol.id, **sent, attempt=2) == {**ack, "duplicate": True}
    for type_, content in (("forward", at(first)), ("merged", merged)):
        with refused("not_found"):
            tablet.ask("sendMessage", to=alice.id, **rich(type_, content))
    desk.ask("recallMessage", **at(first))
    with refused("not_found"):
        phone.ask("sendMessage", to=carol.id, **rich("forward", at(first)))


def _message(socket: Any) -> Json:
    """The next message of a user's that is pushed; friendships are told too."""
    while True:
        message: Json = socket.expect("message.created")["message"]
        if "." not in message["type"]:
            return message


def _card(kind: str, target_id: str) -> Json:
    return {"kind": kind, "target_id": target_id}
