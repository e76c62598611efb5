"""Messages over HTTP."""

from typing import Any

import pytest

from tests.fakes.clock import NOON
from tests.unit.making import CHAT
from tests.unit.transport.http.asking import Client
from tests.unit.world import World

MESSAGES = f"/v1/conversations/{CHAT}/messages"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def sent(client: Client, words: str = "hi", client_id: str = "c-1", **more: Any) -> Any:
    body = {"client_id": client_id, "type": "text", "content": {"text": words}, **more}
    return client.ask("POST", MESSAGES, body)


def test_a_message_is_sent_once(client: Client) -> None:
    answer = sent(client)
    wanted = {"conversation_id": CHAT, "seq": 1, "sent_at": NOON, "duplicate": False}
    assert (answer.status, answer.body) == (201, wanted)
    again = sent(client, attempt=2)
    assert (again.status, again.body) == (201, wanted | {"duplicate": True})
    other = sent(client, "ho")
    assert (other.status, other.code) == (409, "idempotency_conflict")


def test_where_to_is_told_by_the_path_alone(client: Client) -> None:
    for field in ({"to": "bob"}, {"conversation_id": CHAT}):
        assert sent(client, **field).body["details"]["problem"] == "is not known"


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("p_alice~nobody", 404, "not_found"),
        ("p_bob~carol", 403, "not_member"),
        ("p_alice~alice", 400, "invalid_request"),
    ],
)
def test_nothing_is_sent_where_nothing_may_be(
    world: World, client: Client, path: str, status: int, code: str
) -> None:
    body = {"client_id": "c-1", "type": "text", "content": {"text": "hi"}}
    answer = client.ask("POST", f"/v1/conversations/{path}/messages", body)
    assert (answer.status, answer.code) == (status, code)
    assert world.tables.entries == {}


def test_too_many_at_once_are_told_to_wait(client: Client) -> None:
    answers = [sent(client, client_id=f"c-{number}") for number in range(21)]
    assert [answer.status for answer in answers] == [201] * 20 + [429]
    assert answers[-1].body["details"] == {"retry_after_ms": 100}
    assert answers[-1].body["retryable"] is True


def test_the_path_of_a_message_from_its_quote_to_its_recall(client: Client, world: World) -> None:
    bob = Client(world, "bob")
    sent(client, "first")
    sent(bob, "second", quote={"seq": 1})
    edited = client.ask("PATCH", f"{MESSAGES}/1", {"content": {"text": "First"}})
    assert edited.body == {"conversation_id": CHAT, "seq": 1, "change_seq": 3}
    liked = bob.ask("POST", f"{MESSAGES}/1/reactions", {"reaction": "👍"})
    assert liked.body["change_seq"] == 4
    twice = bob.ask("POST", f"{MESSAGES}/1/reactions", {"reaction": "👍"})
    assert twice.body == {"conversation_id": CHAT, "seq": 1}
    page = client.ask("GET", MESSAGES).body
    first, second, edit, _ = page["messages"]
    assert first["content"] == {"text": "First"}
    assert (first["version"], first["edited_at"]) == (1, NOON)
    assert first["reactions"] == [{"reaction": "👍", "count": 1, "user_ids": ["bob"]}]
    assert second["quote"] == {"seq": 1, "sender_id": "alice", "type": "text", "excerpt": "first"}
    assert (edit["type"], edit["content"], edit["changed"]) == ("system.edited", {"seq": 1}, first)

    taken = bob.ask("DELETE", f"{MESSAGES}/1/reactions", query={"reaction": "👍"})
    assert taken.body["change_seq"] == 5
    recalled = client.ask("POST", f"{MESSAGES}/1/recall")
    assert recalled.body["change_seq"] == 6
    assert client.ask("POST", f"{MESSAGES}/1/recall").code == "already_recalled"
    body = client.ask("GET", MESSAGES).body
    first, second, *_, last = body["messages"]
    assert first["recalled"] == {"by": "alice", "at": NOON}
    assert (first["content"], last["changed"]) == ({}, first)
    assert second["quote"] == {"seq": 1, "sender_id": "alice", "type": "text"}
    assert "irst" not in str(body)


def test_what_others_may_not_do_is_refused(client: Client, world: World) -> None:
    sent(client)
    bob = Client(world, "bob")
    assert bob.ask("POST", f"{MESSAGES}/1/recall").code == "forbidden"
    assert bob.ask("PATCH", f"{MESSAGES}/1", {"content": {"text": "x"}}).code == "forbidden"
    world.clock.advance(24 * 60 * 60 * 1000 + 1)
    late = client.ask("PATCH", f"{MESSAGES}/1", {"content": {"text": "x"}})
    assert (late.status, late.code) == (403, "edit_expired")
    assert client.ask("POST", f"{MESSAGES}/1/recall").code == "recall_expired"


def test_an_edit_is_checked_like_a_new_text(client: Client) -> None:
    sent(client)
    for content, field in (
        ({"text": ""}, "content.text"),
        ({}, "content.text"),
        ({"text": "x", "mentions": ["carol"]}, "content.mentions"),
        ({"custom_type": "x", "data": {}}, "content.text"),
    ):
        answer = client.ask("PATCH", f"{MESSAGES}/1", {"content": content})
        assert (answer.status, answer.body["details"]["field"]) == (400, field)


def test_a_message_deleted_for_oneself_is_hidden_from_oneself(client: Client, world: World) -> None:
    sent(client)
    answer = client.ask("DELETE", f"{MESSAGES}/1")
    assert (answer.status, answer.body) == (204, None)
    (mine,) = client.ask("GET", MESSAGES).body["messages"]
    assert (mine["hidden"], mine["content"]) == (True, {})
    (bobs,) = Client(world, "bob").ask("GET", MESSAGES).body["messages"]
    assert bobs["content"] == {"text": "hi"}
    assert client.ask("DELETE", f"{MESSAGES}/1").status == 404


def test_history_comes_in_pages(client: Client) -> None:
    for number in range(5):
        sent(client, client_id=f"c-{number}")
    newest = client.ask("GET", MESSAGES, query={"limit": "2"}).body
    assert [message["seq"] for message in newest["messages"]] == [4, 5]
    older = client.ask("GET", MESSAGES, query={"before_seq": "4"}).body
    assert [message["seq"] for message in older["messages"]] == [1, 2, 3]
    newer = client.ask("GET", MESSAGES, query={"after_seq": "3", "limit": "1"}).body
    assert [message["seq"] for message in newer["messages"]] == [4]
    assert [page["has_more"] for page in (newest, older, newer)] == [True, False, True]


def test_a_reaction_to_take_back_is_named_in_the_query(client: Client) -> None:
    sent(client)
    missing = client.ask("DELETE", f"{MESSAGES}/1/reactions")
    assert missing.body["details"] == {"field": "reaction", "problem": "is required"}
    nothing = client.ask("DELETE", f"{MESSAGES}/1/reactions", query={"reaction": "👍"})
    assert nothing.body == {"conversation_id": CHAT, "seq": 1}
