"""Emoji and faces over HTTP."""

from typing import Any

import pytest

from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from tests.unit.transport.http.asking import Client
from tests.unit.world import World

FACE: dict[str, Any] = {"media": "https://example.com/me.png", "width": 64, "height": 48}
MEDIA = "m_" + "0" * 26


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def test_packs_are_shown_with_their_emoji_and_without_what_is_the_administrations(
    world: World, client: Client
) -> None:
    assert client.ask("GET", "/v1/emoji-packs").body == {"items": []}
    for number in range(2):
        new = NewPack(f"c{number}", f"Pack {number}", None, number, enabled=True)
        world.emoji.packs.create(new)
    ((first, second), _) = world.emoji.packs.list(None, 10)
    emoji = world.emoji.stocking.add(first.name, NewEmoji("nod", "Nod", FACE["media"], 10, 20))
    page = client.ask("GET", "/v1/emoji-packs", query={"limit": "1"}).body
    shown = {"emoji_id": emoji.name, "name": "Nod", "media": FACE["media"], "width": 10}
    assert page == {
        "items": [{"pack_id": first.name, "name": "Pack 0", "emoji": [{**shown, "height": 20}]}],
        "next_cursor": f"0.{first.name}",
    }
    rest = client.ask("GET", "/v1/emoji-packs", query={"cursor": page["next_cursor"]}).body
    assert rest == {"items": [{"pack_id": second.name, "name": "Pack 1", "emoji": []}]}


@pytest.mark.parametrize("query", [{"limit": "11"}, {"limit": "0"}, {"cursor": "x"}, {"q": "x"}])
def test_a_bad_question_for_packs_is_refused(client: Client, query: dict[str, str]) -> None:
    assert client.ask("GET", "/v1/emoji-packs", query=query).code == "invalid_request"


def test_a_face_is_kept_listed_and_removed(world: World, client: Client) -> None:
    added = client.ask("POST", "/v1/faces", {**FACE, "name": "Me"})
    assert added.status == 201
    assert added.body == {
        **FACE,
        "name": "Me",
        "face_id": added.body["face_id"],
        "added_at": world.clock.time,
    }
    assert client.ask("GET", "/v1/faces").body == {"items": [added.body]}
    assert Client(world, "bob").ask("GET", "/v1/faces").body == {"items": []}
    path = f"/v1/faces/{added.body['face_id']}"
    assert client.ask("DELETE", path).status == 204
    assert client.ask("DELETE", path).code == "not_found"
    assert client.ask("GET", "/v1/faces").body == {"items": []}


def test_an_upload_of_another_is_no_face(world: World, client: Client) -> None:
    world.pictures.uploads[MEDIA] = "bob"
    assert client.ask("POST", "/v1/faces", {**FACE, "media": MEDIA}).code == "media_not_found"
    assert Client(world, "bob").ask("POST", "/v1/faces", {**FACE, "media": MEDIA}).status == 201


@pytest.mark.parametrize(
    "change",
    [
        {"media": "http://example.com/a.png"},
        {"media": "javascript:alert(1)"},
        {"media": "https://"},
        {"media": "https://example.com/a b.png"},
        {"media": "https://example.com/" + "x" * 2048},
        {"media": "m_1"},
        {"media": None},
        {"width": 0},
        {"width": 1025},
        {"height": "48"},
        {"height": None},
        {"name": " "},
        {"name": "x" * 65},
        {"name": "\ud800"},
        {"order": 1},
    ],
)
def test_a_bad_face_is_refused_and_nothing_is_kept(client: Client, change: dict[str, Any]) -> None:
    assert client.ask("POST", "/v1/faces", {**FACE, **change}).code == "invalid_request"
    assert client.ask("GET", "/v1/faces").body == {"items": []}
