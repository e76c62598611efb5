"""Friends, requests and blocks: as both sides see them, on all of their devices."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.stack import Stack
from tests.e2e.wire import Json, Refused, chat_of, refused, text

REQUESTS = "/v1/friend-requests"


def _friends(person: Person) -> list[str]:
    return [one["user_id"] for one in person.api.get("/v1/friends")["items"]]


def _requests(person: Person, direction: str) -> list[Json]:
    found: list[Json] = person.api.get(REQUESTS, direction=direction)["items"]
    return found


def test_a_request_is_pushed_and_its_answer_too(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    asking = {"user_id": bob.id, "text": "Hi, it is Alice", "remark": "Bobby", "source": "search"}
    asked = alice.api.post(REQUESTS, asking)
    assert (asked["status"], asked["direction"], asked["name"]) == (
        "pending",
        "out",
        bob.account.capitalize(),
    )
    told = desk.expect("message.created", conversation_id=f"u_{bob.id}")["message"]
    assert told["type"] == "notice.friend_request_received"
    assert told["content"] == {"user_id": alice.id, "text": "Hi, it is Alice"}
    (heard,) = _requests(bob, "in")
    assert (heard["user_id"], heard["text"], heard["status"]) == (
        alice.id,
        "Hi, it is Alice",
        "pending",
    )
    assert [one["remark"] for one in _requests(alice, "out")] == ["Bobby"]
    friend = bob.api.post(f"{REQUESTS}/{alice.id}/accept", {"remark": "Al"})
    assert (friend["user_id"], friend["remark"], friend["source"]) == (alice.id, "Al", "search")
    chat = chat_of(alice.id, bob.id)
    for side in (phone, desk):
        entry = side.expect("message.created", conversation_id=chat)["message"]
        assert (entry["type"], entry["sender_id"]) == ("system.friend_added", bob.id)
        assert entry["content"] == {"user_ids": sorted((alice.id, bob.id))}
    answer = phone.expect("message.created", conversation_id=f"u_{alice.id}")["message"]
    assert (answer["type"], answer["content"]) == (
        "notice.friend_request_accepted",
        {"user_id": bob.id},
    )
    assert (_friends(alice), _friends(bob)) == ([bob.id], [alice.id])
    assert _requests(alice, "out") == _requests(bob, "in") == []


def test_who_was_away_learns_of_it_by_sync(alice: Person, bob: Person) -> None:
    alice.befriend(bob)
    synced = alice.open().ask("sync")["conversations"]
    found = {one["conversation_id"]: one for one in synced}
    chat, notices = found[chat_of(alice.id, bob.id)], found[f"u_{alice.id}"]
    assert (chat["unread"], [one["type"] for one in chat["messages"]]) == (
        0,
        ["system.friend_added"],
    )
    assert (notices["kind"], notices["unread"]) == ("notices", 1)
    assert [one["type"] for one in notices["messages"]] == ["notice.friend_request_accepted"]
    listed = {one["conversation_id"]: one for one in bob.api.get("/v1/conversations")["items"]}
    assert listed[chat_of(alice.id, bob.id)]["last_seq"] == 1


def test_a_request_is_answered_once_even_at_the_same_moment(alice: Person, bob: Person) -> None:
    alice.api.post(REQUESTS, {"user_id": bob.id})

    def accept(_: int) -> str:
        try:
            return str(bob.api.post(f"{REQUESTS}/{alice.id}/accept", {})["user_id"])
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor() as pool:
        results = sorted(pool.map(accept, range(3)))
    assert results == sorted([alice.id, "request_handled", "request_handled"])
    history = alice.api.get(in_chat(chat_of(alice.id, bob.id), "messages"))["messages"]
    assert [one["type"] for one in history] == ["system.friend_added"]
    with refused("request_handled"):
        bob.api.post(f"{REQUESTS}/{alice.id}/reject", {})


def test_requests_that_cross_at_the_same_moment_make_friends(alice: Person, bob: Person) -> None:
    def ask(pair: tuple[Person, Person]) -> str:
        return str(pair[0].api.post(REQUESTS, {"user_id": pair[1].id})["status"])

    with ThreadPoolExecutor() as pool:
        results = sorted(pool.map(ask, [(alice, bob), (bob, alice)]))
    assert results == ["accepted", "pending"]
    assert (_friends(alice), _friends(bob)) == ([bob.id], [alice.id])
    assert _requests(alice, "in") == _requests(alice, "out") == []


def test_a_rejection_tells_its_reason_and_one_may_ask_again(alice: Person, bob: Person) -> None:
    phone = alice.open()
    alice.api.post(REQUESTS, {"user_id": bob.id})
    bob.api.post(f"{REQUESTS}/{alice.id}/reject", {"reason": "Who are you?"})
    told = phone.expect("message.created")["message"]
    assert (told["type"], told["content"]) == (
        "notice.friend_request_rejected",
        {"user_id": bob.id, "reason": "Who are you?"},
    )
    alice.api.post(REQUESTS, {"user_id": bob.id})
    alice.api.delete(f"{REQUESTS}/{bob.id}")
    assert _requests(bob, "in") == []
    with refused("request_handled"):
        bob.api.post(f"{REQUESTS}/{alice.id}/accept", {})
    assert _friends(alice) == []


def test_notes_of_a_friend_are_ones_own(alice: Person, bob: Person) -> None:
    alice.befriend(bob)
    changes = {"remark": "Bobby", "starred": True, "tags": ["choir"]}
    assert alice.api.patch(f"/v1/friends/{bob.id}", changes).items() >= changes.items()
    assert alice.api.get(f"/v1/friends/{bob.id}").items() >= changes.items()
    assert not bob.api.get(f"/v1/friends/{alice.id}").items() & {("remark", "Bobby")}
    assert bob.api.get(f"/v1/friends/{alice.id}")["tags"] == []


def test_the_end_of_a_friendship_is_one_for_both_and_the_history_stays(
    alice: Person, bob: Person
) -> None:
    alice.befriend(bob)
    chat = chat_of(alice.id, bob.id)
    alice.api.post(in_chat(chat, "messages"), text("hello"))
    bob.api.delete(f"/v1/friends/{alice.id}")
    for one, other in ((alice, bob), (bob, alice)):
        assert _friends(one) == []
        with refused("not_found"):
            one.api.delete(f"/v1/friends/{other.id}")
        history = one.api.get(in_chat(chat, "messages"))["messages"]
        assert [entry["seq"] for entry in history] == [1, 2]


def test_who_is_blocked_cannot_write_nor_ask_until_it_ends(alice: Person, bob: Person) -> None:
    phone, desk = alice.open(), bob.open()
    alice.befriend(bob)
    for _ in range(2):
        assert alice.api.put(f"/v1/blocks/{bob.id}")["name"] == bob.account.capitalize()
        alice.api.post("/v1/blocks", {"user_id": bob.id})
    assert [one["user_id"] for one in alice.api.get("/v1/blocks")["items"]] == [bob.id]
    with refused("blocked_by_peer"):
        desk.ask("sendMessage", to=alice.id, **text("hello?"))
    with refused("forbidden") as details:
        phone.ask("sendMessage", to=bob.id, **text("hello?"))
    assert details == {"reason": "blocking_peer"}
    assert _friends(bob) == [alice.id]
    for _ in range(2):
        alice.api.delete(f"/v1/blocks/{bob.id}")
    assert desk.ask("sendMessage", to=alice.id, **text("hello"))["seq"] == 2


def test_a_stranger_who_is_blocked_cannot_ask(alice: Person, bob: Person) -> None:
    bob.api.post(REQUESTS, {"user_id": alice.id})
    alice.api.put(f"/v1/blocks/{bob.id}")
    assert _requests(alice, "in") == _requests(bob, "out") == []
    with refused("blocked_by_peer"):
        bob.api.post(REQUESTS, {"user_id": alice.id})
    with refused("forbidden"):
        alice.api.post(REQUESTS, {"user_id": bob.id})
    with refused("blocked_by_peer"):
        bob.open().ask("sendMessage", to=alice.id, **text("hello?"))


@pytest.mark.parametrize("path", [REQUESTS, "/v1/blocks"])
def test_oneself_and_nobody_are_refused(alice: Person, path: str) -> None:
    with refused("cannot_target_self"):
        alice.api.post(path, {"user_id": alice.id})
    with refused("not_found"):
        alice.api.post(path, {"user_id": "nobody"})


def test_only_friends_see_when_one_is_online(alice: Person, bob: Person) -> None:
    bob.open()
    assert alice.api.get("/v1/presence", user_ids=bob.id)["items"] == []
    alice.befriend(bob)
    (seen,) = alice.api.get("/v1/presence", user_ids=bob.id)["items"]
    assert seen["online"] is True
    bob.api.put(f"/v1/blocks/{alice.id}")
    assert alice.api.get("/v1/presence", user_ids=bob.id)["items"] == []


def test_where_the_stack_asks_for_it_only_friends_write_to_each_other(
    stack: Stack, alice: Person, bob: Person
) -> None:
    chat = chat_of(alice.id, bob.id)
    with stack.policy("friends"):
        phone = alice.open()

        def send(words: str) -> int:
            one = phone.ask("sendMessage", to=bob.id, **text(words))
            other = bob.api.post(in_chat(chat, "messages"), text(words))
            return int(other["seq"]) - int(one["seq"])

        with refused("not_friends"):
            phone.ask("sendMessage", to=bob.id, **text("hello?"))
        with refused("not_friends"):
            bob.api.post(in_chat(chat, "messages"), text("hello?"))
        alice.befriend(bob)
        assert send("hello") == 1
        bob.api.delete(f"/v1/friends/{alice.id}")
        with refused("not_friends"):
            phone.ask("sendMessage", to=bob.id, **text("hello?"))
        with refused("not_friends"):
            phone.ask("typing", conversation_id=chat)
