"""Frames that are none: each is refused with its documented error, and changes nothing."""

import json
from typing import NamedTuple

import pytest

from tests.e2e.bad_data import bad, good
from tests.e2e.client import Socket
from tests.e2e.people import Person
from tests.e2e.wire import Json, Refused, chat_of, new_id, refused, text

FRAME_BYTES = 32 * 1024


class Chat(NamedTuple):
    """A conversation of Alice and Bob with one message, seen from Alice's socket."""

    id: str
    socket: Socket
    alice: Person
    bob: Person

    def kept(self) -> list[list[Json]]:
        """All that is stored of it, as both see it."""
        return [
            answer
            for person in (self.alice, self.bob)
            for answer in (
                person.api.post("/v1/sync", {})["conversations"],
                person.api.get("/v1/conversations")["items"],
            )
        ]


@pytest.fixture
def chat(alice: Person, bob: Person) -> Chat:
    """The conversation."""
    socket = alice.open()
    id_ = socket.ask("sendMessage", to=bob.id, **text("the only one"))["conversation_id"]
    return Chat(id_, socket, alice, bob)


def _error_of(socket: Socket, frame: str, action: str | None = None) -> Json:
    socket.send(frame)
    answer = socket.answer(action)
    assert answer["type"] == "error", (frame[:200], answer)
    error: Json = answer["error"]
    return {**error, "id": answer.get("id")}


NO_FRAMES = {
    "nothing": "",
    "half a frame": '{"action": "ping"',
    "words": "hello",
    "two frames": '{"action": "ping"}{"action": "ping"}',
    "a list": "[]",
    "a list of frames": '[{"action": "ping"}]',
    "a number": "42",
    "a text": '"ping"',
    "null": "null",
    "true": "true",
    "not a number": '{"action": "ping", "data": {"now": NaN}}',
    "infinity": '{"action": "ping", "data": {"now": -Infinity}}',
    "too long a number": '{"action": "ping", "data": {"now": ' + "9" * 10_000 + "}}",
    "deep lists": "[" * 10_000 + "]" * 10_000,
    "deep objects": '{"a":' * 5_000 + "1" + "}" * 5_000,
    "deep data": '{"action": "ping", "data": ' + "[" * 10_000 + "]" * 10_000 + "}",
    "no action": "{}",
    "action null": '{"action": null}',
    "action a number": '{"action": 1}',
    "action a list": '{"action": ["ping"]}',
    "action an object": '{"action": {"ping": 1}}',
    "id a number": '{"action": "ping", "id": 7}',
    "id empty": '{"action": "ping", "id": ""}',
    "id too long": '{"action": "ping", "id": "' + "x" * 65 + '"}',
    "id with a line end": '{"action": "ping", "id": "a\\nb"}',
    "id half a character": '{"action": "ping", "id": "\\ud800"}',
    "a field too many": '{"action": "ping", "token": "x"}',
    "half a character as a field": '{"action": "ping", "\\ud800": "x"}',
}


@pytest.mark.parametrize("frame", NO_FRAMES.values(), ids=NO_FRAMES)
def test_what_is_no_frame_is_an_invalid_frame(chat: Chat, frame: str) -> None:
    before = chat.kept()
    assert _error_of(chat.socket, frame)["code"] == "invalid_frame"
    assert chat.socket.ask("ping")["now"]
    assert chat.kept() == before


def test_an_unknown_action_is_told(chat: Chat) -> None:
    for action in ("nope", "", "PING", "sendmessage", "ping ", "__init__", "\u0000", "x" * 500):
        frame = json.dumps({"action": action, "id": "r"})
        error = _error_of(chat.socket, frame)
        assert (error["code"], error["id"]) == ("unknown_action", "r"), action
    assert chat.socket.ask("ping")["now"]


def test_the_gateways_own_routes_are_no_actions(chat: Chat, bob: Person) -> None:
    desk = bob.open()
    for action in ("$connect", "$disconnect"):
        # These routes have no answer.
        chat.socket.send_frame("r", action)
    frame = json.dumps({"action": "$default", "id": "r"})
    assert _error_of(chat.socket, frame)["code"] == "unknown_action"
    # And the socket is neither forgotten nor known twice.
    desk.ask("sendMessage", to=chat.alice.id, **text("still there?"))
    assert [event["seq"] for event in chat.socket.pushed()] == [2]


@pytest.mark.parametrize("action", good("p_a~b"))
def test_data_that_is_missing_superfluous_or_of_another_shape_is_refused(
    chat: Chat, action: str
) -> None:
    before = chat.kept()
    for field, data in bad(good(chat.id)[action]):
        frame = json.dumps({"action": action, "id": "r", "data": data})
        error = _error_of(chat.socket, frame, action)
        assert (error["code"], error["id"]) == ("invalid_request", "r"), (data, error)
        named = error["details"]["field"].partition(".")[0]
        # Where two fields exclude one another, the frame as a whole is wrong.
        assert named in (field, "data"), (data, error)
    for no_data in (None, 1, "x", [], [good(chat.id)[action]]):
        frame = json.dumps({"action": action, "id": "r", "data": no_data})
        assert _error_of(chat.socket, frame, action)["code"] == "invalid_request", no_data
    assert chat.socket.ask("ping")["now"]
    assert chat.kept() == before


BAD_CONTENTS: list[Json] = [
    {"content": {}},
    {"content": {"text": ""}},
    {"content": {"text": " \n\t "}},
    {"content": {"text": "x" * 4097}},
    {"content": {"text": 5}},
    {"content": {"text": "x", "html": "<b>x</b>"}},
    {"content": {"text": "x", "mentions": ["not a user id!"]}},
    {"content": {"text": "x", "mentions": ["u"] * 51}},
    {"content": {"text": "\ud800"}},
    {"type": "picture"},
    {"type": "system.recalled", "content": {"seq": 1}},
    {"type": "custom"},
    {"type": "custom", "content": {"custom_type": "", "data": {}}},
    {"type": "custom", "content": {"custom_type": "x" * 65, "data": {}}},
    {"type": "custom", "content": {"custom_type": "x", "data": []}},
    {"type": "custom", "content": {"custom_type": "x", "data": {"a": "\udfff"}}},
    {"type": "custom", "content": {"custom_type": "x", "data": {"a": 1e400}}},
    {"quote": {"seq": 1, "excerpt": "what you never said"}},
    {"quote": {"seq": "1"}},
    {"quote": 1},
    {"client_id": "a b"},
    {"client_id": "x" * 65},
    {"to": "somebody else"},
    {"attempt": 0},
]


def test_a_message_that_breaks_a_rule_is_refused(chat: Chat) -> None:
    before = chat.kept()
    for change in BAD_CONTENTS:
        data = {**text("x"), "conversation_id": chat.id, **change}
        # What Python writes as Infinity: a number that is too large for JSON's readers.
        frame = json.dumps({"action": "sendMessage", "data": data}).replace("Infinity", "1e400")
        error = _error_of(chat.socket, frame, "sendMessage")
        assert error["code"] == "invalid_request", (change, error)
    deep: Json = {}
    for _ in range(40):
        deep = {"deeper": deep}
    with refused("invalid_request"):
        content = {"custom_type": "x", "data": deep}
        chat.socket.ask("sendMessage", to=chat.bob.id, **_custom(content))
    assert chat.kept() == before


def _custom(content: Json) -> Json:
    return {"client_id": new_id(), "type": "custom", "content": content}


def test_a_content_that_is_too_large_is_refused(chat: Chat) -> None:
    before = chat.kept()
    with refused("payload_too_large") as details:
        content = {"custom_type": "x", "data": {"pad": "x" * 8192}}
        chat.socket.ask("sendMessage", to=chat.bob.id, **_custom(content))
    assert details == {"limit_bytes": 8 * 1024}
    frame = {"action": "sendMessage", "data": {"to": chat.bob.id, **text("😀" * 4096)}}
    error = _error_of(chat.socket, json.dumps(frame, ensure_ascii=False), "sendMessage")
    assert error["code"] == "payload_too_large"
    assert error["details"] == {"limit_bytes": 16 * 1024}
    assert chat.kept() == before


def _padded(size: int, to: str) -> str:
    """A message that would be good, in a frame of so many bytes."""
    frame = json.dumps({"action": "sendMessage", "id": "r", "data": {"to": to, **text("x")}})
    return frame + " " * (size - len(frame.encode()))


def test_a_frame_of_32_kb_is_taken_and_one_byte_more_closes_the_socket(chat: Chat) -> None:
    chat.socket.send(_padded(FRAME_BYTES, chat.bob.id))
    assert chat.socket.answer("sendMessage")["data"]["seq"] == 2
    before = chat.kept()
    chat.socket.send(_padded(FRAME_BYTES + 1, chat.bob.id))
    assert chat.socket.close_code() == 1009
    assert chat.kept() == before


def test_a_frame_of_33_kb_closes_the_socket(chat: Chat) -> None:
    before = chat.kept()
    chat.socket.send(_padded(33 * 1024, chat.bob.id))
    assert chat.socket.close_code() == 1009
    assert chat.kept() == before
    assert chat.alice.open().ask("ping")["now"]


def test_a_message_of_several_frames_may_not_be_larger_either(chat: Chat) -> None:
    before = chat.kept()
    whole = _padded(40 * 1024, chat.bob.id)
    chat.socket.send([whole[: 20 * 1024], whole[20 * 1024 :]])
    error = chat.socket.answer("sendMessage")["error"]
    assert (error["code"], error["details"]) == ("payload_too_large", {"limit_bytes": FRAME_BYTES})
    assert chat.socket.ask("ping")["now"]
    assert chat.kept() == before


def test_a_binary_frame_closes_the_socket(chat: Chat) -> None:
    before = chat.kept()
    chat.socket.send(_padded(1024, chat.bob.id).encode())
    assert chat.socket.close_code() == 1003
    assert chat.kept() == before


MALFORMED = (
    "p_",
    "p_a",
    "p_~",
    "p_a~",
    "p_a~a",
    "p_b~a",
    "p_a~b~c",
    "p_a b~c",
    "p_a~bü",
    "p_a~b\n",
    "p_../../a~b",
    "s_",
    "s_a b",
    "s_a~b",
    "x_a",
    "P_a~b",
    "conversation",
    "p_" + "a" * 65 + "~b",
    "p_a~" + "b" * 64 + "x",
    "g" * 141,
)


def _in(chat_id: str) -> list[tuple[str, Json]]:
    """Every action that names a conversation, naming this one."""
    ours = [(action, data) for action, data in good(chat_id).items() if "conversation_id" in data]
    assert len(ours) == 8
    return ours


def test_a_malformed_conversation_id_is_refused(chat: Chat) -> None:
    for id_ in MALFORMED:
        for action, data in _in(id_):
            with refused("invalid_request") as details:
                chat.socket.ask(action, **data)
            assert details["field"] == "conversation_id", (id_, action, details)
    for to in ("", "a b", "a~b", "ü", "x" * 65, "a\n"):
        with refused("invalid_request"):
            chat.socket.ask("sendMessage", to=to, **text("x"))


def test_what_one_is_not_in_cannot_be_touched(chat: Chat, carol: Person) -> None:
    before = chat.kept()
    stranger = carol.open()
    theirs = (
        chat.id,
        chat_of("nobody", "noone"),
        f"s_{chat.alice.id}",
        "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
        f"u_{chat.alice.id}",
    )
    for id_ in theirs:
        for action, data in _in(id_):
            with refused("not_member"):
                stranger.ask(action, **data)
    for action, data in _in("c_news"):
        # What only the server does in any channel is refused before it is looked at.
        with pytest.raises(Refused) as error:
            stranger.ask(action, **data)
        assert error.value.code in ("not_member", "forbidden"), action
    assert stranger.ask("sync", cursors=dict.fromkeys(theirs, 0))["conversations"] == []
    # Nor is another's conversation a page of one's own.
    assert stranger.ask("sync", page=chat.id)["conversations"] == []
    assert chat.kept() == before


def test_nobody_writes_into_their_own_notices(carol: Person) -> None:
    socket, notices = carol.open(), f"u_{carol.id}"
    with refused("forbidden") as details:
        socket.ask("sendMessage", conversation_id=notices, **text("x"))
    assert details["reason"] == "notices"
    with refused("not_found"):
        socket.ask("history", conversation_id=notices)
    assert carol.api.get("/v1/conversations") == {"items": []}


def test_a_seq_that_does_not_exist_is_not_found(chat: Chat) -> None:
    for seq in (2, 2**53 - 1):
        for action in ("recallMessage", "editMessage", "addReaction", "removeReaction"):
            with refused("not_found"):
                chat.socket.ask(action, **{**good(chat.id)[action], "seq": seq})
        with refused("invalid_read_seq"):
            chat.socket.ask("readConversation", conversation_id=chat.id, seq=seq)


def test_many_bad_frames_at_once_are_each_answered(chat: Chat) -> None:
    ids = {f"r-{number}" for number in range(20)}
    for one in ids:
        chat.socket.send_frame(one, "nope")
    assert {chat.socket.answer()["id"] for _ in ids} == ids
    assert chat.socket.ask("sendMessage", to=chat.bob.id, **text("sorry"))["seq"] == 2
