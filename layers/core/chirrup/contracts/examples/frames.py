"""Examples of the frames of WebSockets."""

from chirrup.contracts.examples.errors import ERROR
from chirrup.contracts.examples.messages import MESSAGE, RECALLED, SENT
from chirrup.contracts.examples.values import CHAT, Example, Examples
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

_CREATED: Example = {"event": "message.created", **CHAT, "seq": 42, "message": MESSAGE}

EXAMPLES: Examples = {
    AckFrame: [{"type": "ack", "id": "r-17", "data": SENT}],
    ConversationUpdatedEvent: [
        {"event": "conversation.updated", **CHAT, "changes": {"muted": True}},
        {"event": "conversation.updated", **CHAT, "changes": {"hidden_seq": 40}},
    ],
    ErrorFrame: [{"type": "error", "id": "r-17", "error": ERROR}],
    MessageCreatedEvent: [_CREATED],
    MessageUpdatedEvent: [{"event": "message.updated", **CHAT, "seq": 44, "message": RECALLED}],
    PushFrame: [{"type": "push", "events": [_CREATED]}],
    ReceiptReadEvent: [{"event": "receipt.read", **CHAT, "user_id": "bob", "read_seq": 42}],
    SessionClosingEvent: [{"event": "session.closing", "reason": "replaced"}],
    TypingEvent: [{"event": "typing", **CHAT, "user_id": "bob"}],
}
