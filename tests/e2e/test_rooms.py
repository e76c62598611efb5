"""Members, receipts, pins and announcements, as people and their devices see them."""

from urllib.parse import quote

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, new_id, refused, text


@pytest.fixture
def chat(alice: Person, bob: Person) -> str:
    """Alice has written to Bob twice."""
    chat = chat_of(alice.id, bob.id)
    for words in ("one", "two"):
        alice.api.post(in_chat(chat, "messages"), text(words))
    return chat


@pytest.fixture
def group(alice: Person, bob: Person, carol: Person) -> str:
    """A group of Alice's with Bob and Carol."""
    for friend in (bob, carol):
        alice.befriend(friend)
    made = alice.api.post(
        "/v1/groups",
        {"client_id": new_id(), "name": "Book club", "member_ids": [bob.id, carol.id]},
    )
    id_: str = made["group_id"]
    return id_


def receipts(person: Person, conversation: str, seq: int, **query: object) -> Json:
    return person.api.get(in_chat(conversation, "receipts", seq), **query)


def test_a_private_chat_has_two_members_with_names(alice: Person, bob: Person, chat: str) -> None:
    items = bob.api.get(in_chat(chat, "members"))["items"]
    assert [one["user_id"] for one in items] == sorted([alice.id, bob.id])
    assert all(one["name"] for one in items)
    first = bob.api.get(in_chat(chat, "members"), limit=1)
    second = bob.api.get(in_chat(chat, "members"), limit=1, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == items


def test_outsiders_learn_neither_members_nor_pins(chat: str, carol: Person) -> None:
    for what in ("members", "pins"):
        with refused("not_member"):
            carol.api.get(in_chat(chat, what))
    with refused("not_member"):
        carol.api.post(in_chat(chat, "pins"), {"seq": 1})


def test_the_sender_sees_that_the_other_has_read(alice: Person, bob: Person, chat: str) -> None:
    before = receipts(alice, chat, 1, read="false")
    assert (before["read_count"], before["total"]) == (0, 1)
    assert before["items"] == [{"user_id": bob.id, "read_seq": 0}]
    bob.api.post(in_chat(chat, "read"), {"seq": 1})
    after = receipts(alice, chat, 1)
    assert (after["read_count"], after["items"]) == (1, [{"user_id": bob.id, "read_seq": 1}])
    assert receipts(alice, chat, 2)["read_count"] == 0
    with refused("forbidden"):
        receipts(bob, chat, 1)
    with refused("not_found"):
        receipts(alice, chat, 9)


def test_both_sides_pin_and_every_device_learns_of_it(
    alice: Person, bob: Person, chat: str
) -> None:
    phone, desk = alice.open("phone"), bob.open("desk")
    pinned = alice.api.post(in_chat(chat, "pins"), {"seq": 1})
    assert pinned == {"conversation_id": chat, "seq": 1, "entry_seq": 3}
    for device in (phone, desk):
        entry = device.expect("message.created")["message"]
        assert (entry["type"], entry["content"]) == ("system.pinned", {"pinned_seq": 1})
    assert "entry_seq" not in bob.api.post(in_chat(chat, "pins"), {"seq": 1})
    bob.api.post(in_chat(chat, "pins"), {"seq": 2})
    alice.api.patch(in_chat(chat, "messages", 1), {"content": {"text": "one!"}})
    items = bob.api.get(in_chat(chat, "pins"))["items"]
    assert [one["message"]["content"]["text"] for one in items] == ["two", "one!"]
    assert [one["pinned_by"] for one in items] == [bob.id, alice.id]
    assert bob.api.get(in_chat(chat))["unread"] == 2
    (synced,) = bob.api.post("/v1/sync", {"cursors": {chat: 2}})["conversations"]
    types = [one["type"] for one in synced["messages"]]
    assert types == ["system.pinned", "system.pinned", "system.edited"]


def test_a_recall_unpins_and_so_does_whoever_may_pin(alice: Person, bob: Person, chat: str) -> None:
    for seq in (1, 2):
        bob.api.post(in_chat(chat, "pins"), {"seq": seq})
    alice.api.post(in_chat(chat, "messages", 2, "recall"))
    items = bob.api.get(in_chat(chat, "pins"))["items"]
    assert [one["message"]["seq"] for one in items] == [1]
    with refused("already_recalled"):
        bob.api.post(in_chat(chat, "pins"), {"seq": 2})
    assert alice.api.delete(in_chat(chat, "pins", 1))["entry_seq"] == 6
    assert alice.api.get(in_chat(chat, "pins"))["items"] == []


def test_a_sixth_pin_is_refused_with_those_that_are_there(alice: Person, chat: str) -> None:
    for number in range(3, 7):
        alice.api.post(in_chat(chat, "messages"), text(str(number)))
    for seq in range(1, 6):
        alice.api.post(in_chat(chat, "pins"), {"seq": seq})
    with refused("pin_limit") as details:
        alice.api.post(in_chat(chat, "pins"), {"seq": 6})
    assert details == {"limit": 5, "seqs": [5, 4, 3, 2, 1]}


def test_a_group_lists_its_members_with_their_roles(
    alice: Person, bob: Person, carol: Person, group: str
) -> None:
    items = carol.api.get(f"/v1/groups/{quote(group)}/members")["items"]
    roles = {one["user_id"]: one["role"] for one in items}
    assert roles == {alice.id: "owner", bob.id: "member", carol.id: "member"}
    assert bob.api.get(in_chat(group, "members"))["items"] == items


def test_in_a_group_readers_are_counted_and_the_owner_pins(
    alice: Person, bob: Person, carol: Person, group: str
) -> None:
    sent = bob.api.post(in_chat(group, "messages"), text("hi"))["seq"]
    carol.api.post(in_chat(group, "read"), {"seq": sent})
    found = receipts(bob, group, sent)
    assert (found["read_count"], found["total"]) == (1, 2)
    assert [one["user_id"] for one in found["items"]] == [carol.id]
    assert [one["user_id"] for one in receipts(bob, group, sent, read="false")["items"]] == [
        alice.id
    ]
    with refused("admin_required"):
        bob.api.post(in_chat(group, "pins"), {"seq": sent})
    alice.api.post(in_chat(group, "pins"), {"seq": sent})
    (item,) = carol.api.get(in_chat(group, "pins"))["items"]
    assert item["message"]["seq"] == sent


def test_an_announcement_is_told_kept_changed_and_deleted(
    alice: Person, bob: Person, group: str
) -> None:
    board = f"/v1/groups/{quote(group)}/announcements"
    desk = bob.open("desk")
    made = alice.api.post(board, {"text": "Hear!", "top": True})
    entry = desk.expect("message.created")["message"]
    assert (entry["type"], entry["content"]["text"]) == ("system.group_announcement", "Hear!")
    assert alice.api.post(board, {"text": "Hear!", "top": True}) == made
    assert bob.api.get(board)["items"] == [made]
    with refused("admin_required"):
        bob.api.post(board, {"text": "No!"})
    bob.api.post(in_chat(group, "read"), {"seq": made["seq"]})
    assert receipts(alice, group, made["seq"])["read_count"] == 1
    changed = alice.api.patch(f"{board}/{made['announcement_id']}", {"text": "Hear again!"})
    assert changed["seq"] > made["seq"]
    assert receipts(alice, group, changed["seq"])["read_count"] == 0
    alice.api.delete(f"{board}/{made['announcement_id']}")
    assert bob.api.get(board)["items"] == []
