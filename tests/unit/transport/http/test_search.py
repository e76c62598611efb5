"""The search for messages over HTTP."""

from typing import Any

import pytest

from tests.unit.making import CHAT
from tests.unit.transport.http.asking import Client
from tests.unit.world import ALICE, BOB, World


@pytest.fixture
def world() -> World:
    """Three messages, a second apart."""
    world = World()
    for actor, words in ((ALICE, "Lunch?"), (BOB, "No lunch, 明天"), (ALICE, "Fine")):
        world.send(actor, words)
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def found(client: Client, **query: str) -> list[int]:
    body = client.ask("GET", "/v1/search", query=query).body
    return [message["seq"] for message in body["messages"]]


def test_messages_are_shown_as_everywhere(world: World, client: Client) -> None:
    answer = client.ask("GET", "/v1/search", query={"q": "lunch 明"})
    (message,) = answer.body["messages"]
    history = client.ask("GET", f"/v1/conversations/{CHAT}/messages").body["messages"]
    assert message == history[1]
    assert answer.body == {"messages": [message], "complete": True}


def test_every_criterion_narrows_the_search(world: World, client: Client) -> None:
    times = [world.tables.entries[CHAT][seq].sent_at for seq in (1, 2, 3)]
    assert found(client, q="LUNCH") == [2, 1]
    assert found(client, q="lunch", conversation_id=CHAT) == [2, 1]
    assert found(client, sender_id="alice") == [3, 1]
    assert found(client, type="text") == [3, 2, 1]
    assert found(client, type="custom") == []
    assert found(client, **{"from": str(times[1])}) == [3, 2]
    assert found(client, to=str(times[1])) == [1]
    assert found(client, q="lunch", sender_id="alice", to=str(times[2])) == [1]


def test_pages_go_on_where_the_cursor_says(client: Client) -> None:
    query = {"q": "lunch", "limit": "1"}
    first = client.ask("GET", "/v1/search", query=query).body
    assert (first["messages"][0]["seq"], first["complete"]) == (2, False)
    rest = client.ask("GET", "/v1/search", query={**query, "cursor": first["next_cursor"]}).body
    assert ([one["seq"] for one in rest["messages"]], rest["complete"]) == ([1], True)
    assert "next_cursor" not in rest


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"limit": "5"},
        {"conversation_id": CHAT},
        {"q": ""},
        {"q": " \u3000"},
        {"q": "x" * 257},
        {"type": "system.recalled"},
        {"type": ""},
        {"sender_id": "a b"},
        {"from": "yesterday"},
        {"to": "-1"},
        {"from_": "1"},
        {"q": "x", "limit": "0"},
        {"q": "x", "limit": "51"},
        {"q": "x", "cursor": "here!"},
        {"q": "x", "cursor": "aGVyZQ"},
        {"q": "x", "conversation_id": "x_1"},
    ],
)
def test_a_bad_search_is_refused(client: Client, query: dict[str, Any]) -> None:
    assert client.ask("GET", "/v1/search", query=query).code == "invalid_request"


def test_outsiders_are_refused_or_find_nothing(world: World) -> None:
    carol = Client(world, "carol")
    query = {"q": "lunch", "conversation_id": CHAT}
    assert carol.ask("GET", "/v1/search", query=query).code == "not_member"
    assert found(carol, q="lunch") == []
    query = {"q": "lunch", "conversation_id": "p_alice~carol"}
    assert carol.ask("GET", "/v1/search", query=query).code == "not_found"
