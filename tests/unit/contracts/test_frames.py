"""Frames from the server."""

import json

import pytest
from pydantic import TypeAdapter

from chirrup.contracts.base import encode
from chirrup.contracts.frames import (
    AckFrame,
    ErrorFrame,
    PushEvent,
    error_body,
    event_view,
)
from chirrup.contracts.messages import PingAck
from chirrup.domain.errors import CATALOGUE, ChirrupError, ErrorCode
from chirrup.domain.events import (
    ConversationUpdated,
    Event,
    MessageCreated,
    MessageUpdated,
    ReceiptRead,
    SessionClosing,
    Typing,
)
from tests.unit.making import CHAT, message

WIRE: TypeAdapter[PushEvent] = TypeAdapter(PushEvent)


@pytest.mark.parametrize("code", ErrorCode)
def test_an_error_is_told_as_the_catalogue_has_it(code: ErrorCode) -> None:
    frame = json.loads(encode(ErrorFrame(id="r", error=error_body(ChirrupError(code, seq=1)))))
    entry = CATALOGUE[code]
    assert frame == {
        "type": "error",
        "id": "r",
        "error": {
            "code": code.value,
            "message": entry.message,
            "retryable": entry.retryable,
            "details": {"seq": 1},
        },
    }


def test_an_ack_holds_what_the_action_gives() -> None:
    assert encode(AckFrame(id="r", data=PingAck(now=5))) == (
        '{"type":"ack","id":"r","data":{"now":5}}'
    )


@pytest.mark.parametrize(
    ("event", "wanted"),
    [
        (MessageCreated(message(3)), {"event": "message.created", "seq": 3}),
        (MessageUpdated(4, message(3)), {"event": "message.updated", "seq": 4}),
        (
            ReceiptRead(CHAT, "bob", 3),
            {"event": "receipt.read", "user_id": "bob", "read_seq": 3},
        ),
        (Typing(CHAT, "bob"), {"event": "typing", "user_id": "bob"}),
        (
            ConversationUpdated(CHAT, {"draft": "x"}),
            {"event": "conversation.updated", "changes": {"draft": "x"}},
        ),
        (SessionClosing("expired"), {"event": "session.closing", "reason": "expired"}),
        (SessionClosing("ended"), {"event": "session.closing", "reason": "ended"}),
    ],
)
def test_each_event_has_its_shape(event: Event, wanted: dict[str, object]) -> None:
    sent = json.loads(encode(event_view(event)))
    assert sent | wanted == sent
    assert ("conversation_id" in sent) != isinstance(event, SessionClosing)
    assert WIRE.validate_python(sent) == event_view(event)


def test_a_draft_that_was_deleted_is_told_as_null() -> None:
    sent = json.loads(encode(event_view(ConversationUpdated(CHAT, {"draft": None}))))
    assert sent["changes"] == {"draft": None}


def test_only_a_new_message_is_flagged_as_muted() -> None:
    assert '"muted":true' in encode(event_view(MessageCreated(message(1)), muted=True))
    assert "muted" not in encode(event_view(MessageCreated(message(1))))
    assert "muted" not in encode(event_view(MessageUpdated(2, message(1)), muted=True))
