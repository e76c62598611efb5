"""The composition root: the only place that makes real adapters. Each is made once, at first use.

Imports stand inside the builders, so that a function loads just what it needs.
"""

import gc

from chirrup.bootstrap.adapters import (
    TABLES,
    clock,
    connections,
    conversations,
    dynamo,
    objects,
    presence,
    records,
    settings,
    timeline,
    users,
)
from chirrup.bootstrap.connecting import (
    admission,
    devices,
    forgetting,
    presence_service,
    sessions,
    ticket_office,
    user_service,
)
from chirrup.bootstrap.conversing import (
    broadcasting,
    channel_cases,
    emoji_cases,
    finding,
    friendship,
    groups,
    messaging,
    rooms,
)
from chirrup.bootstrap.media import (
    arrivals,
    attaching,
    downloads,
    thumbnails,
    uploads,
)
from chirrup.bootstrap.screening import moderation, screening
from chirrup.bootstrap.telling import (
    dispatcher,
    fanout,
    gateway,
    pusher,
)

__all__ = [
    "TABLES",
    "admission",
    "arrivals",
    "attaching",
    "broadcasting",
    "channel_cases",
    "clock",
    "connections",
    "conversations",
    "devices",
    "dispatcher",
    "downloads",
    "dynamo",
    "emoji_cases",
    "fanout",
    "finding",
    "forgetting",
    "friendship",
    "gateway",
    "groups",
    "messaging",
    "moderation",
    "objects",
    "presence",
    "presence_service",
    "pusher",
    "records",
    "rooms",
    "screening",
    "sessions",
    "settings",
    "thumbnails",
    "ticket_office",
    "timeline",
    "uploads",
    "user_service",
    "users",
]

# What is loaded at the start is no garbage; looking through it again and again took a tenth of the
# start. Later, too, a collection for each 50,000 objects is often enough: most go by themselves.
gc.set_threshold(50_000, 10, 10)
