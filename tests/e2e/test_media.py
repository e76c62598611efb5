"""Uploads and downloads as browsers do them, through the bucket, and what messages make of them."""

import io
import json
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from PIL import Image

from chirrup.ports.media import Sending
from local.processes import wait_until
from tests.e2e.http import in_chat
from tests.e2e.people import Person, World
from tests.e2e.stack import ORIGIN
from tests.e2e.uploading import browser, declared, fetch, objects, picture, send, upload
from tests.e2e.wire import Json, Refused, chat_of, refused
from tests.support.files import image, mp4, noise, ogg, png_with_archive, sum_of

TIMEOUT_S = 30
DAY_MS = 24 * 60 * 60 * 1000


def test_an_image_of_5_mb_is_sent_shown_and_made_small(
    world: World, alice: Person, bob: Person, carol: Person
) -> None:
    body = image_of_5_mb()
    media_id = upload(alice, body, "image", "image/png", name="Kätzchen.png")
    phone, desk = alice.open(), bob.open()
    phone.ask("sendMessage", to=bob.id, **picture(media_id, len(body)))
    shown = desk.expect("message.created")["message"]["content"]["media"]
    assert shown == media_id
    chat = chat_of(alice.id, bob.id)
    for query in ({}, {"conversation_id": chat}):
        status, headers, found = fetch(bob, shown, **query)
        assert (status, found) == (200, body)
        assert headers["content-type"] == "image/png"
        assert headers["content-disposition"].startswith('inline; filename="K_tzchen.png"')
    with refused("media_not_found"):
        carol.api.get(f"/v1/media/{shown}")

    def small() -> bool:
        try:
            return fetch(bob, shown, thumbnail="true").status == 200
        except Refused:
            return False

    assert wait_until(small, timeout_s=TIMEOUT_S)
    status, headers, found = fetch(bob, shown, thumbnail="true")
    assert headers["content-type"] == "image/webp"
    assert found[:4] == b"RIFF"
    s3 = world.stack.aws("s3")
    bucket = world.stack.resources["MediaBucket"]
    for key in (f"media/{media_id}", f"thumbnails/{media_id}"):
        assert s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"] == []


def image_of_5_mb() -> bytes:
    """Noise, which no format makes smaller."""
    pixels = noise(1_300 * 1_300 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (1_300, 1_300), pixels).save(out, "PNG", compress_level=0)
    body = out.getvalue()
    assert len(body) > 5_000_000
    return body


def test_a_voice_clip_is_sent_and_heard(alice: Person, bob: Person) -> None:
    body = ogg(80_000)
    media_id = upload(alice, body, "voice", "audio/ogg")
    done = alice.api.post(f"/v1/uploads/{media_id}/complete")
    assert (done["purpose"], done["size"]) == ("voice", len(body))
    content = {"media": media_id, "duration_ms": 4_200, "size": len(body)}
    message = {"client_id": str(uuid4()), "type": "voice", "content": content}
    alice.api.post(in_chat(chat_of(alice.id, bob.id), "messages"), message)
    status, headers, found = fetch(bob, media_id)
    assert (status, found, headers["content-type"]) == (200, body, "audio/ogg")


def test_a_film_of_120_mb_comes_in_parts(world: World, alice: Person, bob: Person) -> None:
    body = mp4(120 * 1024 * 1024)
    ticket = alice.api.post("/v1/uploads", declared(body, "video", "video/mp4"))
    media_id, parts = ticket["media_id"], ticket["parts"]
    assert len(parts) == 8
    last = body[parts[7]["first_byte"] :]
    # A part is taken as it was declared, and no other way.
    sending = Sending(parts[7]["url"], parts[7]["headers"])
    assert browser.put(sending, last[:-1]) == 403
    assert browser.put(sending, last[:-1] + b"\0") == 400
    complete = f"/v1/uploads/{media_id}/complete"
    with refused("media_not_found"):
        alice.api.post(complete)
    assert send(ticket, body) == [200] * 8
    assert alice.api.post(complete)["size"] == len(body)
    content = {
        "media": media_id,
        "duration_ms": 60_000,
        "width": 1920,
        "height": 1080,
        "size": len(body),
    }
    message = {"client_id": str(uuid4()), "type": "video", "content": content}
    alice.api.post(in_chat(chat_of(alice.id, bob.id), "messages"), message)
    status, headers, found = fetch(bob, media_id)
    assert (status, headers["content-type"]) == (200, "video/mp4")
    assert sum_of(found) == sum_of(body)


def test_a_redirect_leads_to_the_bytes(world: World, alice: Person) -> None:
    body = image()
    media_id = upload(alice, body, "image", "image/png")
    alice.api.post(f"/v1/uploads/{media_id}/complete")
    address = urlsplit(world.stack.local["http_url"])
    connection = HTTPConnection(address.netloc, timeout=TIMEOUT_S)
    headers = {"Authorization": f"Bearer {alice.token}"}
    connection.request("GET", f"{address.path}/v1/media/{media_id}", headers=headers)
    answer = connection.getresponse()
    assert answer.status == 302
    assert browser.get(answer.headers["Location"]).body == body
    connection.close()


def test_a_browser_of_an_allowed_origin_may_send_to_the_bucket(alice: Person) -> None:
    ticket = alice.api.post("/v1/uploads", declared(image(), "image", "image/png"))
    address = urlsplit(ticket["url"])
    for origin, allowed in ((ORIGIN, True), ("https://evil.example", False)):
        connection = HTTPConnection(address.netloc, timeout=TIMEOUT_S)
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        connection.request("OPTIONS", address.path or "/", headers=asked)
        answer = connection.getresponse()
        assert (answer.headers.get("Access-Control-Allow-Origin") == origin) == allowed
        connection.close()


@pytest.mark.parametrize(
    ("purpose", "type_", "more", "code"),
    [
        ("image", "image/svg+xml", {}, "media_not_allowed"),
        ("voice", "video/mp4", {}, "media_not_allowed"),
        ("image", "image/png", {"size": 20 * 1024 * 1024 + 1}, "payload_too_large"),
        ("image", "image/png", {"size": 0}, "invalid_request"),
        ("image", "image/png", {"sha256": ["x"]}, "invalid_request"),
    ],
)
def test_what_may_not_be_declared_is_refused(
    alice: Person, purpose: str, type_: str, more: Json, code: str
) -> None:
    new = declared(image(), purpose, type_) | more
    with refused(code):
        alice.api.post("/v1/uploads", new)


@pytest.mark.parametrize("change", ["shorter", "longer", "other"])
def test_the_bucket_takes_nothing_but_what_was_declared(
    world: World, alice: Person, bob: Person, change: str
) -> None:
    body = image()
    ticket = alice.api.post("/v1/uploads", declared(body, "image", "image/png"))
    sent = {"shorter": body[:-1], "longer": body + b"\0", "other": body[:-1] + b"\0"}[change]
    assert send(ticket, sent) == [400]
    _never_used(world, alice, bob, ticket["media_id"], len(body), "media_not_found")


def test_what_was_never_sent_cannot_be_used(world: World, alice: Person, bob: Person) -> None:
    body = image()
    ticket = alice.api.post("/v1/uploads", declared(body, "image", "image/png"))
    _never_used(world, alice, bob, ticket["media_id"], len(body), "media_not_found")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (image("JPEG"), "content_type"),
        (b"<html><script>alert(1)</script>", "content_type"),
        (image() + b"trailing", "trailing_data"),
        (png_with_archive(), "polyglot"),
    ],
    ids=["jpeg", "html", "trailing", "archive"],
)
def test_what_is_something_else_cannot_be_used(
    world: World, alice: Person, bob: Person, body: bytes, reason: str
) -> None:
    media_id = upload(alice, body, "image", "image/png")
    _never_used(world, alice, bob, media_id, len(body), "media_not_allowed")
    with pytest.raises(Refused) as caught:
        alice.api.post(f"/v1/uploads/{media_id}/complete")
    assert caught.value.details == {"reason": reason}


def test_nobody_uses_what_another_uploaded(world: World, alice: Person, bob: Person) -> None:
    body = image()
    media_id = upload(bob, body, "image", "image/png")
    message = picture(media_id, len(body))
    path = in_chat(chat_of(alice.id, bob.id), "messages")
    with refused("media_not_found"):
        alice.api.post(path, message)
    with refused("media_not_found"):
        alice.api.get(f"/v1/media/{media_id}")


def test_what_has_expired_cannot_be_used(world: World, alice: Person, bob: Person) -> None:
    body = image()
    media_id = upload(alice, body, "image", "image/png")
    alice.api.post(f"/v1/uploads/{media_id}/complete")
    table = {"TableName": world.stack.resources["CatalogTable"]}
    key = {"kind": {"S": media_id}, "item": {"S": "MEDIA"}}
    dynamodb = world.stack.aws("dynamodb")
    data = json.loads(dynamodb.get_item(**table, Key=key)["Item"]["data"]["S"])
    data["created_at"] -= DAY_MS
    dynamodb.update_item(
        **table,
        Key=key,
        UpdateExpression="SET #data = :data",
        ExpressionAttributeNames={"#data": "data"},
        ExpressionAttributeValues={":data": {"S": json.dumps(data)}},
    )
    path = in_chat(chat_of(alice.id, bob.id), "messages")
    with refused("media_not_found"):
        alice.api.post(path, picture(media_id, len(body)))
    with refused("media_not_found"):
        alice.api.get(f"/v1/media/{media_id}")
    assert bob.api.get(path)["messages"] == []


def _never_used(
    world: World, alice: Person, bob: Person, media_id: str, size: int, code: str
) -> None:
    """An upload that no message takes; nothing is stored of it, nor of the message."""
    phone = alice.open()
    message = picture(media_id, size)
    path = in_chat(chat_of(alice.id, bob.id), "messages")
    for _ in range(2):
        with refused(code):
            phone.ask("sendMessage", to=bob.id, **message)
        with refused(code):
            alice.api.post(path, message)
    with refused("media_not_found"):
        alice.api.get(f"/v1/media/{media_id}")
    assert bob.api.get(path)["messages"] == []
    assert wait_until(lambda: objects(world, media_id) == [], timeout_s=TIMEOUT_S)


def test_a_page_is_saved_and_never_shown(alice: Person) -> None:
    body = b"<html><script>alert(1)</script></html>"
    media_id = upload(alice, body, "file", "text/html", name="page.html")
    alice.api.post(f"/v1/uploads/{media_id}/complete")
    status, headers, found = fetch(alice, media_id)
    assert (status, found) == (200, body)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith('attachment; filename="page.html"')


def test_what_is_cancelled_is_gone(world: World, alice: Person) -> None:
    media_id = upload(alice, image(), "image", "image/png")
    alice.api.delete(f"/v1/uploads/{media_id}")
    with refused("media_not_found"):
        alice.api.get(f"/v1/media/{media_id}")
    assert wait_until(lambda: objects(world, media_id) == [], timeout_s=TIMEOUT_S)


def test_what_is_forwarded_and_merged_is_seen_by_those_who_get_it(
    alice: Person, bob: Person, carol: Person
) -> None:
    body = image()
    media_id = upload(alice, body, "image", "image/png")
    sent = alice.api.post(
        in_chat(chat_of(alice.id, bob.id), "messages"), picture(media_id, len(body))
    )
    place = {"conversation_id": sent["conversation_id"], "seq": sent["seq"]}
    with refused("media_not_found"):
        carol.api.get(f"/v1/media/{media_id}")
    content = {"title": "Look", "items": [place]}
    merged = {"client_id": str(uuid4()), "type": "merged", "content": content}
    again = bob.api.post(in_chat(chat_of(bob.id, carol.id), "messages"), merged)
    assert fetch(carol, media_id).body == body
    bob.api.post(
        in_chat(again["conversation_id"], "messages", again["seq"], "recall"),
    )
    with refused("media_not_found"):
        carol.api.get(f"/v1/media/{media_id}")
    forward = {"client_id": str(uuid4()), "type": "forward", "content": place}
    bob.api.post(in_chat(chat_of(bob.id, carol.id), "messages"), forward)
    assert fetch(carol, media_id).body == body
