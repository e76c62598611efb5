"""Uploads and downloads over HTTP."""

from typing import Any

import pytest

from chirrup.ports.media import Form, Sending
from tests.support.browser import FakeBrowser
from tests.support.files import image, mp4, sum_of
from tests.unit.making import CHAT
from tests.unit.transport.http.asking import Answer, Client
from tests.unit.uploading import PNG, Gallery
from tests.unit.world import ALICE

NEW: dict[str, Any] = {
    "client_id": "u1",
    "purpose": "image",
    "content_type": "image/png",
    "size": len(PNG),
    "sha256": [sum_of(PNG)],
    "name": "Bär.png",
}


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


@pytest.fixture
def client(gallery: Gallery) -> Client:
    return Client(gallery)


@pytest.fixture
def browser(gallery: Gallery) -> FakeBrowser:
    return FakeBrowser(gallery.bucket)


def declare(client: Client, **more: Any) -> Answer:
    return client.ask("POST", "/v1/uploads", NEW | more)


def upload(client: Client, browser: FakeBrowser, body: bytes = PNG, **more: Any) -> str:
    given = {"size": len(body), "sha256": [sum_of(body)], **more}
    ticket = declare(client, **given).body
    assert browser.post(Form(ticket["url"], ticket["fields"]), body) == 204
    media_id: str = ticket["media_id"]
    return media_id


def test_an_image_is_declared_sent_completed_and_fetched(
    gallery: Gallery, client: Client, browser: FakeBrowser
) -> None:
    media_id = upload(client, browser)
    done = client.ask("POST", f"/v1/uploads/{media_id}/complete")
    assert done.status == 200
    assert done.body == {
        "media_id": media_id,
        "purpose": "image",
        "content_type": "image/png",
        "size": len(PNG),
        "name": "Bär.png",
        "expires_at": gallery.clock.time + 82_800_000,
    }
    away = client.ask("GET", f"/v1/media/{media_id}")
    assert (away.status, away.body) == (302, None)
    assert away.location
    assert browser.get(away.location).body == PNG
    told = client.ask("GET", f"/v1/media/{media_id}", query={"redirect": "false"})
    assert told.body["expires_at"] == gallery.clock.time + 300_000
    assert browser.get(told.body["url"]).body == PNG


def test_a_film_is_sent_in_parts(client: Client, browser: FakeBrowser) -> None:
    body = mp4(120 * 1024 * 1024)
    firsts = range(0, len(body), 16 * 1024 * 1024)
    sums = [sum_of(body[first : first + 16 * 1024 * 1024]) for first in firsts]
    film = {"purpose": "video", "content_type": "video/mp4", "size": len(body), "sha256": sums}
    ticket = declare(client, **film).body
    assert ticket["method"] == "parts"
    assert "url" not in ticket
    for part in ticket["parts"]:
        piece = body[part["first_byte"] : part["first_byte"] + part["size"]]
        assert browser.put(Sending(part["url"], part["headers"]), piece) == 200
    assert client.ask("POST", f"/v1/uploads/{ticket['media_id']}/complete").status == 200


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"content_type": "image/svg+xml"}, 403, "media_not_allowed"),
        ({"content_type": "Image/PNG"}, 400, "invalid_request"),
        ({"content_type": "image/png; charset=x"}, 400, "invalid_request"),
        ({"purpose": "avatar"}, 400, "invalid_request"),
        ({"size": 0}, 400, "invalid_request"),
        ({"size": 20 * 1024 * 1024 + 1}, 413, "payload_too_large"),
        ({"sha256": sum_of(PNG)}, 400, "invalid_request"),
        ({"sha256": []}, 400, "invalid_request"),
        ({"sha256": ["x"]}, 400, "invalid_request"),
        ({"sha256": [sum_of(PNG)] * 2}, 400, "invalid_request"),
        ({"name": "../../etc/passwd"}, 400, "invalid_request"),
        ({"name": "a\r\nb"}, 400, "invalid_request"),
        ({"client_id": ""}, 400, "invalid_request"),
    ],
)
def test_what_may_not_be_declared_leaves_nothing(
    gallery: Gallery, client: Client, changes: dict[str, Any], status: int, code: str
) -> None:
    before = dict(gallery.tables.records)
    answer = declare(client, **changes)
    assert (answer.status, answer.code) == (status, code)
    assert gallery.tables.records == before
    assert gallery.tables.uploads == {}


def test_what_is_something_else_says_why(client: Client, browser: FakeBrowser) -> None:
    media_id = upload(client, browser, image("JPEG"))
    answer = client.ask("POST", f"/v1/uploads/{media_id}/complete")
    assert (answer.status, answer.code) == (403, "media_not_allowed")
    assert answer.body["details"] == {"reason": "content_type"}


@pytest.mark.parametrize("media_id", ["m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "m_", "g_1", "%2e%2e"])
@pytest.mark.parametrize(("method", "path"), [("POST", "uploads/{}/complete"), ("GET", "media/{}")])
def test_what_is_no_upload_is_not_found(
    client: Client, media_id: str, method: str, path: str
) -> None:
    answer = client.ask(method, f"/v1/{path.format(media_id)}")
    assert (answer.status, answer.code) == (404, "media_not_found")


def test_an_upload_is_cancelled_until_it_is_used(
    gallery: Gallery, client: Client, browser: FakeBrowser
) -> None:
    media_id = upload(client, browser)
    assert Client(gallery, "bob").ask("DELETE", f"/v1/uploads/{media_id}").status == 404
    for _ in range(2):
        assert client.ask("DELETE", f"/v1/uploads/{media_id}").status == 204
    used = upload(client, browser, client_id="u2")
    content = {"media": used, "width": 40, "height": 30, "size": len(PNG)}
    gallery.send(ALICE, type="image", content=content)
    answer = client.ask("DELETE", f"/v1/uploads/{used}")
    assert (answer.status, answer.code) == (409, "conflict")


def test_who_sees_the_message_fetches_what_it_holds(
    gallery: Gallery, client: Client, browser: FakeBrowser
) -> None:
    media_id = upload(client, browser)
    content = {"media": media_id, "width": 40, "height": 30, "size": len(PNG)}
    sent = client.ask(
        "POST",
        f"/v1/conversations/{CHAT}/messages",
        {"client_id": "c1", "type": "image", "content": content},
    )
    assert sent.status == 201
    for query in ({}, {"conversation_id": CHAT}):
        assert Client(gallery, "bob").ask("GET", f"/v1/media/{media_id}", query=query).status == 302
        answer = Client(gallery, "carol").ask("GET", f"/v1/media/{media_id}", query=query)
        assert (answer.status, answer.code) == (404, "media_not_found")


@pytest.mark.parametrize("query", [{"thumbnail": "perhaps"}, {"size": "1"}, {"redirect": ""}])
def test_a_bad_query_is_refused(client: Client, query: dict[str, str]) -> None:
    answer = client.ask("GET", "/v1/media/m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", query=query)
    assert answer.code == "invalid_request"
