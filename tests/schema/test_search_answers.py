"""The search for messages: its answers are as documented."""

import pytest

from tests.schema.asked import CHAT, MESSAGES, new_message
from tests.schema.documents import document, operation, problems, response
from tests.schema.stage import Stage

OPENAPI = document("openapi.json")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"q": "hello"}, 200),
        ({"q": "hello", "conversation_id": CHAT, "limit": "1"}, 200),
        ({"q": "hello", "conversation_id": CHAT, "cursor": "NS4wLi5wX2FsaWNlfmJvYg"}, 200),
        ({"type": "custom", "sender_id": "bob"}, 200),
        ({"from": "1", "to": "2"}, 200),
        ({"q": "hello", "conversation_id": "p_bob~carol"}, 403),
        ({"q": "hello", "conversation_id": "p_alice~carol"}, 404),
        ({}, 400),
        ({"limit": "5"}, 400),
        ({"q": " "}, 400),
        ({"q": "x" * 257}, 400),
        ({"q": "hello", "type": "system.edited"}, 400),
        ({"from": "-1"}, 400),
        ({"q": "hello", "limit": "51"}, 400),
        ({"q": "hello", "cursor": "x"}, 400),
        ({"q": "hello", "since": "1"}, 400),
    ],
)
def test_a_search_is_answered_as_documented(query: dict[str, str], status: int) -> None:
    stage = Stage()
    for number, words in enumerate(("Hello", "hello again", "Good bye")):
        stage.request("alice", "POST", MESSAGES, new_message(number, words))
    found, media_type, answer = stage.request("alice", "GET", "/v1/search", **query)
    assert found == status, answer
    schema = response(operation("GET", "/v1/search"), status)[media_type]["schema"]
    assert problems(schema, OPENAPI, answer) == []
