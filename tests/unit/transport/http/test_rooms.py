"""Members, receipts, pins and announcements over HTTP."""

from typing import Any

import pytest

from chirrup.domain.rights import FOREVER
from tests.unit.making import CHAT
from tests.unit.rooms import GROUP, change_member, make_group
from tests.unit.transport.http.asking import Client
from tests.unit.world import BOB, World

ONE = f"/v1/conversations/{CHAT}"
ROOM = f"/v1/groups/{GROUP}"


@pytest.fixture
def world() -> World:
    """Bob has written to alice once; alice has a group with bob and carol."""
    world = World()
    world.send(BOB)
    make_group(world, admins=("bob",), members=("carol",))
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_members_have_names_and_in_groups_roles(world: World, client: Client) -> None:
    assert client.ask("GET", f"{ONE}/members").body == {
        "items": [
            {"user_id": "alice", "name": "Alice", "since_seq": 1},
            {"user_id": "bob", "name": "Bob", "since_seq": 1},
        ]
    }
    world.users.change("bob", {"picture": "https://example.com/bob.png"})
    change_member(world, "carol", nickname="Caro", muted_until=FOREVER)
    change_member(world, "bob", muted_until=world.clock.time)
    group = client.ask("GET", f"{ROOM}/members").body
    assert group == client.ask("GET", f"/v1/conversations/{GROUP}/members").body
    assert group["items"][1:] == [
        {
            "user_id": "bob",
            "name": "Bob",
            "picture": "https://example.com/bob.png",
            "role": "admin",
            "since_seq": 1,
        },
        {
            "user_id": "carol",
            "name": "Carol",
            "role": "member",
            "nickname": "Caro",
            "since_seq": 1,
            "muted_until": FOREVER,
        },
    ]


def test_members_come_in_pages(client: Client) -> None:
    first = client.ask("GET", f"{ROOM}/members", query={"limit": "2"}).body
    assert [one["user_id"] for one in first["items"]] == ["alice", "bob"]
    query = {"limit": "2", "cursor": first["next_cursor"]}
    second = client.ask("GET", f"{ROOM}/members", query=query).body
    assert [one["user_id"] for one in second["items"]] == ["carol"]
    assert "next_cursor" not in second


def test_receipts_tell_numbers_and_names(world: World, client: Client) -> None:
    world.send(conversation_id=GROUP)
    world.messaging.receipts.read(BOB, GROUP, 2)
    path = f"/v1/conversations/{GROUP}/receipts/2"
    read = {"conversation_id": GROUP, "seq": 2, "read_count": 1, "total": 2}
    items = [{"user_id": "bob", "read_seq": 2}]
    assert client.ask("GET", path).body == read | {"items": items}
    assert client.ask("GET", path, query={"read": "true"}).body == read | {"items": items}
    left = client.ask("GET", path, query={"read": "false", "limit": "1"}).body
    assert left == read | {"items": [{"user_id": "carol", "read_seq": 0}]}


def test_pins_are_made_listed_and_taken_away(world: World, client: Client) -> None:
    made = client.ask("POST", f"{ONE}/pins", {"seq": 1})
    assert (made.status, made.body) == (200, {"conversation_id": CHAT, "seq": 1, "entry_seq": 2})
    again = client.ask("POST", f"{ONE}/pins", {"seq": 1})
    assert (again.status, again.body) == (200, {"conversation_id": CHAT, "seq": 1})
    (item,) = client.ask("GET", f"{ONE}/pins").body["items"]
    assert (item["pinned_by"], item["pinned_at"]) == ("alice", world.clock.time)
    assert item["message"] == client.ask("GET", f"{ONE}/messages").body["messages"][0]
    gone = client.ask("DELETE", f"{ONE}/pins/1")
    assert (gone.status, gone.body["entry_seq"]) == (200, 3)
    assert "entry_seq" not in client.ask("DELETE", f"{ONE}/pins/1").body
    assert client.ask("GET", f"{ONE}/pins").body == {"items": []}


def test_an_announcement_is_made_changed_and_deleted(world: World, client: Client) -> None:
    made = client.ask("POST", f"{ROOM}/announcements", {"text": "Hear!", "top": True})
    assert made.status == 201
    assert made.body == {
        "announcement_id": made.body["announcement_id"],
        "text": "Hear!",
        "author_id": "alice",
        "created_at": world.clock.time,
        "seq": 2,
        "top": True,
    }
    one = f"{ROOM}/announcements/{made.body['announcement_id']}"
    assert client.ask("GET", f"{ROOM}/announcements").body == {"items": [made.body]}
    assert client.ask("PATCH", one, {}).body == made.body
    assert client.ask("PATCH", one, {"top": False}).body["top"] is False
    changed = client.ask("PATCH", one, {"text": "Hear again!"}).body
    assert (changed["seq"], changed["edited_at"]) == (4, world.clock.time)
    gone = client.ask("DELETE", one)
    assert (gone.status, gone.body) == (204, None)
    assert client.ask("DELETE", one).code == "not_found"
    assert client.ask("GET", f"{ROOM}/announcements").body == {"items": []}


BAD: list[tuple[str, str, Any, dict[str, str] | None]] = [
    ("GET", f"{ROOM}/members", None, {"cursor": "~~~"}),
    ("GET", f"{ROOM}/members", None, {"limit": "101"}),
    ("GET", f"{ROOM}/members", None, {"page": "1"}),
    ("GET", f"/v1/groups/{CHAT}/members", None, None),
    ("GET", "/v1/groups/nonsense/members", None, None),
    ("GET", f"{ONE}/receipts/0", None, None),
    ("GET", f"{ONE}/receipts/x", None, None),
    ("GET", f"{ONE}/receipts/1", None, {"read": "perhaps"}),
    ("GET", f"{ONE}/receipts/1", None, {"cursor": "é"}),
    ("POST", f"{ONE}/pins", {"seq": 0}, None),
    ("POST", f"{ONE}/pins", {"seq": "1"}, None),
    ("POST", f"{ONE}/pins", {}, None),
    ("DELETE", f"{ONE}/pins/-1", None, None),
    ("GET", f"{ROOM}/announcements", None, {"cursor": "1"}),
    ("POST", f"{ROOM}/announcements", {"text": " "}, None),
    ("PATCH", f"{ROOM}/announcements/1", {"top": True}, None),
    ("PATCH", f"{ROOM}/announcements/a_{'0' * 11}", {"top": None}, None),
    ("DELETE", f"{ROOM}/announcements/a_{'0' * 10}", None, None),
]


@pytest.mark.parametrize(("method", "path", "body", "query"), BAD)
def test_what_does_not_have_the_documented_shape_is_refused(
    client: Client, method: str, path: str, body: Any, query: dict[str, str] | None
) -> None:
    answer = client.ask(method, path, body, query)
    assert (answer.status, answer.code) == (400, "invalid_request")


def test_outsiders_learn_nothing(world: World) -> None:
    mallory = Client(world, "mallory")
    absent = "g_" + "0" * 26
    for group in (GROUP, absent):
        for method, path, body in (
            ("GET", f"/v1/groups/{group}/members", None),
            ("GET", f"/v1/conversations/{group}/members", None),
            ("GET", f"/v1/conversations/{group}/receipts/1", None),
            ("GET", f"/v1/conversations/{group}/pins", None),
            ("POST", f"/v1/conversations/{group}/pins", {"seq": 1}),
            ("DELETE", f"/v1/conversations/{group}/pins/1", None),
            ("GET", f"/v1/groups/{group}/announcements", None),
            ("POST", f"/v1/groups/{group}/announcements", {"text": "x"}),
            ("PATCH", f"/v1/groups/{group}/announcements/a_{'0' * 11}", {"top": True}),
            ("DELETE", f"/v1/groups/{group}/announcements/a_{'0' * 11}", None),
        ):
            answer = mallory.ask(method, path, body)
            assert (answer.status, answer.code) == (403, "not_member"), (method, path)
