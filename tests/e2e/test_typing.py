"""Typing is told to the other side, at most once in three seconds, and never stored."""

from local.processes import wait_until
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import PATIENCE_S, chat_of, refused, text


def test_typing_is_pushed_to_the_other_side_once_in_three_seconds(
    alice: Person, bob: Person
) -> None:
    phone, tablet, desk = alice.open("phone"), alice.open("tablet"), bob.open()
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    desk.pushed(), tablet.pushed()
    told = {"event": "typing", "conversation_id": chat, "user_id": alice.id}
    assert phone.ask("typing", conversation_id=chat) == {}
    assert desk.pushed() == [told]
    assert phone.ask("typing", conversation_id=chat) == {}
    assert tablet.ask("typing", conversation_id=chat) == {}
    assert desk.pushed() == tablet.pushed() == phone.pushed() == []
    # Each side has its own three seconds.
    desk.ask("typing", conversation_id=chat)
    assert phone.expect("typing", user_id=bob.id)

    def told_again() -> bool:
        phone.ask("typing", conversation_id=chat)
        return desk.pushed() == [told]

    assert wait_until(told_again, timeout_s=PATIENCE_S, every_s=0.2)
    assert len(desk.ask("history", conversation_id=chat)["messages"]) == 1


def test_typing_over_http_is_told_as_well(alice: Person, bob: Person) -> None:
    desk = bob.open()
    chat = chat_of(alice.id, bob.id)
    alice.api.post(in_chat(chat, "messages"), text("hello"))
    alice.api.post(in_chat(chat, "typing"))
    assert desk.expect("typing")["user_id"] == alice.id


def test_nobody_types_where_they_are_no_member(alice: Person, bob: Person, carol: Person) -> None:
    chat = chat_of(alice.id, bob.id)
    with refused("not_found"):
        alice.open().ask("typing", conversation_id=chat)
    with refused("not_member"):
        carol.open().ask("typing", conversation_id=chat)
