"""A device that was away has everything after `sync`, and after `history` where that has a hole."""

from concurrent.futures import ThreadPoolExecutor

from tests.e2e.client import Socket
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, refused, text


def test_a_device_that_was_offline_gets_everything_by_sync(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open("desk")
    chat = chat_of(alice.id, bob.id)
    phone.ask("sendMessage", to=bob.id, **text("one"))
    assert desk.expect("message.created")["seq"] == 1
    desk.close()
    phone.ask("sendMessage", to=bob.id, **text("two"))
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": "one, better"})
    phone.ask("addReaction", conversation_id=chat, seq=2, reaction="👍")
    phone.ask("sendMessage", to=bob.id, **text("three", quote={"seq": 1}))
    (missed,) = bob.open("desk").ask("sync", cursors={chat: 1})["conversations"]
    kinds = [(one["seq"], one["type"]) for one in missed["messages"]]
    assert kinds == [(2, "text"), (3, "system.edited"), (4, "system.reacted"), (5, "text")]
    two, edited, reacted, three = missed["messages"]
    assert two["reactions"] == [{"reaction": "👍", "count": 1, "user_ids": [alice.id]}]
    assert edited["content"] == {"seq": 1}
    assert edited["changed"]["content"] == {"text": "one, better"}
    assert reacted["changed"] == two
    assert three["quote"]["excerpt"] == "one, better"
    del missed["messages"]
    assert missed == {
        "conversation_id": chat,
        "kind": "private",
        "last_seq": 5,
        "read_seq": 0,
        "unread": 3,
        "visible_from_seq": 1,
        "settings": {"muted": False, "pinned": False, "archived": False, "marked_unread": False},
    }


def test_a_first_sync_brings_every_conversation(alice: Person, bob: Person, carol: Person) -> None:
    bob.open().ask("sendMessage", to=alice.id, **text("from Bob"))
    carol.open().ask("sendMessage", to=alice.id, **text("from Carol"))
    phone = alice.open()
    phone.ask("sendMessage", conversation_id=f"s_{alice.id}", **text("a note"))
    synced = phone.ask("sync")
    found = {one["conversation_id"]: one["messages"] for one in synced["conversations"]}
    assert {key: value[0]["content"]["text"] for key, value in found.items()} == {
        chat_of(alice.id, bob.id): "from Bob",
        chat_of(alice.id, carol.id): "from Carol",
        f"s_{alice.id}": "a note",
    }
    assert "next_page" not in synced


def test_a_client_that_has_everything_is_told_nothing(alice: Person, bob: Person) -> None:
    phone = alice.open()
    phone.ask("sendMessage", to=bob.id, **text("one"))
    for seq in (1, 2):
        synced = phone.ask("sync", cursors={chat_of(alice.id, bob.id): seq})
        assert synced.keys() == {"conversations", "now"}
        assert synced["conversations"] == []


def test_history_goes_both_ways_by_pages(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    for number in range(1, 8):
        phone.ask("sendMessage", to=bob.id, **text(str(number)))
    chat = chat_of(alice.id, bob.id)

    def page(**query: int) -> tuple[list[int], bool]:
        found = desk.ask("history", conversation_id=chat, **query)
        return [one["seq"] for one in found["messages"]], found["has_more"]

    assert page() == ([1, 2, 3, 4, 5, 6, 7], False)
    assert page(limit=3) == ([5, 6, 7], True)
    assert page(limit=3, before_seq=5) == ([2, 3, 4], True)
    assert page(limit=3, before_seq=2) == ([1], False)
    assert page(limit=3, after_seq=0) == ([1, 2, 3], True)
    assert page(limit=3, after_seq=4) == ([5, 6, 7], False)
    assert page(after_seq=7) == ([], False)


def test_a_conversation_nobody_wrote_in_is_not_found(alice: Person, bob: Person) -> None:
    with refused("not_found"):
        alice.open().ask("history", conversation_id=chat_of(alice.id, bob.id))


def test_150_messages_missed_come_back_without_a_hole(alice: Person, bob: Person) -> None:
    """The rules of a client: sync, find the hole by seq, pull it."""
    away = bob.open("phone")
    away.close()
    each = 75
    with ThreadPoolExecutor() as senders:
        halves = [
            senders.submit(_send, alice.open("phone"), bob, "alice", each),
            senders.submit(_send, bob.open("desk"), alice, "bob", each),
        ]
        sent = {seq: words for half in halves for seq, words in half.result()}
    assert sorted(sent) == list(range(1, 2 * each + 1))
    back = bob.open("phone")
    chat = chat_of(alice.id, bob.id)
    (missed,) = back.ask("sync")["conversations"]
    assert missed["last_seq"] == 2 * each
    have = {one["seq"]: one for one in missed["messages"]}
    assert sorted(have) == list(range(51, 151))
    while hole := min(have) - 1:
        page = back.ask("history", conversation_id=chat, before_seq=hole + 1, limit=20)
        have |= {one["seq"]: one for one in page["messages"]}
        assert page["has_more"] == (min(have) > 1)
    assert {seq: one["content"]["text"] for seq, one in have.items()} == sent


def _send(socket: Socket, to: Person, name: str, how_many: int) -> list[tuple[int, str]]:
    """Send texts as fast as the server lets one; the seq of each."""

    def one(words: str) -> tuple[int, str]:
        ack: Json = socket.patiently("sendMessage", to=to.id, **text(words))
        assert not ack["duplicate"]
        return ack["seq"], words

    return [one(f"{name} {number}") for number in range(how_many)]
