"""HTTP does everything that the socket does, and both see the same."""

import json

from tests.e2e.http import in_chat
from tests.e2e.people import Person, World
from tests.e2e.wire import Json, chat_of, new_id, refused, text


def test_a_conversation_over_http_alone_is_pushed_to_every_socket(
    alice: Person, bob: Person
) -> None:
    chat = chat_of(alice.id, bob.id)
    phone, desk = alice.open(), bob.open()
    one = in_chat(chat, "messages", 1)

    ack = alice.api.post(in_chat(chat, "messages"), text("Hullo"))
    assert (ack["conversation_id"], ack["seq"], ack["duplicate"]) == (chat, 1, False)
    # Over HTTP there is no sending connection: every socket is told.
    assert phone.expect("message.created") == desk.expect("message.created")

    edited = alice.api.patch(one, {"content": {"text": "Hello"}})
    assert edited == {"conversation_id": chat, "seq": 1, "change_seq": 2}
    assert desk.expect("message.updated", seq=2)["message"]["content"] == {"text": "Hello"}

    assert bob.api.post(f"{one}/reactions", {"reaction": "👍"})["change_seq"] == 3
    assert phone.expect("message.updated", seq=2)
    assert phone.expect("message.updated", seq=3)["message"]["reactions"][0]["count"] == 1
    assert bob.api.delete(f"{one}/reactions", reaction="👍")["change_seq"] == 4
    assert "reactions" not in phone.expect("message.updated", seq=4)["message"]

    read = bob.api.post(in_chat(chat, "read"), {"seq": 4})
    assert read == {"conversation_id": chat, "read_seq": 4, "unread": 0}
    assert phone.expect("receipt.read")["read_seq"] == 4

    bob.api.post(in_chat(chat, "typing"))
    assert phone.expect("typing")["user_id"] == bob.id

    quote = {"custom_type": "poll", "data": {"n": 1}}
    answer = {"client_id": new_id(), "type": "custom", "content": quote, "quote": {"seq": 1}}
    assert bob.api.post(in_chat(chat, "messages"), answer)["seq"] == 5
    assert phone.expect("message.created")["message"]["quote"]["excerpt"] == "Hello"

    assert alice.api.post(f"{one}/recall")["change_seq"] == 6
    assert desk.expect("message.updated", seq=6)["message"]["content"] == {}


def test_both_transports_read_the_same(alice: Person, bob: Person) -> None:
    phone = alice.open()
    chat = chat_of(alice.id, bob.id)
    for number in range(5):
        phone.ask("sendMessage", to=bob.id, **text(str(number)))
    phone.ask("editMessage", conversation_id=chat, seq=2, content={"text": "two"})
    phone.ask("recallMessage", conversation_id=chat, seq=3)
    queries: tuple[Json, ...] = ({}, {"limit": 2}, {"before_seq": 4, "limit": 2}, {"after_seq": 4})
    for query in queries:
        over_http = alice.api.get(in_chat(chat, "messages"), **query)
        assert over_http == phone.ask("history", conversation_id=chat, **query)
    for cursors in ({}, {chat: 3}, {chat: 7}):
        over_http = alice.api.post("/v1/sync", {"cursors": cursors})
        over_socket = phone.ask("sync", cursors=cursors)
        assert over_socket["now"] >= over_http["now"]
        assert over_http == over_socket | {"now": over_http["now"]}


def test_the_list_of_conversations_comes_in_pages(world: World, alice: Person) -> None:
    others = [world.person("friend") for _ in range(3)]
    for other in others:
        alice.api.post(in_chat(chat_of(alice.id, other.id), "messages"), text("hello"))
    ids, cursor = [], None
    while True:
        query = {"limit": 2, "cursor": cursor} if cursor else {"limit": 2}
        page = alice.api.get("/v1/conversations", **query)
        assert len(page["items"]) <= 2
        ids += [one["conversation_id"] for one in page["items"]]
        cursor = page.get("next_cursor")
        if cursor is None:
            break
    assert ids == sorted(chat_of(alice.id, other.id) for other in others)


def test_a_profile_is_made_from_the_token_and_can_be_changed(world: World, alice: Person) -> None:
    bob = world.person("bob", seen=False)
    with refused("not_found"):
        alice.api.get(f"/v1/users/{bob.id}")
    me = bob.api.get("/v1/me")
    assert (me["user_id"], me["name"]) == (bob.id, bob.account.capitalize())
    seen = alice.api.get(f"/v1/users/{bob.id}")
    assert me == {**seen, "listed": True, "presence_hidden": False}
    changed = {"name": "Bob", "picture": "https://example.com/bob.png"}
    assert bob.api.patch("/v1/me", changed) == {**me, **changed}
    assert alice.api.get(f"/v1/users/{bob.id}") == {**seen, **changed}
    assert "picture" not in bob.api.patch("/v1/me", {"picture": None})


def test_opening_a_socket_makes_the_profile_too(world: World, alice: Person) -> None:
    bob = world.person("bob", seen=False)
    bob.open()
    assert alice.api.get(f"/v1/users/{bob.id}")["name"] == bob.account.capitalize()


def test_health_is_open_to_all(world: World) -> None:
    assert world.api(None).get("/v1/health") == {"status": "ok"}


def test_an_unknown_path_is_not_found(alice: Person) -> None:
    for path in ("/v1/nothing", "/v1/conversations/x/y/z", "/v1/me/nothing"):
        with refused("not_found"):
            alice.api.get(path)


def test_a_refusal_is_a_problem_document_with_the_code_of_the_socket(
    alice: Person, bob: Person, carol: Person
) -> None:
    chat = chat_of(alice.id, bob.id)
    status, said = carol.api.raw("GET", in_chat(chat, "messages"))
    problem = json.loads(said)
    assert problem.pop("request_id")
    assert (status, problem) == (
        403,
        {
            "type": "about:blank",
            "title": "You are not a member of this conversation.",
            "status": 403,
            "code": "not_member",
            "retryable": False,
            "details": {},
        },
    )
    with refused("not_member"):
        carol.open().ask("history", conversation_id=chat)
