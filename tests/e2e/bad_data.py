"""Data of every action with something wrong in it, made from data that is right."""

from collections.abc import Iterator
from typing import Any

from tests.e2e.wire import Json, new_id

WRONG: tuple[Any, ...] = (None, True, 1.5, -1, 2**53, "", "\ud800", [], [1], {"a": 1}, "x" * 200)
"""No field takes any of these, save where MAY_BE says so."""
MAY_BE: dict[str, tuple[Any, ...]] = {
    # Left out and null are the same to a client that writes all fields.
    "to": (None,),
    "quote": (None,),
    "before_seq": (None,),
    "after_seq": (None,),
    "page": (None, "x" * 200),
    "attempt": (2**53,),
}


def good(chat: str) -> dict[str, Json]:
    """Data that is right, by action; every field that there is, but `to`."""
    message = {"conversation_id": chat, "seq": 1}
    return {
        "sendMessage": {
            "conversation_id": chat,
            "client_id": new_id(),
            "type": "text",
            "content": {"text": "x"},
            "quote": {"seq": 1},
            "attempt": 1,
        },
        "recallMessage": message,
        "editMessage": {**message, "content": {"text": "x"}},
        "addReaction": {**message, "reaction": "👍"},
        "removeReaction": {**message, "reaction": "👍"},
        "readConversation": message,
        "typing": {"conversation_id": chat},
        "history": {"conversation_id": chat, "before_seq": 2, "limit": 1},
        "sync": {"cursors": {chat: 1}, "page": chat},
        "ping": {},
    }


OPTIONAL = {"quote", "attempt", "before_seq", "limit", "cursors", "page"}


def bad(right: Json) -> Iterator[tuple[str, Json]]:
    """What is wrong, and the data: a field missing, one too many, or of another shape."""
    yield "surplus", {**right, "surplus": 1}
    for name, value in right.items():
        if name not in OPTIONAL:
            yield name, {key: other for key, other in right.items() if key != name}
        for wrong in WRONG:
            same_shape = isinstance(value, dict) and isinstance(wrong, dict)
            if wrong not in MAY_BE.get(name, ()) and not same_shape:
                yield name, {**right, name: wrong}
