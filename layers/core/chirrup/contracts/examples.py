"""An example of every wire shape, for the references; nothing at run time loads this module."""

from typing import Any

from pydantic import BaseModel

from chirrup.contracts.content import CustomContent, TextContent
from chirrup.contracts.conversations import (
    ConversationChanges,
    ConversationPage,
    ConversationView,
    PageQuery,
    PreviewView,
)
from chirrup.contracts.devices import DeviceList, DeviceView
from chirrup.contracts.errors import ErrorBody, Problem
from chirrup.contracts.frames import (
    AckFrame,
    ConversationUpdatedEvent,
    ErrorFrame,
    MessageCreatedEvent,
    MessageUpdatedEvent,
    PushFrame,
    ReceiptReadEvent,
    SessionClosingEvent,
    TypingEvent,
)
from chirrup.contracts.friend_examples import EXAMPLES as OF_FRIENDS
from chirrup.contracts.group_examples import GROUP_EXAMPLES
from chirrup.contracts.messages import (
    ChangeAck,
    EditContent,
    EditMessage,
    History,
    HistoryPage,
    HistoryQuery,
    MessageRef,
    MessageView,
    NewMessage,
    Ping,
    PingAck,
    QuoteRef,
    QuoteView,
    React,
    Reaction,
    ReactionView,
    ReadAck,
    ReadConversation,
    ReadUpTo,
    RecalledView,
    SendMessage,
    SentAck,
    TypingAck,
    TypingIn,
)
from chirrup.contracts.presence import PresenceList, PresenceQuery, PresenceView
from chirrup.contracts.room_examples import ROOM_EXAMPLES
from chirrup.contracts.sync import GroupBrief, SettingsView, Sync, SyncedConversation, SyncPage
from chirrup.contracts.users import (
    HealthView,
    MeView,
    ProfileChanges,
    ProfileView,
    TicketView,
    UserPage,
    UserQuery,
)

Example = dict[str, Any]

_AT = 1_790_000_000_000
_CHAT = {"conversation_id": "p_alice~bob"}
_GROUP_ID = "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
_TEXT: Example = {"text": "Dinner at eight?", "mentions": ["bob"]}
_CUSTOM: Example = {"custom_type": "order", "data": {"order_id": 4711, "paid": True}}
_NEW_TEXT: Example = {
    "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "type": "text",
    "content": _TEXT,
    "quote": {"seq": 40},
}
_NEW_CUSTOM: Example = {
    "client_id": "01JD4QB7M2K9R4T6Y8W1X3Z5C7",
    "type": "custom",
    "content": _CUSTOM,
    "attempt": 2,
}
_QUOTE: Example = {"seq": 40, "sender_id": "bob", "type": "text", "excerpt": "I am hungry."}
_REACTION: Example = {"reaction": "👍", "count": 1, "user_ids": ["bob"]}
_MESSAGE: Example = {
    **_CHAT,
    "seq": 42,
    "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "sender_id": "alice",
    "type": "text",
    "content": _TEXT,
    "sent_at": _AT,
    "quote": _QUOTE,
    "reactions": [_REACTION],
}
_CUSTOM_MESSAGE: Example = {
    **_CHAT,
    "seq": 43,
    "client_id": "01JD4QB7M2K9R4T6Y8W1X3Z5C7",
    "sender_id": "alice",
    "type": "custom",
    "content": _CUSTOM,
    "sent_at": _AT + 60_000,
}
_RECALLED: Example = {
    **_CUSTOM_MESSAGE,
    "content": {},
    "recalled": {"by": "alice", "at": _AT + 90_000},
}
_CHANGE: Example = {
    **_CHAT,
    "seq": 44,
    "client_id": "",
    "sender_id": "alice",
    "type": "system.recalled",
    "content": {"seq": 43},
    "sent_at": _AT + 90_000,
    "changed": _RECALLED,
}
_PINNED: Example = {
    **_CHAT,
    "seq": 45,
    "client_id": "",
    "sender_id": "bob",
    "type": "system.pinned",
    "content": {"pinned_seq": 42},
    "sent_at": _AT + 120_000,
}
_PREVIEW: Example = {
    "seq": 42,
    "sender_id": "alice",
    "type": "text",
    "sent_at": _AT,
    "excerpt": "Dinner at eight?",
    "recalled": False,
}
_CONVERSATION: Example = {
    **_CHAT,
    "kind": "private",
    "peer_id": "bob",
    "last_seq": 42,
    "read_seq": 41,
    "unread": 1,
    "visible_from_seq": 1,
    "preview": _PREVIEW,
    "muted": False,
    "pinned": True,
    "archived": False,
    "marked_unread": False,
}
_GROUP_CONVERSATION: Example = {
    "conversation_id": _GROUP_ID,
    "kind": "group",
    "last_seq": 7,
    "read_seq": 5,
    "unread": 1,
    "mentions": 1,
    "visible_from_seq": 3,
    "muted": False,
    "pinned": False,
    "archived": False,
    "marked_unread": False,
    "remark": "Books",
}
_SENT: Example = {**_CHAT, "seq": 42, "sent_at": _AT, "duplicate": False}
_CREATED: Example = {"event": "message.created", **_CHAT, "seq": 42, "message": _MESSAGE}
_SETTINGS: Example = {
    "muted": False,
    "pinned": True,
    "archived": False,
    "marked_unread": False,
    "hidden_seqs": [39],
}
_GROUP: Example = {
    "name": "Book club",
    "size": 12,
    "muted_all": False,
    "slow_s": 0,
    "dissolved": False,
    "banned": False,
}
_SYNCED: Example = {
    **_CHAT,
    "kind": "private",
    "last_seq": 44,
    "read_seq": 41,
    "unread": 2,
    "mentions": 1,
    "visible_from_seq": 1,
    "settings": _SETTINGS,
    "messages": [_MESSAGE, _RECALLED, _CHANGE],
}
_ALICE: Example = {"user_id": "alice", "name": "Alice", "created_at": _AT}
_DEVICE: Example = {"device": "phone", "connected_at": _AT, "expires_at": _AT + 3_600_000}
_PRESENCE: Example = {"user_id": "bob", "online": False, "last_seen": _AT}
_ERROR: Example = {
    "code": "invalid_request",
    "message": "The request does not have the documented shape.",
    "retryable": False,
    "details": {"field": "seq", "problem": "is required"},
}
_PROBLEM: Example = {
    "type": "about:blank",
    "title": _ERROR["message"],
    "status": 400,
    "code": _ERROR["code"],
    "retryable": False,
    "details": _ERROR["details"],
    "request_id": "JKJaXmPLvHcESHA=",
}

EXAMPLES: dict[type[BaseModel], list[Example]] = {
    **ROOM_EXAMPLES,
    AckFrame: [{"type": "ack", "id": "r-17", "data": _SENT}],
    ChangeAck: [{**_CHAT, "seq": 43, "change_seq": 44}, {**_CHAT, "seq": 43}],
    ConversationChanges: [{"muted": True}, {"draft": None}],
    ConversationPage: [{"items": [_CONVERSATION]}],
    ConversationUpdatedEvent: [
        {"event": "conversation.updated", **_CHAT, "changes": {"muted": True}},
        {"event": "conversation.updated", **_CHAT, "changes": {"hidden_seq": 40}},
    ],
    ConversationView: [
        {**_CONVERSATION, "peer_read_seq": 42},
        {**_GROUP_CONVERSATION, "group": _GROUP},
    ],
    CustomContent: [_CUSTOM],
    DeviceList: [{"items": [_DEVICE]}],
    DeviceView: [_DEVICE],
    EditContent: [{"content": {"text": "Dinner at nine?"}}],
    EditMessage: [{**_CHAT, "seq": 42, "content": {"text": "Dinner at nine?"}}],
    ErrorBody: [_ERROR],
    ErrorFrame: [{"type": "error", "id": "r-17", "error": _ERROR}],
    GroupBrief: [_GROUP],
    HealthView: [{"status": "ok"}],
    History: [{**_CHAT, "after_seq": 41}, {**_CHAT, "before_seq": 40, "limit": 100}],
    HistoryPage: [{"messages": [_MESSAGE, _RECALLED, _CHANGE], "has_more": False}],
    HistoryQuery: [{"after_seq": 41}, {"before_seq": 40, "limit": 100}],
    MeView: [{**_ALICE, "listed": True, "presence_hidden": False}],
    MessageCreatedEvent: [_CREATED],
    MessageRef: [{**_CHAT, "seq": 43}],
    MessageUpdatedEvent: [{"event": "message.updated", **_CHAT, "seq": 44, "message": _RECALLED}],
    MessageView: [_MESSAGE, _CUSTOM_MESSAGE, _RECALLED, _CHANGE, _PINNED],
    NewMessage: [_NEW_TEXT, _NEW_CUSTOM],
    PageQuery: [{"limit": 50}],
    Ping: [{}],
    PingAck: [{"now": _AT}],
    PresenceList: [{"items": [_PRESENCE]}],
    PresenceQuery: [{"user_ids": ["alice", "bob"]}],
    PresenceView: [_PRESENCE],
    PreviewView: [_PREVIEW],
    Problem: [_PROBLEM],
    ProfileChanges: [{"name": "Alice"}, {"picture": None}, {"listed": False}],
    ProfileView: [_ALICE],
    PushFrame: [{"type": "push", "events": [_CREATED]}],
    QuoteRef: [{"seq": 40}],
    QuoteView: [_QUOTE],
    React: [{**_CHAT, "seq": 42, "reaction": "👍"}],
    Reaction: [{"reaction": "👍"}],
    ReactionView: [_REACTION],
    ReadAck: [{**_CHAT, "read_seq": 42, "unread": 0}],
    ReadConversation: [{**_CHAT, "seq": 42}],
    ReadUpTo: [{"seq": 42}],
    RecalledView: [{"by": "alice", "at": _AT + 90_000}],
    ReceiptReadEvent: [{"event": "receipt.read", **_CHAT, "user_id": "bob", "read_seq": 42}],
    SendMessage: [{"to": "bob", **_NEW_TEXT}, {**_CHAT, **_NEW_CUSTOM}],
    SentAck: [_SENT],
    SessionClosingEvent: [{"event": "session.closing", "reason": "replaced"}],
    SettingsView: [_SETTINGS],
    Sync: [{"cursors": {"p_alice~bob": 41}, "since": _AT}, {}],
    SyncPage: [{"conversations": [_SYNCED], "now": _AT}],
    SyncedConversation: [
        _SYNCED,
        {**_SYNCED, "conversation_id": _GROUP_ID, "kind": "group", "group": _GROUP},
        {
            **_SYNCED,
            "conversation_id": _GROUP_ID,
            "kind": "group",
            "left": True,
            "group": {"name": "Book club"},
            "messages": [],
        },
    ],
    TextContent: [_TEXT],
    TicketView: [
        {"ticket": "q3o7-LJ0pN4wQn5m0mWw2rX1c8u0bQv6oVZJk4yTfXA", "expires_at": _AT + 60_000}
    ],
    TypingAck: [{}],
    TypingEvent: [{"event": "typing", **_CHAT, "user_id": "bob"}],
    TypingIn: [_CHAT],
    **OF_FRIENDS,
    UserPage: [{"items": [_ALICE]}],
    UserQuery: [{"name": "ali", "limit": 20}, {"user_id": "alice"}],
    **GROUP_EXAMPLES,
}
"""Examples by model; a test holds that every model has some, and that they are valid."""
