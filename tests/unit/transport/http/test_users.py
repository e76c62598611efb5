"""Users, tickets and health over HTTP."""

import hashlib
from typing import Any

import pytest

from tests.fakes.clock import NOON
from tests.unit.transport.http.asking import Client
from tests.unit.world import World

OWN = {"listed": True, "presence_hidden": False}
"""What only the user sees, as it is at first."""


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_health_answers_anyone(client: Client) -> None:
    client.claims = None
    answer = client.ask("GET", "/v1/health")
    assert (answer.status, answer.body) == (200, {"status": "ok"})


def test_the_own_profile_is_made_from_the_claims(world: World) -> None:
    client = Client(world, "dan")
    wanted = {"user_id": "dan", "name": "Dan", "created_at": NOON}
    assert client.ask("GET", "/v1/me").body == {**wanted, **OWN}
    assert Client(world).ask("GET", "/v1/users/dan").body == wanted


def test_the_own_profile_can_be_changed(client: Client) -> None:
    picture = "https://example.com/a.png"
    answer = client.ask("PATCH", "/v1/me", {"name": "Al", "picture": picture})
    assert (answer.status, answer.body["name"], answer.body["picture"]) == (200, "Al", picture)
    removed = client.ask("PATCH", "/v1/me", {"picture": None}).body
    assert removed == {"user_id": "alice", "name": "Al", "created_at": NOON, **OWN}
    assert client.ask("PATCH", "/v1/me", {}).body == removed


def test_a_bad_profile_changes_nothing(client: Client) -> None:
    before = client.ask("GET", "/v1/me").body
    for changes in ({"name": " "}, {"name": None}, {"picture": "http://x"}, {"listed": None}):
        assert client.ask("PATCH", "/v1/me", changes).status == 400
    assert client.ask("GET", "/v1/me").body == before


def test_a_user_who_was_never_seen_or_cannot_be_is_told_apart(client: Client) -> None:
    assert client.ask("GET", "/v1/users/nobody").status == 404
    for user_id in ("a b", "x" * 65, "a~b"):
        answer = client.ask("GET", f"/v1/users/{user_id}")
        assert (answer.status, answer.code) == (400, "invalid_request")


def test_a_ticket_is_issued_for_a_minute_and_kept_as_a_hash(world: World, client: Client) -> None:
    answer = client.ask("POST", "/v1/ws-tickets")
    assert (answer.status, answer.body["expires_at"]) == (201, NOON + 60_000)
    hashed = hashlib.sha256(answer.body["ticket"].encode()).hexdigest()
    identity, _ = world.tables.tickets[hashed]
    assert (identity.user_id, identity.expires_at) == ("alice", NOON + 3_600_000)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/ws-tickets", None),
        ("GET", "/v1/conversations", None),
        (
            "POST",
            "/v1/conversations/p_alice~dan/messages",
            {"client_id": "c-1", "type": "text", "content": {"text": "hi"}},
        ),
    ],
)
def test_whatever_a_user_asks_for_first_makes_the_profile(
    world: World, method: str, path: str, body: Any
) -> None:
    assert Client(world, "dan").ask(method, path, body).status < 300
    assert world.tables.profiles["dan"].name == "Dan"


def test_asking_for_the_health_makes_no_profile(world: World) -> None:
    before = dict(world.tables.profiles)
    Client(world, "dan").ask("GET", "/v1/health")
    assert world.tables.profiles == before


def test_what_others_see_of_one_can_be_changed_but_they_do_not_see_that(client: Client) -> None:
    changed = client.ask("PATCH", "/v1/me", {"listed": False, "presence_hidden": True}).body
    assert (changed["listed"], changed["presence_hidden"]) == (False, True)
    assert client.ask("GET", "/v1/me").body == changed
    assert not client.ask("GET", "/v1/users/alice").body.keys() & OWN.keys()
    (found,) = client.ask("GET", "/v1/users", query={"user_id": "alice"}).body["items"]
    assert not found.keys() & OWN.keys()


def test_users_are_found_by_id_or_by_name_in_pages(client: Client) -> None:
    def names(**query: str) -> tuple[list[str], str | None]:
        answer = client.ask("GET", "/v1/users", query=query)
        assert answer.status == 200
        return [one["user_id"] for one in answer.body["items"]], answer.body.get("next_cursor")

    assert names(user_id="bob") == (["bob"], None)
    assert names(user_id="nobody") == ([], None)
    assert names(name="CAR") == (["carol"], None)
    client.ask("PATCH", "/v1/me", {"name": "Caroline"})
    first, cursor = names(name="car", limit="1")
    assert cursor is not None
    second, end = names(name="car", limit="1", cursor=cursor)
    assert (first, second, end) == (["carol"], ["alice"], None)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"name": "a", "user_id": "alice"},
        {"name": ""},
        {"name": " "},
        {"name": "x" * 65},
        {"user_id": "a b"},
        {"name": "a", "limit": "0"},
        {"name": "a", "limit": "51"},
        {"name": "a", "cursor": ""},
        {"name": "a", "cursor": "!"},
        {"name": "a", "cursor": "x" * 513},
        {"name": "a", "more": "1"},
    ],
)
def test_a_search_for_nothing_in_particular_is_refused(
    client: Client, query: dict[str, str]
) -> None:
    answer = client.ask("GET", "/v1/users", query=query)
    assert (answer.status, answer.code) == (400, "invalid_request")
