"""Examples of messages, and of what is done with them."""

from chirrup.contracts.content import CustomContent, TextContent
from chirrup.contracts.examples.contents import SENT as SENT_CONTENTS
from chirrup.contracts.examples.contents import SHOWN as SHOWN_CONTENTS
from chirrup.contracts.examples.values import AT, CHAT, Example, Examples
from chirrup.contracts.messages import (
    ChangeAck,
    EditContent,
    EditMessage,
    ForwardedView,
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

TEXT: Example = {"text": "Dinner at eight?", "mentions": ["bob"]}
CUSTOM: Example = {"custom_type": "order", "data": {"order_id": 4711, "paid": True}}
_NEW_TEXT: Example = {
    "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "type": "text",
    "content": TEXT,
    "quote": {"seq": 40},
}
_NEW_CUSTOM: Example = {
    "client_id": "01JD4QB7M2K9R4T6Y8W1X3Z5C7",
    "type": "custom",
    "content": CUSTOM,
    "attempt": 2,
}
_RICH: list[Example] = [
    {"client_id": f"01JD4QB7M2K9R4T6Y8W1X3Z5{number:02}", "type": type_, "content": content}
    for number, (type_, content) in enumerate(SENT_CONTENTS.items(), start=10)
]
QUOTE: Example = {"seq": 40, "sender_id": "bob", "type": "text", "excerpt": "I am hungry."}
REACTION: Example = {"reaction": "👍", "count": 1, "user_ids": ["bob"]}
MESSAGE: Example = {
    **CHAT,
    "seq": 42,
    "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "sender_id": "alice",
    "type": "text",
    "content": TEXT,
    "sent_at": AT,
    "quote": QUOTE,
    "reactions": [REACTION],
}
CUSTOM_MESSAGE: Example = {
    **CHAT,
    "seq": 43,
    "client_id": "01JD4QB7M2K9R4T6Y8W1X3Z5C7",
    "sender_id": "alice",
    "type": "custom",
    "content": CUSTOM,
    "sent_at": AT + 60_000,
}
FORWARDED: Example = {
    **MESSAGE,
    "seq": 50,
    "content": {"text": "I am hungry."},
    "forwarded_from": {"sender_id": "bob", "sent_at": AT - 60_000},
}
del FORWARDED["quote"], FORWARDED["reactions"]
_RICH_MESSAGES: list[Example] = [
    {**CUSTOM_MESSAGE, "seq": seq, "type": type_, "content": content}
    for seq, (type_, content) in enumerate(SHOWN_CONTENTS.items(), start=51)
]
RECALLED: Example = {
    **CUSTOM_MESSAGE,
    "content": {},
    "recalled": {"by": "alice", "at": AT + 90_000},
}
CHANGE: Example = {
    **CHAT,
    "seq": 44,
    "client_id": "",
    "sender_id": "alice",
    "type": "system.recalled",
    "content": {"seq": 43},
    "sent_at": AT + 90_000,
    "changed": RECALLED,
}
_PINNED: Example = {
    **CHAT,
    "seq": 45,
    "client_id": "",
    "sender_id": "bob",
    "type": "system.pinned",
    "content": {"pinned_seq": 42},
    "sent_at": AT + 120_000,
}
SENT: Example = {**CHAT, "seq": 42, "sent_at": AT, "duplicate": False}

EXAMPLES: Examples = {
    ChangeAck: [{**CHAT, "seq": 43, "change_seq": 44}, {**CHAT, "seq": 43}],
    CustomContent: [CUSTOM],
    EditContent: [{"content": {"text": "Dinner at nine?"}}],
    EditMessage: [{**CHAT, "seq": 42, "content": {"text": "Dinner at nine?"}}],
    History: [{**CHAT, "after_seq": 41}, {**CHAT, "before_seq": 40, "limit": 100}],
    HistoryPage: [{"messages": [MESSAGE, RECALLED, CHANGE], "has_more": False}],
    HistoryQuery: [{"after_seq": 41}, {"before_seq": 40, "limit": 100}],
    MessageRef: [{**CHAT, "seq": 43}],
    ForwardedView: [FORWARDED["forwarded_from"]],
    MessageView: [
        MESSAGE,
        CUSTOM_MESSAGE,
        FORWARDED,
        *_RICH_MESSAGES,
        RECALLED,
        CHANGE,
        _PINNED,
    ],
    NewMessage: [_NEW_TEXT, _NEW_CUSTOM, *_RICH],
    Ping: [{}],
    PingAck: [{"now": AT}],
    QuoteRef: [{"seq": 40}],
    QuoteView: [QUOTE],
    React: [{**CHAT, "seq": 42, "reaction": "👍"}],
    Reaction: [{"reaction": "👍"}],
    ReactionView: [REACTION],
    ReadAck: [{**CHAT, "read_seq": 42, "unread": 0}],
    ReadConversation: [{**CHAT, "seq": 42}],
    ReadUpTo: [{"seq": 42}],
    RecalledView: [{"by": "alice", "at": AT + 90_000}],
    SendMessage: [
        {"to": "bob", **_NEW_TEXT},
        {**CHAT, **_NEW_CUSTOM},
        *({**CHAT, **new} for new in _RICH),
    ],
    SentAck: [SENT],
    TextContent: [TEXT],
    TypingAck: [{}],
    TypingIn: [CHAT],
}
