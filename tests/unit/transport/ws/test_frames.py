"""One frame in, one frame out, whatever comes in."""

import json
import logging
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from chirrup.contracts.frames import AckFrame, ErrorFrame
from chirrup.domain.errors import CATALOGUE, ChirrupError, ErrorCode
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.service.actor import Actor
from chirrup.transport.ws.actions import ACTIONS
from chirrup.transport.ws.frames import answer, error_frame, frame_id
from tests.unit.making import CHAT
from tests.unit.world import ALICE, BOB, World

GATEWAY_BYTES_MAX = 128 * 1024
"""A message of API Gateway's WebSocket APIs, whoever sends it."""
ANY_FRAME = {ErrorCode.INVALID_REQUEST, ErrorCode.PAYLOAD_TOO_LARGE, ErrorCode.INTERNAL}
ANY_FRAME |= {ErrorCode.TEMPORARILY_UNAVAILABLE, ErrorCode.UNAUTHENTICATED}


@pytest.fixture
def world() -> World:
    world = World()
    world.send(ALICE)
    world.send(BOB)
    return world


def reply(world: World, body: str | None, actor: Actor = ALICE, **more: Any) -> dict[str, Any]:
    """The answer to a frame, which must be one of the two documented ones."""
    text = answer(world.messaging, actor, body, **more)
    assert len(text.encode()) <= GATEWAY_BYTES_MAX
    frame: dict[str, Any] = json.loads(text)
    if frame["type"] == "ack":
        AckFrame.model_validate(frame)
    else:
        error = ErrorFrame.model_validate_json(text).error
        assert error.message == CATALOGUE[ErrorCode(error.code)].message
    return frame


def ask(world: World, action: str, data: Any, **more: Any) -> dict[str, Any]:
    return reply(world, json.dumps({"action": action, "id": "r-1", "data": data}), **more)


def refusal(world: World, body: str | None, **more: Any) -> tuple[str, str | None, dict[str, Any]]:
    """Code, id and details of the error that answers a frame, which leaves everything as it was."""
    before = repr(world.tables)
    frame = reply(world, body, **more)
    assert repr(world.tables) == before
    assert frame["type"] == "error"
    return frame["error"]["code"], frame.get("id"), frame["error"]["details"]


def test_every_action_of_the_protocol_is_answered_by_its_ack(world: World) -> None:
    send = {"to": "bob", "client_id": "c-1", "type": "text", "content": {"text": "hi"}}
    chat = {"conversation_id": CHAT}
    frames: dict[str, Any] = {
        "sendMessage": (send, {"conversation_id": CHAT, "seq": 3, "duplicate": False}),
        "editMessage": (
            chat | {"seq": 1, "content": {"text": "x"}},
            chat | {"seq": 1, "change_seq": 4},
        ),
        "addReaction": (chat | {"seq": 2, "reaction": "👍"}, chat | {"seq": 2, "change_seq": 5}),
        "removeReaction": (chat | {"seq": 2, "reaction": "👍"}, chat | {"seq": 2, "change_seq": 6}),
        "recallMessage": (chat | {"seq": 1}, chat | {"seq": 1, "change_seq": 7}),
        "readConversation": (chat | {"seq": 7}, chat | {"read_seq": 7, "unread": 0}),
        "typing": (chat, {}),
        "history": (chat | {"limit": 1}, {"has_more": True}),
        "sync": ({"cursors": {CHAT: 6}}, {}),
        "ping": ({}, {"now": world.clock.time}),
    }
    assert frames.keys() == ACTIONS.keys()
    for action, (data, wanted) in frames.items():
        frame = ask(world, action, data)
        assert (frame["type"], frame["id"]) == ("ack", "r-1"), frame
        assert frame["data"] | wanted == frame["data"]
        ACTIONS[action].ack.model_validate(frame["data"])
    page = ask(world, "sync", {"cursors": {CHAT: 6}})["data"]["conversations"]
    assert [message["seq"] for message in page[0]["messages"]] == [7]


def test_a_frame_without_id_or_data_is_answered_without(world: World) -> None:
    assert reply(world, '{"action":"ping"}') == {"type": "ack", "data": {"now": world.clock.time}}
    assert reply(world, '{"action":"ping","id":null}')["type"] == "ack"


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        " ",
        "{",
        "nonsense",
        "{'action':'ping'}",
        '{"action":"ping",}',
        '{"action":"ping"}{}',
        '{"action":"ping","data":NaN}',
        '{"action":"ping","data":-Infinity}',
        "\ufeff{}",
        "\ud800",
        "[" * 30_000,
        "9" * 5_000,
        "[]",
        '"ping"',
        "1",
        "null",
        "true",
        "{}",
        '{"data":{}}',
        '{"action":null}',
        '{"action":5}',
        '{"action":["ping"]}',
    ],
)
def test_what_is_no_frame_is_refused(world: World, body: str | None) -> None:
    code, id_, _ = refusal(world, body)
    assert (code, id_) == ("invalid_frame", None)


@pytest.mark.parametrize("id_", ["", "x" * 65, 5, True, [], {}, "a\nb", "\u2028", "\ud800", 1e400])
def test_a_bad_id_is_refused_and_not_echoed(world: World, id_: Any) -> None:
    body = json.dumps({"action": "ping", "id": id_}).replace("Infinity", "1e999")
    assert refusal(world, body) == ("invalid_frame", None, {"field": "id"})


@pytest.mark.parametrize("id_", ["r", "x" * 64, "17", "ü 👍", "<script>"])
def test_a_good_id_comes_back_as_it_is(world: World, id_: str) -> None:
    assert ask_with_id(world, id_)["id"] == id_


def ask_with_id(world: World, id_: str) -> dict[str, Any]:
    return reply(world, json.dumps({"action": "ping", "id": id_}))


@pytest.mark.parametrize(
    ("key", "field"),
    [("token", "token"), ("", ""), ("\ud800", "?"), ("x" * 500, "x" * 80), ("ID", "ID")],
)
def test_unknown_keys_are_refused_by_name_and_with_the_id(
    world: World, key: str, field: str
) -> None:
    body = json.dumps({"action": "ping", "id": "r-1", key: 1})
    assert refusal(world, body) == ("invalid_frame", "r-1", {"field": field})


@pytest.mark.parametrize("action", ["", "Ping", "send", "$connect", "x" * 9_000, "\ud800", "ping "])
def test_an_unknown_action_is_told(world: World, action: str) -> None:
    body = json.dumps({"action": action, "id": "r-1"})
    assert refusal(world, body) == ("unknown_action", "r-1", {})


@pytest.mark.parametrize("data", [None, [], "x", 1, True, [{}]])
@pytest.mark.parametrize("action", ACTIONS)
def test_data_is_an_object(world: World, action: str, data: Any) -> None:
    body = json.dumps({"action": action, "id": "r-1", "data": data})
    wanted = {"field": "data", "problem": "is not valid"}
    assert refusal(world, body) == ("invalid_request", "r-1", wanted)


@pytest.mark.parametrize("action", ACTIONS)
def test_unknown_fields_are_refused_by_name(world: World, action: str) -> None:
    body = json.dumps({"action": action, "id": "r-1", "data": {"zzz": 1}})
    code, id_, details = refusal(world, body)
    assert (code, id_) == ("invalid_request", "r-1")
    assert details["problem"] in ("is not known", "is required")


@pytest.mark.parametrize("key", ["\ud800", "\udfff" * 100])
def test_a_field_that_is_no_text_is_refused(world: World, key: str) -> None:
    body = json.dumps({"action": "ping", "data": {key: 1}})
    assert refusal(world, body)[0] == "invalid_request"


def test_a_frame_takes_32_kb_and_no_more(world: World) -> None:
    empty = json.dumps({"action": "ping", "data": ""})
    fits = json.dumps({"action": "ping", "data": "x" * (FRAME_BYTES_MAX - len(empty))})
    assert refusal(world, fits)[0] == "invalid_request"
    wanted = ("payload_too_large", None, {"limit_bytes": FRAME_BYTES_MAX})
    assert refusal(world, fits + " ") == wanted
    # Bytes count, not characters.
    assert refusal(world, '{"action":"ping","data":"' + "ü" * 16_384 + '"}') == wanted
    assert refusal(world, "x" * 128 * 1024, binary=True) == wanted


def test_a_binary_frame_is_refused(world: World) -> None:
    assert refusal(world, "eyJhY3Rpb24iOiJwaW5nIn0=", binary=True) == ("invalid_frame", None, {})
    assert refusal(world, '{"action":"ping"}', binary=True) == ("invalid_frame", None, {})


def test_a_refusal_of_a_use_case_carries_its_code_and_details(world: World) -> None:
    data = {"conversation_id": CHAT, "seq": 99}
    body = json.dumps({"action": "readConversation", "id": "r-1", "data": data})
    assert refusal(world, body) == ("invalid_read_seq", "r-1", {"last_seq": 2})
    outside = json.dumps({"action": "history", "data": {"conversation_id": "p_bob~carol"}})
    assert refusal(world, outside) == ("not_member", None, {})


def test_a_failure_of_ours_says_internal_and_a_request_id_and_nothing_else(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("secret of the house")

    world.tables.hook = fail
    body = json.dumps({"action": "sync", "id": "r-1"})
    with caplog.at_level(logging.CRITICAL):
        frame = reply(world, body, request_id="abc=")
    assert frame == {
        "type": "error",
        "id": "r-1",
        "error": {
            "code": "internal",
            "message": CATALOGUE[ErrorCode.INTERNAL].message,
            "retryable": True,
            "details": {"request_id": "abc="},
        },
    }


def test_a_failure_of_ours_is_logged_with_its_cause(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("the cause")

    world.tables.hook = fail
    ask(world, "sync", {})
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.exc_info is not None
    assert "the cause" in str(record.exc_info[1])


@pytest.mark.parametrize(
    ("body", "id_"),
    [('{"action":"ping","id":"r-1"}', "r-1"), ('{"id":"r-1"}', "r-1"), ("[", None), (None, None)],
)
def test_the_id_of_a_frame_that_is_not_carried_out_can_be_read(
    body: str | None, id_: str | None
) -> None:
    assert frame_id(body) == id_


def test_an_error_frame_says_what_the_catalogue_says() -> None:
    frame = json.loads(error_frame(ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=7), "r"))
    assert frame["error"]["retryable"] is True
    assert frame["error"]["details"] == {"retry_after_ms": 7}


# ---------------------------------------------------------------- anything at all

TEXTS = st.text() | st.sampled_from([CHAT, "alice", "bob", "s_alice", "g_1", "p_bob~carol", "👍"])
NUMBERS = st.integers() | st.integers(-2, 5) | st.floats() | st.sampled_from([2**53, 10**300])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
NAMES = (
    "conversation_id to client_id type content quote attempt seq reaction limit before_seq "
    "after_seq cursors page text mentions custom_type data"
)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "conversation_id": st.sampled_from([CHAT, "s_alice", "p_alice~carol"]),
    "to": st.sampled_from(["bob", "carol"]),
    "client_id": st.sampled_from(["c-1", "c-2", "01JD4Q9W3E8T5Y7Z2X6C4V1B0N"]),
    "type": st.sampled_from(["text", "custom"]),
    "content": st.sampled_from([{"text": "x"}, {"custom_type": "x", "data": {"a": [1.5, None]}}]),
    "seq": st.integers(1, 5),
    "quote": st.builds(dict, seq=st.integers(1, 5)),
    "reaction": st.sampled_from(["👍", "+1"]),
    "cursors": st.just({CHAT: 0}),
    "limit": st.integers(1, 200),
}
DATA = st.fixed_dictionaries({}, optional={n: GOOD.get(n, JSON) | JSON for n in NAMES.split()})
FRAMES = st.fixed_dictionaries(
    {"action": st.sampled_from([*ACTIONS]) | TEXTS},
    optional={"id": TEXTS | JSON, "data": DATA | JSON},
)
LIKELY = st.one_of(
    [
        st.fixed_dictionaries(
            {
                "action": st.just(name),
                "data": st.fixed_dictionaries(
                    {
                        field: GOOD.get(field, JSON)
                        for field, info in action.data.model_fields.items()
                        if info.is_required()
                    },
                    optional={
                        field: GOOD.get(field, JSON)
                        for field, info in action.data.model_fields.items()
                        if not info.is_required()
                    },
                ),
            }
        )
        for name, action in ACTIONS.items()
    ]
)
LIBRARY_WORDS = ("pydantic", "Traceback", "validation error", "Input should", "[key]", "botocore")


@settings(max_examples=400)
@given(st.lists(LIKELY | FRAMES, min_size=1, max_size=6))
def test_any_json_gets_a_documented_answer_in_our_words(frames: list[dict[str, Any]]) -> None:
    world = World()
    world.send(ALICE)
    world.send(BOB)
    for frame in frames:
        body = json.dumps(frame)
        got = reply(world, body, request_id="req")
        event(f"{frame['action'] if frame['action'] in ACTIONS else 'other'}: {got['type']}")
        if got["type"] == "ack":
            continue
        code = ErrorCode(got["error"]["code"])
        assert code is not ErrorCode.INTERNAL
        data_ok = frame["action"] in ACTIONS
        known = ACTIONS[frame["action"]].errors if data_ok else ()
        assert code in {*known, *ANY_FRAME, ErrorCode.INVALID_FRAME, ErrorCode.UNKNOWN_ACTION}
        told = json.dumps(got["error"])
        assert not any(word in told for word in LIBRARY_WORDS if word not in body)
    entries = world.tables.entries
    for id_, timeline in entries.items():
        assert sorted(timeline) == list(range(1, len(timeline) + 1)), id_


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")), st.booleans())
def test_any_text_gets_a_documented_answer(body: str, binary: bool) -> None:
    frame = reply(World(), body, binary=binary)
    assert frame["error"]["code"] in ("invalid_frame", "unknown_action", "invalid_request")


@given(st.text(st.characters(codec=None), max_size=30))
def test_half_surrogate_pairs_anywhere_do_no_harm(text: str) -> None:
    world = World()
    for frame in (
        {"action": text, "id": "r"},
        {"action": "ping", "id": text},
        {"action": "ping", text: 1},
        {"action": "ping", "data": {text: 1}},
        {"action": "sync", "data": {"cursors": {text: 0, "p_x": text}}},
        {"action": "history", "data": {"conversation_id": text}},
    ):
        for body in (json.dumps(frame), json.dumps(frame, ensure_ascii=False)):
            reply(world, body)
