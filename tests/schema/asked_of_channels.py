"""What is asked of channels over HTTP, in this order: good requests and bad ones."""

from typing import Any

from chirrup.domain.materials import material_id
from tests.schema.asked import new_message

NEWS = "/v1/channels/news"
MATERIAL = material_id("news", "hours")
_MESSAGES = "/v1/conversations/c_news/messages"
ASKED: list[tuple[str, str, str, Any]] = [
    ("alice", "GET", "/v1/channels", None),
    ("alice", "GET", NEWS, None),
    ("alice", "GET", "/v1/channels/weather", None),
    ("alice", "GET", f"{NEWS}/materials/{MATERIAL}", None),
    ("alice", "GET", _MESSAGES, None),
    ("alice", "PUT", f"{NEWS}/subscription", None),
    ("alice", "PUT", "/v1/channels/attic/subscription", None),
    ("alice", "GET", f"{NEWS}/materials/{MATERIAL}", None),
    ("alice", "GET", _MESSAGES, None),
    ("alice", "POST", _MESSAGES, new_message(40, "Hello")),
    ("alice", "POST", "/v1/conversations/c_news/read", {"seq": 2}),
    ("alice", "PATCH", "/v1/conversations/c_news", {"muted": True}),
    ("alice", "GET", "/v1/channels", None),
    ("alice", "GET", "/v1/conversations", None),
    ("alice", "POST", "/v1/sync", {}),
    ("alice", "GET", "/v1/conversations/c_news/members", None),
    ("alice", "DELETE", f"{NEWS}/subscription", None),
    ("alice", "DELETE", "/v1/channels/all/subscription", None),
    ("alice", "GET", "/v1/conversations/u_alice/messages", None),
]
