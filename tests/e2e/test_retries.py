"""A message sent again is stored once, whoever lost the ack and however it comes back."""

from collections.abc import Callable

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, refused, text

MARKS: list[Json] = [{}, {"attempt": 2}]
UNMARKED_AND_MARKED = pytest.mark.parametrize("mark", MARKS, ids=["unmarked", "marked"])
Send = Callable[[Json], Json]


def _messages(person: Person, other: Person) -> list[Json]:
    found: list[Json] = person.api.get(in_chat(chat_of(person.id, other.id), "messages"))[
        "messages"
    ]
    return found


@UNMARKED_AND_MARKED
@pytest.mark.parametrize("way", ["same socket", "other device", "after a reconnect", "HTTP"])
def test_a_retry_gets_the_first_seq_and_stores_nothing(
    alice: Person, bob: Person, way: str, mark: Json
) -> None:
    phone = alice.open("phone")
    message = {**text("once"), **mark}
    chat = chat_of(alice.id, bob.id)
    first = phone.ask("sendMessage", to=bob.id, **{**message, "attempt": 1})
    phone.ask("sendMessage", to=bob.id, **text("another"))
    if way == "HTTP":
        again = alice.api.post(in_chat(chat, "messages"), message)
    elif way == "same socket":
        again = phone.ask("sendMessage", to=bob.id, **message)
    else:
        if way == "after a reconnect":
            phone.close()
        device = "phone" if way == "after a reconnect" else "tablet"
        again = alice.open(device).ask("sendMessage", conversation_id=chat, **message)
    assert again == {**first, "duplicate": True}
    assert [one["client_id"] for one in _messages(bob, alice)].count(message["client_id"]) == 1
    assert len(_messages(bob, alice)) == 2


@UNMARKED_AND_MARKED
def test_a_message_sent_over_http_first_is_known_to_the_socket(
    alice: Person, bob: Person, mark: Json
) -> None:
    chat = chat_of(alice.id, bob.id)
    message = text("once")
    first = alice.api.post(in_chat(chat, "messages"), message)
    again = alice.open().ask("sendMessage", to=bob.id, **message, **mark)
    assert again == {**first, "duplicate": True}
    assert len(_messages(bob, alice)) == 1


def test_a_retry_is_pushed_again_with_the_same_seq(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    message = text("once")
    for _ in range(2):
        phone.ask("sendMessage", to=bob.id, **message)
        # The first is waited for: two of the same in one batch would be pushed as one.
        (pushed,) = desk.pushed()
        assert pushed["seq"] == 1
        assert pushed["message"]["client_id"] == message["client_id"]


def test_a_retry_long_after_is_still_known(alice: Person, bob: Person) -> None:
    phone = alice.open()
    message = text("once")
    first = phone.ask("sendMessage", to=bob.id, **message)
    for number in range(18):
        phone.patiently("sendMessage", to=bob.id, **text(f"later {number}"))
    for mark in MARKS:
        again = phone.patiently("sendMessage", to=bob.id, **message, **mark)
        assert again == {**first, "duplicate": True}
    assert len(_messages(bob, alice)) == 19


@UNMARKED_AND_MARKED
def test_another_content_under_the_same_id_is_a_conflict(
    alice: Person, bob: Person, mark: Json
) -> None:
    phone, desk = alice.open(), bob.open()
    chat = chat_of(alice.id, bob.id)
    message = text("this")
    phone.ask("sendMessage", to=bob.id, **message)
    assert desk.pushed()
    others: list[Json] = [
        {"content": {"text": "that"}},
        {"type": "custom", "content": {"custom_type": "x", "data": {}}},
        {"quote": {"seq": 1}},
    ]
    for other in others:
        changed = {**message, **other, **mark}
        with refused("idempotency_conflict") as details:
            phone.ask("sendMessage", to=bob.id, **changed)
        assert details == {"conversation_id": chat, "seq": 1}
        with refused("idempotency_conflict"):
            alice.api.post(in_chat(chat, "messages"), changed)
    assert [one["content"] for one in _messages(bob, alice)] == [{"text": "this"}]
    assert desk.pushed() == []


def test_an_id_belongs_to_its_sender_and_its_conversation(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    message = text("the same id")
    assert phone.ask("sendMessage", to=bob.id, **message)["seq"] == 1
    answer = desk.ask("sendMessage", to=alice.id, **message)
    assert (answer["seq"], answer["duplicate"]) == (2, False)
    elsewhere = phone.ask("sendMessage", to=carol.id, **message)
    assert (elsewhere["seq"], elsewhere["duplicate"]) == (1, False)


def test_a_retry_of_an_edited_message_is_compared_with_what_was_sent(
    alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    message = text("first words")
    phone.ask("sendMessage", to=bob.id, **message)
    phone.ask(
        "editMessage",
        conversation_id=chat_of(alice.id, bob.id),
        seq=1,
        content={"text": "better words"},
    )
    desk.pushed()
    assert phone.ask("sendMessage", to=bob.id, **message)["duplicate"] is True
    assert desk.expect("message.created")["message"]["content"] == {"text": "better words"}
