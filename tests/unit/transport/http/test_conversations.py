"""Conversations over HTTP."""

import pytest

from tests.unit.making import CHAT
from tests.unit.transport.http.asking import Client
from tests.unit.world import ALICE, BOB, World

ONE = f"/v1/conversations/{CHAT}"


@pytest.fixture
def world() -> World:
    world = World()
    for _ in range(3):
        world.send(BOB)
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_a_conversation_tells_all_that_a_list_shows(world: World, client: Client) -> None:
    (item,) = client.ask("GET", "/v1/conversations").body["items"]
    assert item == {
        "conversation_id": CHAT,
        "kind": "private",
        "peer_id": "bob",
        "last_seq": 3,
        "read_seq": 0,
        "unread": 3,
        "visible_from_seq": 1,
        "preview": {
            "seq": 3,
            "sender_id": "bob",
            "type": "text",
            "sent_at": world.clock.time,
            "excerpt": "text 3",
            "recalled": False,
        },
        "muted": False,
        "pinned": False,
        "archived": False,
        "marked_unread": False,
    }
    assert client.ask("GET", ONE).body == item | {"peer_read_seq": 3}


def test_notes_to_oneself_have_no_peer(world: World, client: Client) -> None:
    world.send(ALICE, conversation_id="s_alice")
    body = client.ask("GET", "/v1/conversations/s_alice").body
    assert (body["kind"], body["unread"]) == ("saved", 0)
    assert not {"peer_id", "peer_read_seq"} & body.keys()


def test_the_list_comes_in_pages(world: World, client: Client) -> None:
    world.send(ALICE, conversation_id="s_alice")
    first = client.ask("GET", "/v1/conversations", query={"limit": "1"}).body
    assert [item["conversation_id"] for item in first["items"]] == [CHAT]
    query = {"limit": "1", "cursor": first["next_cursor"]}
    second = client.ask("GET", "/v1/conversations", query=query).body
    assert [item["conversation_id"] for item in second["items"]] == ["s_alice"]
    assert "next_cursor" not in second


def test_a_cursor_of_any_kind_does_no_harm(client: Client) -> None:
    for cursor in ("zzz", "p_", "~~~", "x" * 256):
        answer = client.ask("GET", "/v1/conversations", query={"cursor": cursor})
        assert answer.status == 200
    for cursor in ("", "\x00", "ü", "x" * 257):
        assert client.ask("GET", "/v1/conversations", query={"cursor": cursor}).status == 400


def test_settings_are_set_one_by_one_and_drafts_deleted(client: Client) -> None:
    changed = client.ask("PATCH", ONE, {"muted": True, "draft": "not yet"}).body
    assert (changed["muted"], changed["draft"], changed["pinned"]) == (True, "not yet", False)
    changed = client.ask("PATCH", ONE, {"draft": None}).body
    assert changed["muted"] is True
    assert "draft" not in changed
    assert client.ask("PATCH", ONE, {}).body["muted"] is True


def test_the_preview_does_not_show_what_one_has_deleted(client: Client) -> None:
    assert client.ask("DELETE", f"{ONE}/messages/3").status == 204
    body = client.ask("GET", ONE).body
    assert "preview" not in body
    assert body["unread"] == 2


def test_a_deleted_conversation_is_gone_until_the_next_message(
    world: World, client: Client
) -> None:
    answer = client.ask("DELETE", ONE)
    assert (answer.status, answer.body) == (204, None)
    assert client.ask("GET", "/v1/conversations").body["items"] == []
    world.messaging.changing.react(BOB, CHAT, 3, "👍", add=True)
    (item,) = client.ask("GET", "/v1/conversations").body["items"]
    assert (item["visible_from_seq"], item["unread"]) == (4, 0)
    assert "preview" not in item


def test_reading_moves_the_cursor(client: Client) -> None:
    answer = client.ask("POST", f"{ONE}/read", {"seq": 2})
    assert answer.body == {"conversation_id": CHAT, "read_seq": 2, "unread": 1}
    beyond = client.ask("POST", f"{ONE}/read", {"seq": 9})
    assert (beyond.status, beyond.code) == (400, "invalid_read_seq")
    assert beyond.body["details"] == {"last_seq": 3}


def test_typing_answers_with_nothing(world: World, client: Client) -> None:
    answer = client.ask("POST", f"{ONE}/typing")
    assert (answer.status, answer.body) == (204, None)
    assert len(world.dispatcher.dispatched) == 4


def test_a_sync_catches_up(client: Client) -> None:
    body = client.ask("POST", "/v1/sync", {"cursors": {CHAT: 1}}).body
    (synced,) = body["conversations"]
    assert [message["seq"] for message in synced["messages"]] == [2, 3]
    assert "next_page" not in body


@pytest.mark.parametrize(
    ("id_", "status", "code"),
    [
        ("p_bob~carol", 403, "not_member"),
        ("g_1", 403, "not_member"),
        ("p_alice~carol", 404, "not_found"),
        ("p_bob~alice", 400, "invalid_request"),
    ],
)
def test_what_is_not_ones_own_is_refused_everywhere(
    client: Client, id_: str, status: int, code: str
) -> None:
    one = f"/v1/conversations/{id_}"
    for method, path, body in (
        ("GET", one, None),
        ("PATCH", one, {"muted": True}),
        ("PATCH", one, {}),
        ("DELETE", one, None),
        ("POST", f"{one}/read", {"seq": 1}),
        ("POST", f"{one}/typing", None),
        ("GET", f"{one}/messages", None),
        ("DELETE", f"{one}/messages/1", None),
        ("POST", f"{one}/messages/1/recall", None),
        ("PATCH", f"{one}/messages/1", {"content": {"text": "x"}}),
        ("POST", f"{one}/messages/1/reactions", {"reaction": "x"}),
    ):
        answer = client.ask(method, path, body)
        assert (answer.status, answer.code) == (status, code), (method, path)
