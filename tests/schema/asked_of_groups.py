"""What is asked of the HTTP API about groups, in this order: good requests and bad ones."""

from typing import Any

from chirrup.domain.ids import group_id

ROOM = f"/v1/groups/{group_id('alice', 'club')}"
FREE = f"/v1/groups/{group_id('alice', 'free')}"
CODE = "Zk3v0yqk1mV9m2y8Q2h1Aw"
ASKED: list[tuple[str, str, str, Any]] = [
    ("alice", "POST", "/v1/groups", {"client_id": "club", "name": "Club", "member_ids": ["bob"]}),
    ("alice", "POST", "/v1/groups", {"client_id": "club", "name": "Clubs"}),
    ("alice", "POST", "/v1/groups", {"client_id": "free", "name": "Free", "join_mode": "free"}),
    ("alice", "GET", "/v1/groups", None),
    ("bob", "GET", ROOM, None),
    ("carol", "GET", ROOM, None),
    ("alice", "PATCH", ROOM, {"avatar": "https://example.com/a.png", "muted_all": True}),
    ("alice", "PATCH", ROOM, {"avatar": None, "muted_all": False, "history": "all"}),
    ("bob", "PATCH", ROOM, {"name": "Mine"}),
    ("alice", "PUT", f"{ROOM}/admins/bob", None),
    ("alice", "PUT", f"{ROOM}/admins/alice", None),
    ("alice", "DELETE", f"{ROOM}/admins/bob", None),
    ("bob", "PATCH", f"{ROOM}/members/bob", {"nickname": "Bobby"}),
    ("alice", "PUT", f"{ROOM}/mutes/bob", {"seconds": 60}),
    ("bob", "GET", ROOM, None),
    ("alice", "DELETE", f"{ROOM}/mutes/bob", None),
    ("carol", "POST", f"{ROOM}/requests", {"text": "Please."}),
    ("alice", "GET", f"{ROOM}/requests", None),
    ("alice", "POST", f"{ROOM}/requests/carol/reject", {"reason": "Not yet."}),
    ("carol", "POST", f"{ROOM}/requests", {}),
    ("carol", "DELETE", f"{ROOM}/requests/carol", None),
    ("bob", "POST", f"{ROOM}/members", {"user_ids": ["carol"]}),
    ("alice", "POST", f"{ROOM}/requests/carol/accept", None),
    ("alice", "POST", f"{ROOM}/requests/carol/accept", None),
    ("alice", "POST", f"{ROOM}/members", {"user_ids": ["carol"]}),
    ("alice", "DELETE", f"{ROOM}/members/carol", None),
    ("alice", "GET", f"{ROOM}/bans", None),
    ("alice", "DELETE", f"{ROOM}/bans/carol", None),
    ("carol", "POST", f"{FREE}/requests", {}),
    ("carol", "POST", f"{FREE}/leave", None),
    ("alice", "POST", f"{FREE}/leave", None),
    ("alice", "POST", f"{ROOM}/invites", {"max_uses": 2}),
    ("alice", "GET", f"{ROOM}/invites", None),
    ("alice", "DELETE", f"{ROOM}/invites/{CODE}", None),
    ("carol", "POST", f"{ROOM}/requests", {"invite": CODE}),
    ("alice", "PUT", f"{ROOM}/owner", {"user_id": "bob"}),
    ("alice", "DELETE", ROOM, None),
    ("bob", "DELETE", ROOM, None),
    ("bob", "GET", f"/v1/conversations/{group_id('alice', 'club')}/messages", None),
    ("alice", "GET", "/v1/conversations/u_alice/messages", None),
    ("carol", "POST", "/v1/sync", {}),
]
