"""Uploads that everybody may see: faces, and pictures of oneself."""

from uuid import uuid4

from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.uploading import fetch, upload
from tests.e2e.wire import chat_of, refused
from tests.support.files import image


def test_a_face_is_shown_to_everybody(alice: Person, bob: Person, carol: Person) -> None:
    body = image()
    media_id = upload(alice, body, "image", "image/png")
    with refused("media_not_found"):
        bob.api.post("/v1/faces", {"media": media_id, "width": 40, "height": 30})
    face = alice.api.post("/v1/faces", {"media": media_id, "width": 40, "height": 30})
    content = {"face_id": face["face_id"]}
    message = {"client_id": str(uuid4()), "type": "emoji", "content": content}
    alice.api.post(in_chat(chat_of(alice.id, bob.id), "messages"), message)
    for person in (alice, bob, carol):
        assert fetch(person, media_id).body == body


def test_a_picture_of_oneself_is_seen_by_everybody(alice: Person, carol: Person) -> None:
    body = image()
    media_id = upload(alice, body, "image", "image/png")
    with refused("media_not_found"):
        carol.api.patch("/v1/me", {"picture": media_id})
    assert alice.api.patch("/v1/me", {"picture": media_id})["picture"] == media_id
    assert carol.api.get(f"/v1/users/{alice.id}")["picture"] == media_id
    assert fetch(carol, media_id).body == body
