"""Friends, requests and blocks over HTTP."""

from typing import Any

import pytest

from chirrup.domain.friends import REQUEST_EXPIRES_MS
from tests.fakes.clock import NOON
from tests.unit.transport.http.asking import Client
from tests.unit.world import World


@pytest.fixture
def world() -> World:
    return World(friends_only=True)


@pytest.fixture
def alice(world: World) -> Client:
    return Client(world, "alice")


@pytest.fixture
def bob(world: World) -> Client:
    return Client(world, "bob")


ASKING = {"user_id": "bob", "text": "Hi, it is Alice", "remark": "Bobby", "source": "search"}
ASKED = {
    "user_id": "bob",
    "name": "Bob",
    "direction": "out",
    "status": "pending",
    "text": "Hi, it is Alice",
    "source": "search",
    "remark": "Bobby",
    "asked_at": NOON,
    "expires_at": NOON + REQUEST_EXPIRES_MS,
}


def test_a_request_shows_on_both_sides_but_the_remark_on_one(alice: Client, bob: Client) -> None:
    answer = alice.ask("POST", "/v1/friend-requests", ASKING)
    assert (answer.status, answer.body) == (201, ASKED)
    listed = alice.ask("GET", "/v1/friend-requests", query={"direction": "out"})
    assert listed.body == {"items": [ASKED]}
    (heard,) = bob.ask("GET", "/v1/friend-requests").body["items"]
    left = {name: value for name, value in ASKED.items() if name != "remark"}
    assert heard == {**left, "user_id": "alice", "name": "Alice", "direction": "in"}


def test_an_accepted_request_makes_friends(alice: Client, bob: Client) -> None:
    alice.ask("POST", "/v1/friend-requests", ASKING)
    answer = bob.ask("POST", "/v1/friend-requests/alice/accept", {"remark": "Al"})
    wanted = {
        "user_id": "alice",
        "name": "Alice",
        "since": NOON,
        "source": "search",
        "remark": "Al",
        "starred": False,
        "tags": [],
    }
    assert (answer.status, answer.body) == (200, wanted)
    assert bob.ask("GET", "/v1/friends").body == {"items": [wanted]}
    assert bob.ask("GET", "/v1/friends/alice").body == wanted
    assert alice.ask("GET", "/v1/friends/bob").body["remark"] == "Bobby"
    again = bob.ask("POST", "/v1/friend-requests/alice/accept", {})
    assert (again.status, again.code) == (409, "request_handled")


def test_a_crossing_request_is_accepted_in_the_answer(alice: Client, bob: Client) -> None:
    alice.ask("POST", "/v1/friend-requests", ASKING)
    answer = bob.ask("POST", "/v1/friend-requests", {"user_id": "alice"})
    assert (answer.status, answer.body["status"]) == (201, "accepted")


def test_a_request_is_rejected_or_withdrawn(alice: Client, bob: Client) -> None:
    alice.ask("POST", "/v1/friend-requests", ASKING)
    rejected = bob.ask("POST", "/v1/friend-requests/alice/reject", {"reason": "No"})
    assert (rejected.status, rejected.body) == (204, None)
    alice.ask("POST", "/v1/friend-requests", ASKING)
    assert alice.ask("DELETE", "/v1/friend-requests/bob").status == 204
    assert bob.ask("GET", "/v1/friend-requests").body == {"items": []}
    assert alice.ask("DELETE", "/v1/friend-requests/bob").code == "request_handled"


def test_friends_are_noted_and_ended(alice: Client, bob: Client) -> None:
    alice.ask("POST", "/v1/friend-requests", ASKING)
    bob.ask("POST", "/v1/friend-requests/alice/accept", {})
    changes = {"starred": True, "tags": ["choir", "work", "choir"], "remark": None}
    changed = alice.ask("PATCH", "/v1/friends/bob", changes)
    assert changed.status == 200
    assert changed.body["tags"] == ["choir", "work"]
    assert changed.body["starred"] is True
    assert "remark" not in changed.body
    assert alice.ask("PATCH", "/v1/friends/bob", {}).body == changed.body
    assert alice.ask("DELETE", "/v1/friends/bob").status == 204
    for client, other in ((alice, "bob"), (bob, "alice")):
        for method, body in (("GET", None), ("PATCH", {"starred": True}), ("DELETE", None)):
            assert client.ask(method, f"/v1/friends/{other}", body).status == 404


def test_blocks_are_made_in_two_ways_and_ended(alice: Client, bob: Client) -> None:
    wanted = {"user_id": "bob", "name": "Bob", "since": NOON}
    posted = alice.ask("POST", "/v1/blocks", {"user_id": "bob"})
    assert (posted.status, posted.body) == (201, wanted)
    put = alice.ask("PUT", "/v1/blocks/bob")
    assert (put.status, put.body) == (200, wanted)
    assert alice.ask("GET", "/v1/blocks").body == {"items": [wanted]}
    refusal = bob.ask("POST", "/v1/friend-requests", {"user_id": "alice"})
    assert (refusal.status, refusal.code) == (403, "blocked_by_peer")
    for _ in range(2):
        assert alice.ask("DELETE", "/v1/blocks/bob").status == 204
    assert alice.ask("GET", "/v1/blocks").body == {"items": []}


def test_lists_come_in_pages(alice: Client) -> None:
    for user_id in ("bob", "carol"):
        alice.ask("POST", "/v1/blocks", {"user_id": user_id})
    first = alice.ask("GET", "/v1/blocks", query={"limit": "1"}).body
    assert [one["user_id"] for one in first["items"]] == ["bob"]
    rest = alice.ask("GET", "/v1/blocks", query={"limit": "1", "cursor": first["next_cursor"]}).body
    assert [one["user_id"] for one in rest["items"]] == ["carol"]
    assert "next_cursor" not in rest


BAD: list[tuple[str, str, Any]] = [
    ("POST", "/v1/friend-requests", {}),
    ("POST", "/v1/friend-requests", {"user_id": "a b"}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "text": "x" * 256}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "remark": "x" * 33}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "remark": ""}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "source": ""}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "source": "x" * 65}),
    ("POST", "/v1/friend-requests", {"user_id": "bob", "status": "accepted"}),
    ("POST", "/v1/friend-requests/bob/accept", {"remark": "x" * 33}),
    ("POST", "/v1/friend-requests/bob/reject", {"reason": "x" * 256}),
    ("POST", "/v1/friend-requests/a b/accept", {}),
    ("DELETE", "/v1/friend-requests/a~b", None),
    ("PATCH", "/v1/friends/bob", {"tags": ["x"] * 21}),
    ("PATCH", "/v1/friends/bob", {"tags": [""]}),
    ("PATCH", "/v1/friends/bob", {"tags": ["x" * 33]}),
    ("PATCH", "/v1/friends/bob", {"tags": None}),
    ("PATCH", "/v1/friends/bob", {"starred": None}),
    ("PATCH", "/v1/friends/bob", {"since": 1}),
    ("GET", "/v1/friends/a b", None),
    ("POST", "/v1/blocks", {"user_id": ""}),
    ("PUT", "/v1/blocks/a b", None),
]


@pytest.mark.parametrize(("method", "path", "body"), BAD)
def test_what_is_not_as_documented_is_refused_and_changes_nothing(
    world: World, alice: Client, method: str, path: str, body: Any
) -> None:
    alice.ask("GET", "/v1/me")
    before = dict(world.tables.records)
    answer = alice.ask(method, path, body)
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert world.tables.records == before


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "101"}, {"cursor": "~"}, {"cursor": ""}, {"direction": "up"}],
)
def test_a_bad_page_is_refused(alice: Client, query: dict[str, str]) -> None:
    assert alice.ask("GET", "/v1/friend-requests", query=query).code == "invalid_request"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/friend-requests", {"user_id": "alice"}),
        ("DELETE", "/v1/friends/alice", None),
        ("POST", "/v1/blocks", {"user_id": "alice"}),
        ("PUT", "/v1/blocks/alice", None),
        ("DELETE", "/v1/blocks/alice", None),
    ],
)
def test_oneself_is_nobody_to_do_this_to(alice: Client, method: str, path: str, body: Any) -> None:
    answer = alice.ask(method, path, body)
    assert (answer.status, answer.code) == (400, "cannot_target_self")
