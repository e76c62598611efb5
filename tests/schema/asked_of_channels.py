"""What is asked of channels over HTTP, in this order: good requests and bad ones."""

from typing import Any

from chirrup.domain.channels import ChannelKind
from chirrup.domain.materials import material_id
from chirrup.service.actor import Actor
from chirrup.service.broadcasts import NewBroadcast
from chirrup.service.channel_keeping import NewChannel
from chirrup.service.materials import NewMaterial
from chirrup.service.notifications import NewNotification
from tests.schema.asked import new_message
from tests.schema.stage import Stage

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


def publish(stage: Stage) -> None:
    """Channels, and what they say to all and by name; bob listens."""
    for channel in (
        NewChannel("news", "News"),
        NewChannel("all", "All", ChannelKind.EVERYONE),
        NewChannel("attic", "Attic", enabled=False),
    ):
        stage.channels.keeping.create(channel)
    stage.channels.channels.subscribe(Actor("bob"), "news")
    new = NewMaterial("hours", "Hours", "In short.", html="<p>From nine.</p>")
    hours = stage.broadcasting.materials.create("news", new)
    say = stage.broadcasting.broadcasts.create
    said = say("news", NewBroadcast("1", text="Hear!"))
    say("news", NewBroadcast("2", material_id=hours.name))
    say("all", NewBroadcast("3", text="Hear, all!"))
    say("news", NewBroadcast("4", text="Hear, you!", user_ids=["alice"]))
    stage.broadcasting.templates.put("shipped", "On its way.")
    told = NewNotification("5", "shipped", {}, ["alice"])
    stage.broadcasting.notifications.notify(told)
    stage.broadcasting.ends.withdraw("news", said.name, stage.clock.now())
