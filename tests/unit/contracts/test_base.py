"""Strict in what is received, in our own words where it is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from chirrup.contracts.base import SEQ_MAX, decode, encode
from chirrup.contracts.messages import MessageRef, PingAck, QuoteView, ReadUpTo, SendMessage
from chirrup.contracts.sync import Sync
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused

REF = {"conversation_id": "p_alice~bob", "seq": 1}


def test_a_good_value_becomes_a_model() -> None:
    assert decode(MessageRef, REF).seq == 1
    assert decode(ReadUpTo, {"seq": SEQ_MAX}).seq == 2**53 - 1


@pytest.mark.parametrize(
    ("value", "field", "problem"),
    [
        ({"conversation_id": "p_alice~bob"}, "seq", "is required"),
        ({**REF, "extra": 1}, "extra", "is not known"),
        ({**REF, "seq": "1"}, "seq", "is not valid"),
        ({**REF, "seq": 1.0}, "seq", "is not valid"),
        ({**REF, "seq": True}, "seq", "is not valid"),
        ({**REF, "seq": None}, "seq", "is not valid"),
        ({**REF, "seq": 0}, "seq", "is not valid"),
        ({**REF, "seq": -1}, "seq", "is not valid"),
        ({**REF, "seq": 2**53}, "seq", "is not valid"),
        ({**REF, "seq": 10**4000}, "seq", "is not valid"),
        ({**REF, "seq": float("inf")}, "seq", "is not valid"),
        ({**REF, "conversation_id": 5}, "conversation_id", "is not valid"),
        ({**REF, "conversation_id": "p_"}, "conversation_id", "is not valid"),
        ({**REF, "conversation_id": "p" * 141}, "conversation_id", "is not valid"),
        ({**REF, "conversation_id": "p_\ud800"}, "conversation_id", "is not valid"),
        (None, "data", "is not valid"),
        ([REF], "data", "is not valid"),
        ("text", "data", "is not valid"),
        (1, "data", "is not valid"),
    ],
)
def test_a_bad_value_is_refused_with_its_field_and_our_words(
    value: Any, field: str, problem: str
) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field, problem=problem):
        decode(MessageRef, value)


def test_the_field_of_a_nested_value_is_named_by_its_path() -> None:
    message = {"to": "bob", "client_id": "c", "type": "text", "content": {}, "quote": {"seq": "x"}}
    with refused(ErrorCode.INVALID_REQUEST, field="quote.seq", problem="is not valid"):
        decode(SendMessage, message)


def test_the_name_of_a_field_is_cut_short_and_holds_no_library_words() -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="x" * 80):
        decode(MessageRef, {**REF, "x" * 5000: 1})
    with refused(ErrorCode.INVALID_REQUEST, field="cursors.p"):
        decode(Sync, {"cursors": {"p": 1}})


def test_what_is_received_cannot_be_changed() -> None:
    ref = decode(MessageRef, REF)
    with pytest.raises(ValidationError):
        setattr(ref, "seq", 2)  # noqa: B010 - the checker knows better than to allow it


def test_what_is_sent_leaves_out_what_is_none() -> None:
    quote = QuoteView(seq=1, sender_id="zoë", type="text")
    assert encode(quote) == '{"seq":1,"sender_id":"zoë","type":"text"}'


def test_what_is_sent_holds_nothing_undocumented() -> None:
    with pytest.raises(ValidationError):
        PingAck.model_validate({"now": 1, "more": 1})
