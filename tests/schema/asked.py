"""What is asked of the HTTP API, in this order: good requests and bad ones."""

from typing import Any

from chirrup.domain.announcements import announcement_id
from chirrup.domain.faces import face_id
from chirrup.domain.media import Media, media_id
from chirrup.domain.media_types import Purpose
from tests.schema.documents import Json
from tests.support.files import sum_of
from tests.unit.rooms import GROUP

CHAT = "p_alice~bob"
MESSAGES = f"/v1/conversations/{CHAT}/messages"
ROOM = f"/v1/groups/{GROUP}"
NO_GROUP = "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
LARGE = {"custom_type": "large", "data": {"text": "x" * 9000}}
FACE: Json = {"media": "https://example.com/me.png", "width": 64, "height": 64, "name": "Me"}
ORDER = {"custom_type": "order", "data": {"paid": None, "lines": [1, 2.5, "three"]}}


def new_message(number: int, content: Json | str, **more: Any) -> Json:
    """What is asked to have a message sent: a text, or a custom one."""
    text = isinstance(content, str)
    return {
        "client_id": f"c{number}",
        "type": "text" if text else "custom",
        "content": {"text": content} if text else content,
        **more,
    }


_UPLOAD: Json = {
    "client_id": "u1",
    "purpose": "file",
    "content_type": "text/plain",
    "size": 5,
    "sha256": [sum_of(b"hello")],
    "name": "hello.txt",
}
UPLOAD_ID = media_id(
    Media(
        owner="",
        by="alice",
        purpose=Purpose.FILE,
        content_type="text/plain",
        size=5,
        sha256=(sum_of(b"hello"),),
        created_at=0,
        file_name="hello.txt",
    ),
    "u1",
)
_FILM: Json = {
    "client_id": "u2",
    "purpose": "video",
    "content_type": "video/mp4",
    "size": 120 * 1024 * 1024,
    "sha256": [sum_of(b"part")] * 8,
}
UPLOADING: list[tuple[str, str, str, Any]] = [
    ("alice", "POST", "/v1/uploads", _UPLOAD),
    ("alice", "POST", "/v1/uploads", _FILM),
    ("alice", "POST", "/v1/uploads", {**_UPLOAD, "purpose": "image"}),
    ("alice", "POST", "/v1/uploads", {**_UPLOAD, "size": 0}),
    ("alice", "POST", f"/v1/uploads/{UPLOAD_ID}/complete", None),
    ("", "PUT", f"media/{UPLOAD_ID}", b"hello"),
    ("alice", "POST", f"/v1/uploads/{UPLOAD_ID}/complete", None),
    ("bob", "POST", f"/v1/uploads/{UPLOAD_ID}/complete", None),
    ("alice", "GET", f"/v1/media/{UPLOAD_ID}", None),
    ("bob", "GET", f"/v1/media/{UPLOAD_ID}", None),
    ("alice", "DELETE", f"/v1/uploads/{UPLOAD_ID}", None),
    ("bob", "DELETE", "/v1/uploads/m_none", None),
]
_WITH_CAROL = "/v1/conversations/p_alice~carol/messages"
FRIENDSHIP: list[tuple[str, str, str, Any]] = [
    ("alice", "POST", "/v1/friend-requests", {"user_id": "carol", "text": "Hi", "remark": "C."}),
    ("alice", "POST", "/v1/friend-requests", {"user_id": "alice"}),
    ("alice", "GET", "/v1/friend-requests", None),
    ("carol", "GET", "/v1/friend-requests", None),
    ("carol", "POST", "/v1/friend-requests/alice/reject", {"reason": "Who are you?"}),
    ("carol", "POST", "/v1/friend-requests/alice/reject", {}),
    ("alice", "POST", "/v1/friend-requests", {"user_id": "carol"}),
    ("alice", "DELETE", "/v1/friend-requests/carol", None),
    ("alice", "DELETE", "/v1/friend-requests/carol", None),
    ("alice", "POST", "/v1/friend-requests", {"user_id": "carol", "source": "search"}),
    ("carol", "POST", "/v1/friend-requests/alice/accept", {"remark": "A."}),
    ("carol", "POST", "/v1/friend-requests/alice/accept", {}),
    ("carol", "POST", "/v1/friend-requests", {"user_id": "alice"}),
    ("alice", "GET", "/v1/friends", None),
    ("alice", "PATCH", "/v1/friends/carol", {"starred": True, "tags": ["choir"]}),
    ("alice", "GET", "/v1/friends/carol", None),
    ("alice", "GET", "/v1/friends/nobody", None),
    ("alice", "GET", _WITH_CAROL, None),
    ("alice", "POST", "/v1/sync", {}),
    ("carol", "GET", "/v1/conversations", None),
    ("alice", "PUT", "/v1/blocks/carol", None),
    ("alice", "POST", "/v1/blocks", {"user_id": "carol"}),
    ("alice", "POST", "/v1/blocks", {"user_id": "nobody"}),
    ("alice", "GET", "/v1/blocks", None),
    ("carol", "POST", _WITH_CAROL, new_message(20, "Hello?")),
    ("alice", "POST", _WITH_CAROL, new_message(21, "Hello?")),
    ("alice", "DELETE", "/v1/blocks/carol", None),
    ("carol", "DELETE", "/v1/friends/alice", None),
    ("carol", "DELETE", "/v1/friends/alice", None),
]
ASKED: list[tuple[str, str, str, Any]] = [
    ("", "GET", "/v1/health", None),
    ("", "GET", "/v1/me", None),
    ("alice", "GET", "/v1/me", None),
    ("alice", "PATCH", "/v1/me", {"name": "Alice A.", "picture": "https://example.com/a.png"}),
    ("alice", "PATCH", "/v1/me", {"picture": None}),
    ("alice", "PATCH", "/v1/me", {"picture": "javascript:alert(1)"}),
    ("alice", "GET", "/v1/users/bob", None),
    ("alice", "GET", "/v1/users/nobody", None),
    ("alice", "POST", "/v1/ws-tickets", None),
    ("carol", "GET", "/v1/me/devices", None),
    ("carol", "DELETE", "/v1/me/devices/phone", None),
    ("carol", "DELETE", "/v1/me/devices/phone", None),
    ("carol", "DELETE", "/v1/me/devices", None),
    ("alice", "POST", MESSAGES, new_message(1, "Hello")),
    ("alice", "POST", MESSAGES, new_message(1, "Hello")),
    ("alice", "POST", MESSAGES, new_message(1, "Other")),
    ("alice", "POST", MESSAGES, new_message(2, ORDER)),
    ("alice", "POST", MESSAGES, {**new_message(3, "x"), "content": {"text": "x" * 70_000}}),
    ("carol", "POST", MESSAGES, new_message(3, "Hello")),
    ("bob", "GET", MESSAGES, None),
    ("alice", "PATCH", f"{MESSAGES}/1", {"content": {"text": "Hello!"}}),
    ("bob", "POST", f"{MESSAGES}/1/reactions", {"reaction": "🎉"}),
    ("alice", "POST", f"{MESSAGES}/2/recall", None),
    ("alice", "POST", f"{MESSAGES}/2/recall", None),
    ("bob", "POST", f"/v1/conversations/{CHAT}/read", {"seq": 1}),
    ("bob", "POST", f"/v1/conversations/{CHAT}/typing", None),
    ("bob", "DELETE", f"{MESSAGES}/1", None),
    ("bob", "DELETE", f"{MESSAGES}/0", None),
    ("bob", "GET", MESSAGES, None),
    ("bob", "PATCH", f"/v1/conversations/{CHAT}", {"muted": True, "draft": "Well"}),
    ("bob", "PATCH", f"/v1/conversations/{CHAT}", {"draft": None}),
    ("bob", "PATCH", f"/v1/conversations/{CHAT}", {"colour": "red"}),
    ("bob", "PATCH", f"/v1/conversations/{CHAT}", {"remark": "Ally"}),
    ("bob", "PATCH", f"/v1/conversations/{CHAT}", {"remark": "x" * 33}),
    ("bob", "POST", f"/v1/conversations/{NO_GROUP}/messages", new_message(5, "Hello")),
    ("bob", "POST", f"/v1/conversations/{NO_GROUP}/typing", None),
    ("bob", "POST", "/v1/conversations/u_bob/messages", new_message(5, "Hello")),
    ("bob", "POST", "/v1/sync", {"since": 0}),
    ("alice", "POST", MESSAGES, new_message(4, "Anyone?")),
    ("bob", "GET", "/v1/conversations", None),
    ("bob", "GET", f"/v1/conversations/{CHAT}", None),
    ("bob", "GET", "/v1/conversations/p_alice~carol", None),
    ("bob", "POST", "/v1/sync", {}),
    ("bob", "GET", f"/v1/conversations/{CHAT}/members", None),
    ("carol", "GET", f"/v1/conversations/{CHAT}/members", None),
    ("alice", "GET", f"/v1/conversations/{CHAT}/receipts/1", None),
    ("bob", "GET", f"/v1/conversations/{CHAT}/receipts/1", None),
    ("alice", "POST", f"/v1/conversations/{CHAT}/pins", {"seq": 1}),
    ("alice", "POST", f"/v1/conversations/{CHAT}/pins", {"seq": 1}),
    ("alice", "POST", f"/v1/conversations/{CHAT}/pins", {"seq": 2}),
    ("alice", "GET", f"/v1/conversations/{CHAT}/pins", None),
    ("bob", "DELETE", f"/v1/conversations/{CHAT}/pins/1", None),
    ("bob", "GET", f"{ROOM}/members", None),
    ("carol", "GET", f"{ROOM}/members", None),
    ("alice", "POST", f"{ROOM}/announcements", {"text": "Hear!", "top": True}),
    ("bob", "POST", f"{ROOM}/announcements", {"text": "Hear!"}),
    ("bob", "POST", f"/v1/conversations/{GROUP}/pins", {"seq": 1}),
    ("bob", "GET", f"{ROOM}/announcements", None),
    ("alice", "PATCH", f"{ROOM}/announcements/{announcement_id(2)}", {"text": "Hear again!"}),
    ("alice", "PATCH", f"{ROOM}/announcements/{announcement_id(3)}", {"top": True}),
    ("alice", "DELETE", f"{ROOM}/announcements/{announcement_id(2)}", None),
    ("alice", "GET", f"/v1/conversations/{GROUP}/receipts/2", None),
    ("bob", "DELETE", f"/v1/conversations/{CHAT}", None),
    ("bob", "GET", f"/v1/conversations/{CHAT}", None),
    *FRIENDSHIP,
    ("alice", "GET", "/v1/emoji-packs", None),
    ("alice", "POST", "/v1/faces", FACE),
    ("alice", "POST", "/v1/faces", {**FACE, "media": "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"}),
    ("alice", "GET", "/v1/faces", None),
    ("alice", "DELETE", f"/v1/faces/{face_id('alice', FACE['media'])}", None),
    ("alice", "DELETE", "/v1/faces/f_none", None),
    *UPLOADING,
]
# What is asked for stands in the query; each has a test of its own.
