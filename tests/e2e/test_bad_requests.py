"""HTTP requests that are none: each is refused with its documented problem, and changes nothing."""

import json

import pytest

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, Refused, chat_of, refused, text


@pytest.fixture
def chat(alice: Person, bob: Person) -> str:
    """A conversation of one message of Alice's."""
    id_ = chat_of(alice.id, bob.id)
    alice.api.post(in_chat(id_, "messages"), text("the only one"))
    return id_


def _kept(*people: Person) -> list[list[Json]]:
    return [
        answer
        for person in people
        for answer in (
            person.api.post("/v1/sync", {})["conversations"],
            person.api.get("/v1/conversations")["items"],
        )
    ]


NO_JSON: dict[str, str | bytes] = {
    "nothing": "",
    "half": '{"seq": 1',
    "words": "hello",
    "bytes": b"\xff\xfe\x00",
    "NaN": '{"seq": NaN}',
    "deep": "[" * 20_000,
    "a long number": '{"seq": ' + "9" * 5_000 + "}",
    "a list": "[]",
    "null": "null",
    "a number": "1",
}


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
def test_a_body_that_is_no_object_is_an_invalid_request(
    alice: Person, bob: Person, chat: str, body: str | bytes
) -> None:
    before = _kept(alice, bob)
    posts = (
        in_chat(chat, "messages"),
        in_chat(chat, "read"),
        in_chat(chat, "messages", 1, "reactions"),
    )
    for method, path in [*(("POST", path) for path in posts), ("PATCH", in_chat(chat))]:
        status, said = alice.api.raw(method, path, body)
        assert (status, json.loads(said)["code"]) == (400, "invalid_request"), (path, said)
    assert _kept(alice, bob) == before


BAD: list[tuple[str, str, object, str]] = [
    ("POST", "/messages", {}, "client_id"),
    ("POST", "/messages", {**text("x"), "conversation_id": "p_a~b"}, "conversation_id"),
    ("POST", "/messages", {**text("x"), "to": "bob"}, "to"),
    ("POST", "/messages", {**text("x"), "type": "picture"}, "type"),
    ("POST", "/messages", {**text("x"), "content": {}}, "content.text"),
    ("PATCH", "/messages/1", {"content": {"text": ""}}, "content.text"),
    ("PATCH", "/messages/1", {"text": "x"}, "content"),
    ("POST", "/messages/1/reactions", {"reaction": "x" * 17}, "reaction"),
    ("DELETE", "/messages/1/reactions", None, "reaction"),
    ("DELETE", "/messages/1/reactions?reaction=", None, "reaction"),
    ("POST", "/read", {"seq": "1"}, "seq"),
    ("POST", "/read", {"seq": 0}, "seq"),
    ("PATCH", "", {"muted": "yes"}, "muted"),
    ("PATCH", "", {"unread": 0}, "unread"),
    ("PATCH", "", {"draft": "x" * 4097}, "draft"),
    ("GET", "/messages?limit=0", None, "limit"),
    ("GET", "/messages?limit=201", None, "limit"),
    ("GET", "/messages?limit=many", None, "limit"),
    ("GET", "/messages?before_seq=1&after_seq=1", None, "data"),
    ("GET", "/messages?offset=1", None, "offset"),
    ("PATCH", "/messages/0", {"content": {"text": "x"}}, "seq"),
    ("DELETE", "/messages/-1", None, "seq"),
    ("DELETE", "/messages/one", None, "seq"),
    ("DELETE", f"/messages/{10**30}", None, "seq"),
    ("POST", "/messages/1.5/recall", None, "seq"),
]


def test_a_request_that_breaks_a_rule_is_refused(alice: Person, bob: Person, chat: str) -> None:
    before = _kept(alice, bob)
    for method, path, body, field in BAD:
        with refused("invalid_request") as details:
            alice.api.request(method, in_chat(chat) + path, body)
        assert details["field"] == field, (path, body, details)
    assert _kept(alice, bob) == before


def test_what_stands_beside_conversations_is_checked_as_well(alice: Person) -> None:
    before = alice.api.get("/v1/me")
    bad: list[tuple[str, str, object, str]] = [
        ("PATCH", "/v1/me", {"name": " "}, "name"),
        ("PATCH", "/v1/me", {"name": "x" * 65}, "name"),
        ("PATCH", "/v1/me", {"picture": "javascript:alert(1)"}, "picture"),
        ("PATCH", "/v1/me", {"user_id": "bob"}, "user_id"),
        ("GET", "/v1/users/a%20b", None, "user_id"),
        ("GET", "/v1/conversations?limit=101", None, "limit"),
        ("GET", "/v1/conversations?cursor=", None, "cursor"),
        ("POST", "/v1/sync", {"cursors": {"p_a~b": -1}}, "cursors.p_a~b"),
        ("POST", "/v1/sync", {"cursors": {"x": 1}}, "cursors.x"),
        ("POST", "/v1/sync", {"since": -1}, "since"),
    ]
    for method, path, body, field in bad:
        with refused("invalid_request") as details:
            alice.api.request(method, path, body)
        assert details["field"] == field, (path, body, details)
    assert alice.api.get("/v1/me") == before


def test_a_body_of_more_than_64_kb_is_too_large(alice: Person, bob: Person, chat: str) -> None:
    with refused("payload_too_large") as details:
        alice.api.post(in_chat(chat, "messages"), text("x" * 70_000))
    assert details == {"limit_bytes": 64 * 1024}
    with refused("payload_too_large"):
        alice.api.post(in_chat(chat, "messages"), text("😀" * 4096))
    assert len(_kept(bob)[0][0]["messages"]) == 1


def _every(conversation: str) -> list[tuple[str, str, object]]:
    """A good request to everything in a conversation."""
    one = in_chat(conversation, "messages", 1)
    return [
        ("GET", in_chat(conversation), None),
        ("PATCH", in_chat(conversation), {"muted": True}),
        ("DELETE", in_chat(conversation), None),
        ("POST", in_chat(conversation, "read"), {"seq": 1}),
        ("POST", in_chat(conversation, "typing"), None),
        ("GET", in_chat(conversation, "messages"), None),
        ("POST", in_chat(conversation, "messages"), text("let me in")),
        ("PATCH", one, {"content": {"text": "not mine"}}),
        ("DELETE", one, None),
        ("POST", f"{one}/recall", None),
        ("POST", f"{one}/reactions", {"reaction": "👍"}),
        ("DELETE", f"{one}/reactions?reaction=x", None),
    ]


def test_what_one_is_not_in_cannot_be_touched(
    alice: Person, bob: Person, carol: Person, chat: str
) -> None:
    before = _kept(alice, bob)
    for id_ in (chat, f"s_{alice.id}", "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", f"u_{alice.id}"):
        for method, path, body in _every(id_):
            with refused("not_member"):
                carol.api.request(method, path, body)
    for method, path, body in _every("c_news"):
        # What only the server does in any channel is refused before it is looked at.
        with pytest.raises(Refused) as error:
            carol.api.request(method, path, body)
        assert error.value.code in ("not_member", "forbidden"), (method, path)
    assert carol.api.get("/v1/conversations") == {"items": []}
    assert carol.api.get("/v1/conversations", cursor=chat) == {"items": []}
    assert _kept(alice, bob) == before


def test_a_malformed_conversation_id_is_refused(alice: Person) -> None:
    for id_ in ("p_b~a", "p_a", "x_a", "s_a b", "p_a~bü", "conversation"):
        for method, path, body in _every(id_):
            with refused("invalid_request") as details:
                alice.api.request(method, path, body)
            assert details["field"] == "conversation_id"
