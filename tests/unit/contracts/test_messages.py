"""What clients ask for: shapes of requests about messages."""

from typing import Any

import pytest

from chirrup.contracts.base import Received, decode
from chirrup.contracts.messages import (
    HISTORY_MAX,
    EditMessage,
    History,
    HistoryQuery,
    Ping,
    React,
    ReadConversation,
    SendMessage,
    TypingIn,
)
from chirrup.contracts.sync import CURSORS_MAX, Sync
from chirrup.domain.errors import ErrorCode
from tests.unit.making import CHAT, refused

SEND = {"to": "bob", "client_id": "c1", "type": "text", "content": {"text": "hi"}}
IN_CHAT = {"conversation_id": CHAT}


def without(value: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: given for key, given in value.items() if key != name}


def test_a_message_goes_to_a_user_or_to_a_conversation() -> None:
    assert decode(SendMessage, SEND).to == "bob"
    assert decode(SendMessage, without(SEND, "to") | IN_CHAT).conversation_id == CHAT


@pytest.mark.parametrize("value", [SEND | IN_CHAT, without(SEND, "to"), SEND | {"to": None}])
def test_a_message_has_exactly_one_target(value: dict[str, Any]) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="data", problem="is not valid"):
        decode(SendMessage, value)


def test_what_is_left_out_of_a_message_has_its_default() -> None:
    message = decode(SendMessage, SEND)
    assert (message.attempt, message.quote) == (1, None)


@pytest.mark.parametrize("name", ["client_id", "type", "content"])
def test_a_message_needs_an_id_a_type_and_content(name: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is required"):
        decode(SendMessage, without(SEND, name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("to", "b b"),
        ("to", "bob\n"),
        ("to", ""),
        ("to", 7),
        ("client_id", ""),
        ("client_id", "x" * 65),
        ("client_id", "a b"),
        ("client_id", "a/b"),
        ("client_id", "c1\n"),
        ("client_id", 1),
        ("type", "picture"),
        ("type", "system.recalled"),
        ("type", "TEXT"),
        ("type", None),
        ("content", "hi"),
        ("content", None),
        ("content", []),
        ("quote", 3),
        ("attempt", 0),
        ("attempt", "2"),
        ("attempt", 1.0),
        ("attempt", True),
        ("attempt", None),
    ],
)
def test_a_bad_field_of_a_message_is_named(name: str, value: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is not valid"):
        decode(SendMessage, SEND | {name: value})


@pytest.mark.parametrize(
    ("quote", "field"),
    [({}, "quote.seq"), ({"seq": 0}, "quote.seq"), ({"seq": 1, "x": 1}, "quote.x")],
)
def test_a_bad_quote_is_named(quote: Any, field: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        decode(SendMessage, SEND | {"quote": quote})


@pytest.mark.parametrize("name", ["sender_id", "seq", "sent_at", "digest", "count"])
def test_nobody_chooses_what_the_server_decides(name: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is not known"):
        decode(SendMessage, SEND | {name: "alice"})


@pytest.mark.parametrize("reaction", ["👍", "❤️", "+1", "a" * 16, "\U0001f468\u200d\U0001f680"])
def test_a_reaction_is_any_emoji_of_at_most_16_bytes(reaction: str) -> None:
    assert decode(React, IN_CHAT | {"seq": 1, "reaction": reaction}).reaction == reaction


@pytest.mark.parametrize(
    "reaction",
    ["", " ", "a" * 17, "\U0001f44d" * 5, "\ud83d", None, 1, "\U0001f468\u200d\U0001f469\u200d👧"],
)
def test_other_reactions_are_refused(reaction: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="reaction"):
        decode(React, IN_CHAT | {"seq": 1, "reaction": reaction})


def test_history_goes_one_way_or_starts_at_the_end() -> None:
    assert decode(History, IN_CHAT).limit == 50
    assert decode(History, IN_CHAT | {"before_seq": 5}).before_seq == 5
    assert decode(History, IN_CHAT | {"after_seq": 0}).after_seq == 0
    with refused(ErrorCode.INVALID_REQUEST, field="data"):
        decode(History, IN_CHAT | {"before_seq": 5, "after_seq": 1})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", 0),
        ("limit", HISTORY_MAX + 1),
        ("limit", "5"),
        ("before_seq", 0),
        ("before_seq", -1),
        ("after_seq", -1),
        ("after_seq", 0.5),
    ],
)
def test_a_page_of_history_has_its_limits(name: str, value: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=name):
        decode(History, IN_CHAT | {name: value})


def test_a_query_is_read_from_texts() -> None:
    query = HistoryQuery.model_validate({"after_seq": "7", "limit": "200"}, strict=False)
    assert (query.after_seq, query.limit) == (7, 200)


def test_a_sync_may_start_from_nothing() -> None:
    assert decode(Sync, {}).cursors == {}
    assert decode(Sync, {}).since is None
    assert decode(Sync, {"since": 0}).since == 0
    assert decode(Sync, {"cursors": {CHAT: 0, "s_alice": 2**53 - 1}}).cursors[CHAT] == 0


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({"cursors": []}, "cursors"),
        ({"cursors": None}, "cursors"),
        ({"cursors": {CHAT: -1}}, f"cursors.{CHAT}"),
        ({"cursors": {CHAT: "1"}}, f"cursors.{CHAT}"),
        ({"cursors": {"ab": 1}}, "cursors.ab"),
        ({"cursors": {f"p_{n}": 1 for n in range(CURSORS_MAX + 1)}}, "cursors"),
        ({"page": ""}, "page"),
        ({"page": "x" * 257}, "page"),
        ({"since": -1}, "since"),
        ({"since": "1"}, "since"),
        ({"until": 1}, "until"),
    ],
)
def test_a_bad_sync_is_refused(value: dict[str, Any], field: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        decode(Sync, value)


@pytest.mark.parametrize(
    ("model", "value"),
    [
        (EditMessage, IN_CHAT | {"seq": 1, "content": {"text": "x"}}),
        (ReadConversation, IN_CHAT | {"seq": 1}),
        (TypingIn, IN_CHAT),
        (Ping, {}),
    ],
)
def test_the_other_requests_take_their_fields_and_no_more(
    model: type[Received], value: dict[str, Any]
) -> None:
    assert decode(model, value)
    with refused(ErrorCode.INVALID_REQUEST, field="more", problem="is not known"):
        decode(model, value | {"more": 1})
    for name in value:
        with refused(ErrorCode.INVALID_REQUEST, field=name, problem="is required"):
            decode(model, without(value, name))
