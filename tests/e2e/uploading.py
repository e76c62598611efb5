"""What people do with files: declare, send, fetch."""

from typing import Any
from uuid import uuid4

from chirrup.ports.media import Form, Sending
from tests.e2e.people import Person, World
from tests.e2e.wire import Json
from tests.support.browser import Downloaded, HttpBrowser
from tests.support.files import sum_of

PART = 16 * 1024 * 1024
browser = HttpBrowser()


def declared(body: bytes, purpose: str, type_: str, **more: Any) -> Json:
    large = len(body) > 100 * 1024 * 1024
    pieces = [body[at : at + PART] for at in range(0, len(body), PART)] if large else [body]
    return {
        "client_id": str(uuid4()),
        "purpose": purpose,
        "content_type": type_,
        "size": len(body),
        "sha256": [sum_of(piece) for piece in pieces],
        **more,
    }


def send(ticket: Json, body: bytes) -> list[int]:
    """Send what was declared to the bucket; the statuses."""
    if ticket["method"] == "post":
        return [browser.post(Form(ticket["url"], ticket["fields"]), body)]
    return [
        browser.put(
            Sending(part["url"], part["headers"]),
            body[part["first_byte"] : part["first_byte"] + part["size"]],
        )
        for part in ticket["parts"]
    ]


def upload(person: Person, body: bytes, purpose: str, type_: str, **more: Any) -> str:
    """Declare and send; the id."""
    ticket = person.api.post("/v1/uploads", declared(body, purpose, type_, **more))
    assert set(send(ticket, body)) <= {200, 204}
    media_id: str = ticket["media_id"]
    return media_id


def fetch(person: Person, media_id: str, **query: object) -> Downloaded:
    """Download by the URL that is given as JSON."""
    return browser.get(person.api.get(f"/v1/media/{media_id}", redirect="false", **query)["url"])


def picture(media_id: str, size: int) -> Json:
    content = {"media": media_id, "width": 40, "height": 30, "size": size}
    return {"client_id": str(uuid4()), "type": "image", "content": content}


def objects(world: World, media_id: str) -> list[str]:
    """Keys of what the bucket holds of an upload."""
    found = world.stack.aws("s3").list_objects_v2(Bucket=world.stack.resources["MediaBucket"])
    return [one["Key"] for one in found.get("Contents", ()) if media_id in one["Key"]]
