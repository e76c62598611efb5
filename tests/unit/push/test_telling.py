"""Events as texts: what devices read, and what the fan-out must know of it."""

import json

import pytest

from chirrup.contracts.frames import PushFrame, event_view
from chirrup.domain.events import (
    ConversationUpdated,
    Event,
    MessageCreated,
    MessageUpdated,
    ReceiptRead,
    SessionClosing,
    Typing,
)
from chirrup.domain.jobs import Told
from chirrup.push.telling import encode_event, told
from tests.unit.making import CHAT, message, text

CASES: list[tuple[Event, str, int | None, bool]] = [
    (MessageCreated(message(7)), CHAT, 7, True),
    (MessageUpdated(9, message(7, content=text("new"))), CHAT, 9, False),
    (ReceiptRead(CHAT, "bob", 7), CHAT, None, False),
    (Typing(CHAT, "bob"), CHAT, None, False),
    (ConversationUpdated(CHAT, {"draft": None, "muted": True}), CHAT, None, False),
    (SessionClosing("expired"), "", None, False),
]
EACH = pytest.mark.parametrize(
    ("event", "place", "seq", "flagged"), CASES, ids=[type(case[0]).__name__ for case in CASES]
)


@EACH
def test_an_event_is_told_with_its_place_and_its_own_seq(
    event: Event, place: str, seq: int | None, flagged: bool
) -> None:
    found = told(event)
    assert found == Told(found.text, place, seq, flagged)
    read = json.loads(found.text)
    assert read.get("seq") == seq
    assert read.get("conversation_id", "") == place


@EACH
def test_a_frame_of_its_own_is_what_the_wire_model_says(
    event: Event, place: str, seq: int | None, flagged: bool
) -> None:
    frame = PushFrame.model_validate_json(encode_event(event))
    assert frame == PushFrame(events=[event_view(event)])


@EACH
def test_only_who_may_be_flagged_is_and_as_the_wire_model_says(
    event: Event, place: str, seq: int | None, flagged: bool
) -> None:
    shown = told(event).shown(muted=True)
    assert json.loads(shown) == event_view(event, muted=True).model_dump(exclude_none=True)
    assert ("muted" in json.loads(shown)) == flagged


def test_no_text_breaks_out_of_its_frame() -> None:
    words = '"]}\\ \u2028 \ud83d\ude00 </script> {"type":"push"}'.encode("utf-16", "surrogatepass")
    event = MessageCreated(message(1, content=text(words.decode("utf-16"))))
    (read,) = json.loads(encode_event(event))["events"]
    assert read["message"]["content"]["text"] == words.decode("utf-16")
