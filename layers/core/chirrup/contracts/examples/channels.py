"""Examples of channels, materials, broadcasts and notifications."""

from chirrup.contracts.broadcasts import BroadcastPage, BroadcastView, NewBroadcast, ReachView
from chirrup.contracts.channel_keeping import ChannelChanges, KeptChannelView, NewChannel
from chirrup.contracts.channels import ChannelPage, ChannelQuery, ChannelView
from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.materials import MaterialQuery, MaterialView
from chirrup.contracts.new_materials import KeptMaterialView, MaterialPage, NewMaterial
from chirrup.contracts.notifications import NewNotification, NewTemplate

MATERIAL_ID = "mt_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
_CLIENT = {"client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N"}
_LOOK: Example = {"name": "News", "avatar": "https://example.com/news.png"}
_KEPT: Example = {
    "code": "news",
    "conversation_id": "c_news",
    **_LOOK,
    "kind": "subscribe",
    "enabled": True,
    "created_at": AT,
}
_CHANNEL: Example = {**_KEPT, "subscribed": True, "muted": False, "unread": 2}
_SAID: Example = {"title": "New hours", "summary": "We open at nine."}
_MATERIAL: Example = {"material_id": MATERIAL_ID, "channel_id": "c_news", **_SAID}
_KEPT_MATERIAL: Example = {**_MATERIAL, "made_at": AT, "uses": 1}
_BROADCAST: Example = {
    "broadcast_id": "b_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "channel_id": "c_news",
    "type": "text",
    "content": {"text": "We open at nine."},
    "state": "sent",
    "made_at": AT,
    "sent_at": AT,
    "seq": 7,
    "recipients": 1200,
}

EXAMPLES: Examples = {
    BroadcastPage: [{"items": [_BROADCAST]}],
    BroadcastView: [_BROADCAST],
    ChannelChanges: [{"enabled": False}, {"name": "Good news", "avatar": None}],
    ChannelPage: [{"items": [_CHANNEL], "next_cursor": "news"}],
    ChannelQuery: [{"limit": 20, "cursor": "news"}],
    ChannelView: [_CHANNEL],
    KeptChannelView: [_KEPT],
    KeptMaterialView: [_KEPT_MATERIAL],
    MaterialPage: [{"items": [_KEPT_MATERIAL]}],
    MaterialQuery: [{}, {"shown_in": "p_alice~bob:42"}],
    MaterialView: [{**_MATERIAL, "html": "<p>From <b>nine</b>.</p>"}],
    NewBroadcast: [
        {**_CLIENT, "text": {"text": "We open at nine."}},
        {**_CLIENT, "material_id": MATERIAL_ID, "user_ids": ["alice", "bob"]},
    ],
    NewChannel: [{"code": "news", **_LOOK, "kind": "subscribe", "enabled": True}],
    NewMaterial: [{**_CLIENT, **_SAID, "html": "<p>From <b>nine</b>.</p>"}],
    NewNotification: [
        {
            **_CLIENT,
            "template_id": "order_shipped",
            "data": {"order": "42"},
            "user_ids": ["alice"],
        }
    ],
    NewTemplate: [{"text": "Your order {order} has shipped."}],
    ReachView: [{"recipients": 1200, "delivered": 1200, "read": 340}],
}
