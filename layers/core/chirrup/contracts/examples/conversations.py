"""Examples of conversations, in lists and when catching up."""

from chirrup.contracts.conversations import (
    ConversationChanges,
    ConversationPage,
    ConversationView,
    PageQuery,
    PreviewView,
)
from chirrup.contracts.examples.messages import CHANGE, MESSAGE, RECALLED
from chirrup.contracts.examples.values import AT, CHAT, GROUP_ID, Example, Examples
from chirrup.contracts.sync import GroupBrief, SettingsView, Sync, SyncedConversation, SyncPage

_PREVIEW: Example = {
    "seq": 42,
    "sender_id": "alice",
    "type": "text",
    "sent_at": AT,
    "excerpt": "Dinner at eight?",
    "recalled": False,
}
_CONVERSATION: Example = {
    **CHAT,
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
    "conversation_id": GROUP_ID,
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
    **CHAT,
    "kind": "private",
    "last_seq": 44,
    "read_seq": 41,
    "unread": 2,
    "mentions": 1,
    "visible_from_seq": 1,
    "settings": _SETTINGS,
    "messages": [MESSAGE, RECALLED, CHANGE],
}

EXAMPLES: Examples = {
    ConversationChanges: [{"muted": True}, {"draft": None}],
    ConversationPage: [{"items": [_CONVERSATION]}],
    ConversationView: [
        {**_CONVERSATION, "peer_read_seq": 42},
        {**_GROUP_CONVERSATION, "group": _GROUP},
    ],
    GroupBrief: [_GROUP],
    PageQuery: [{"limit": 50}],
    PreviewView: [_PREVIEW],
    SettingsView: [_SETTINGS],
    Sync: [{"cursors": {"p_alice~bob": 41}, "since": AT}, {}],
    SyncPage: [{"conversations": [_SYNCED], "now": AT}],
    SyncedConversation: [
        _SYNCED,
        {**_SYNCED, "conversation_id": GROUP_ID, "kind": "group", "group": _GROUP},
        {
            **_SYNCED,
            "conversation_id": GROUP_ID,
            "kind": "group",
            "left": True,
            "group": {"name": "Book club"},
            "messages": [],
        },
    ],
}
