"""What both transports really answer and push, held against the documents."""

import pytest

from chirrup.ports.records import MemberChange
from chirrup.service.actor import Actor
from chirrup.service.groups import NewGroup
from tests.schema import asked_of_channels, asked_of_groups
from tests.schema.asked import (
    ASKED,
    CHAT,
    FRIENDSHIP,
    LARGE,
    MESSAGES,
    NO_GROUP,
    ORDER,
    new_message,
)
from tests.schema.documents import Json, document, message, operation, problems, response
from tests.schema.stage import Stage

ASYNCAPI = document("asyncapi.json")
OPERATIONS = ASYNCAPI["operations"]
OPENAPI = document("openapi.json")


SPOKEN: list[tuple[str, str, Json]] = [
    ("alice", "sendMessage", {"to": "bob", **new_message(1, "Hello", mentions=None)}),
    ("alice", "sendMessage", {"to": "bob", **new_message(1, "Hello")}),
    ("alice", "sendMessage", {"to": "bob", **new_message(1, "Hello, again")}),
    ("alice", "sendMessage", {"to": "bob", **new_message(1, "Hello"), "attempt": 2}),
    ("bob", "sendMessage", {"conversation_id": CHAT, **new_message(2, ORDER, quote={"seq": 1})}),
    ("bob", "sendMessage", {"conversation_id": CHAT, **new_message(3, "Bye", quote={"seq": 9})}),
    ("bob", "sendMessage", {"conversation_id": "p_carol~dave", **new_message(4, "Hello")}),
    ("bob", "sendMessage", {"to": "bob", **new_message(5, "Hello")}),
    ("bob", "sendMessage", {"to": "nobody", **new_message(6, "Hello")}),
    ("bob", "sendMessage", {"to": "alice", "client_id": "c7", "type": "text", "content": {}}),
    (
        "bob",
        "sendMessage",
        {"to": "alice", **new_message(8, LARGE)},
    ),
    ("bob", "sendMessage", {"to": "alice", **new_message(9, {**ORDER, "extra": 1})}),
    ("bob", "sendMessage", {"conversation_id": "s_bob", **new_message(10, "Buy milk")}),
    ("bob", "addReaction", {"conversation_id": CHAT, "seq": 1, "reaction": "👍"}),
    ("bob", "addReaction", {"conversation_id": CHAT, "seq": 1, "reaction": "👍"}),
    ("alice", "editMessage", {"conversation_id": CHAT, "seq": 1, "content": {"text": "Hello!"}}),
    ("bob", "editMessage", {"conversation_id": CHAT, "seq": 1, "content": {"text": "Mine"}}),
    ("alice", "readConversation", {"conversation_id": CHAT, "seq": 2}),
    ("bob", "readConversation", {"conversation_id": CHAT, "seq": 99}),
    ("alice", "typing", {"conversation_id": CHAT}),
    ("alice", "typing", {"conversation_id": "p_alice~carol"}),
    ("alice", "sync", {}),
    ("bob", "recallMessage", {"conversation_id": CHAT, "seq": 2}),
    ("bob", "recallMessage", {"conversation_id": CHAT, "seq": 2}),
    ("bob", "removeReaction", {"conversation_id": CHAT, "seq": 1, "reaction": "👍"}),
    ("bob", "removeReaction", {"conversation_id": CHAT, "seq": 2, "reaction": "👍"}),
    ("bob", "history", {"conversation_id": CHAT, "before_seq": 99, "limit": 200}),
    ("bob", "history", {"conversation_id": CHAT, "after_seq": -1}),
    ("bob", "sync", {"cursors": {CHAT: 1}, "page": "c"}),
    ("carol", "sync", {"cursors": {"whatever": 1}}),
    ("bob", "ping", {}),
    ("bob", "ping", {"extra": 1}),
    ("bob", "sendMessage", {"conversation_id": "u_bob", **new_message(11, "Hello")}),
    ("bob", "sendMessage", {"conversation_id": NO_GROUP, **new_message(12, "Hello")}),
    ("bob", "editMessage", {"conversation_id": NO_GROUP, "seq": 1, "content": {"text": "Hi"}}),
    ("bob", "history", {"conversation_id": NO_GROUP}),
    ("bob", "typing", {"conversation_id": NO_GROUP}),
    ("bob", "history", {"conversation_id": "u_bob"}),
    ("bob", "sync", {"since": 0}),
    ("bob", "sync", {"since": -1}),
]
IN_THE_QUERY = {"removeReaction", "findUsers", "getPresence", "searchMessages"}
# A ban stands in a query too, and must be there to be lifted.
LATER = {"liftGroupBan"}


@pytest.fixture(scope="module")
def spoken() -> tuple[Stage, list[Json]]:
    """The stage after all was said, and the answers."""
    stage = Stage()
    frames = [
        (user, {"action": action, "id": f"r-{number}", "data": data})
        for number, (user, action, data) in enumerate(SPOKEN)
    ]
    return stage, [stage.frame(user, frame) for user, frame in frames]


@pytest.mark.parametrize("number", range(len(SPOKEN)))
def test_a_frame_is_answered_as_documented(spoken: tuple[Stage, list[Json]], number: int) -> None:
    action, answer = SPOKEN[number][1], spoken[1][number]
    kind = "Ack" if answer["type"] == "ack" else "Error"
    assert problems(message(f"{action}{kind}"), ASYNCAPI, answer) == [], answer


def test_everything_pushed_is_documented(spoken: tuple[Stage, list[Json]]) -> None:
    pushed = spoken[0].pushes()
    for frame in pushed:
        assert problems(message("push"), ASYNCAPI, frame) == [], frame
    kinds = {event["event"] for frame in pushed for event in frame["events"]}
    assert kinds == {"message.created", "message.updated", "receipt.read", "typing"}


def test_what_friends_are_told_is_documented() -> None:
    stage = Stage()
    for user, method, path, body in FRIENDSHIP:
        stage.request(user, method, path, body)
    pushed = stage.pushes()
    for frame in pushed:
        assert problems(message("push"), ASYNCAPI, frame) == [], frame
    told = [event["message"]["type"] for frame in pushed for event in frame["events"]]
    assert set(told) == {
        "notice.friend_request_received",
        "notice.friend_request_rejected",
        "notice.friend_request_accepted",
        "system.friend_added",
    }


def test_both_acks_and_errors_were_looked_at(spoken: tuple[Stage, list[Json]]) -> None:
    acked = {SPOKEN[number][1] for number, one in enumerate(spoken[1]) if one["type"] == "ack"}
    assert acked == set(OPERATIONS) - {"anythingElse", "push", "endSession"}
    assert {one["error"]["code"] for one in spoken[1] if one["type"] == "error"} >= {
        "already_recalled",
        "cannot_target_self",
        "forbidden",
        "idempotency_conflict",
        "invalid_quote",
        "invalid_read_seq",
        "invalid_request",
        "not_found",
        "not_member",
        "payload_too_large",
    }


def test_a_frame_that_is_none_is_answered_as_documented() -> None:
    stage = Stage()
    frames: list[object] = [None, [], {}, {"action": "dance"}, {"action": 1}, {"id": 5}]
    frames += [{"action": "ping", "id": ""}, {"action": "ping", "more": 1}, "x" * 40_000]
    for frame in frames:
        answer = stage.frame("alice", frame)
        assert problems(message("otherFrameError"), ASYNCAPI, answer) == [], answer


def test_strangers_are_refused_as_documented_where_only_friends_may_write() -> None:
    stage = Stage(friends_only=True)
    data = {"to": "bob", **new_message(1, "Hello")}
    answer = stage.frame("alice", {"action": "sendMessage", "data": data})
    assert answer["error"]["code"] == "not_friends"
    assert problems(message("sendMessageError"), ASYNCAPI, answer) == []


def test_http_answers_as_documented() -> None:
    stage = Stage()
    stage.groups.groups.create(Actor("alice"), NewGroup("book-club", "Book club", ["bob"]))
    asked_of_channels.publish(stage)
    met = set()
    for user, method, path, body in [*ASKED, *asked_of_groups.ASKED, *asked_of_channels.ASKED]:
        if path.startswith("media/"):
            stage.store(path, body)
            continue
        asked = operation(method, path)
        status, media_type, answer = stage.request(user, method, path, body)
        content = response(asked, status)
        if answer is None:
            assert content == {}, (method, path, status)
        else:
            schema = content[media_type]["schema"]
            assert problems(schema, OPENAPI, answer) == [], (method, path, answer)
        met.add((asked["operationId"], status < 400))
    for frame in stage.pushes():
        assert problems(message("push"), ASYNCAPI, frame) == [], frame
    answered = {name for name, good in met if good}
    assert (
        answered
        == {one["operationId"] for path in OPENAPI["paths"].values() for one in path.values()}
        - IN_THE_QUERY
        - LATER
    )


def test_a_ban_is_told_and_lifted_as_documented() -> None:
    stage = Stage()
    for user, method, path, body in asked_of_groups.ASKED[:1]:
        stage.request(user, method, path, body)
    stage.request("alice", "DELETE", f"{asked_of_groups.ROOM}/members/bob", ban="true")
    path = f"{asked_of_groups.ROOM}/bans"
    status, media_type, answer = stage.request("alice", "GET", path)
    assert [ban["user_id"] for ban in answer["items"]] == ["bob"]
    schema = response(operation("GET", path), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []
    assert stage.request("alice", "DELETE", f"{path}/bob")[0] == 204


@pytest.mark.parametrize("query", [{"limit": "2"}, {"after_seq": "1"}, {"before_seq": "1"}])
def test_a_query_is_taken_as_documented(query: dict[str, str]) -> None:
    stage = Stage()
    stage.request("alice", "POST", MESSAGES, new_message(1, "Hello"))
    status, _, _ = stage.request("alice", "GET", MESSAGES, **query)
    assert status == 200


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": ""}, {"seq": "1"}, {"after_seq": "x"}])
def test_a_bad_query_is_refused_as_documented(query: dict[str, str]) -> None:
    stage = Stage()
    status, media_type, answer = stage.request("alice", "GET", MESSAGES, **query)
    assert answer["code"] == "invalid_request"
    schema = response(operation("GET", MESSAGES), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []


def test_a_reaction_to_take_back_stands_in_the_query() -> None:
    stage = Stage()
    stage.request("alice", "POST", MESSAGES, new_message(1, "Hello"))
    stage.request("bob", "POST", f"{MESSAGES}/1/reactions", {"reaction": "🎉"})
    path = f"{MESSAGES}/1/reactions"
    status, media_type, answer = stage.request("bob", "DELETE", path, reaction="🎉")
    schema = response(operation("DELETE", path), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []
    assert answer["change_seq"] == 3


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/v1/users", {"name": "b"}),
        ("/v1/users", {"user_id": "bob"}),
        ("/v1/users", {"name": "b", "user_id": "bob"}),
        ("/v1/users", {}),
        ("/v1/presence", {"user_ids": "alice,bob,carol"}),
        ("/v1/presence", {"user_ids": ""}),
    ],
)
def test_users_are_asked_for_in_the_query(path: str, query: dict[str, str]) -> None:
    status, media_type, answer = Stage().request("alice", "GET", path, **query)
    schema = response(operation("GET", path), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []
    assert (status == 400) == (len(query) != 1 or "" in query.values())


def test_who_sends_too_fast_over_http_is_told_when_to_come_back() -> None:
    stage = Stage()
    for number in range(20):
        assert stage.request("alice", "POST", MESSAGES, new_message(number, "Hello"))[0] == 201
    status, media_type, answer = stage.request("alice", "POST", MESSAGES, new_message(20, "Hello"))
    assert answer["code"] == "rate_limited"
    assert stage.headers["Retry-After"] == "1"
    schema = response(operation("POST", MESSAGES), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []


def test_a_blocked_user_is_refused_as_documented() -> None:
    for fields, code in (
        ({"blocked_by_peer": True}, "blocked_by_peer"),
        ({"blocking_peer": True}, "forbidden"),
    ):
        stage = Stage()
        stage.request("alice", "POST", MESSAGES, new_message(1, "Hello"))
        stage.records.commit([MemberChange(CHAT, "alice", fields)])
        data = {"conversation_id": CHAT, **new_message(2, "Hello")}
        answer = stage.frame("alice", {"action": "sendMessage", "data": data})
        assert answer["error"]["code"] == code
        assert problems(message("sendMessageError"), ASYNCAPI, answer) == []
        for method, path, body in (
            ("POST", MESSAGES, new_message(3, "Hello")),
            ("PATCH", f"{MESSAGES}/1", {"content": {"text": "Hello!"}}),
            ("POST", f"{MESSAGES}/1/reactions", {"reaction": "🎉"}),
            ("POST", f"/v1/conversations/{CHAT}/typing", None),
        ):
            status, media_type, answer = stage.request("alice", method, path, body)
            assert answer["code"] == code
            schema = response(operation(method, path), status)[media_type]["schema"]
            assert problems(schema, OPENAPI, answer) == []
