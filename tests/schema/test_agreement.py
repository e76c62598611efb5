"""The documents and the code refuse the same: each example of a request is spoilt in many ways."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from chirrup.contracts.base import Received, decode
from chirrup.contracts.content import checked_content
from chirrup.contracts.examples import EXAMPLES
from chirrup.contracts.messages import EditContent, EditMessage, NewMessage
from chirrup.domain.errors import ChirrupError
from chirrup.domain.ids import parse_conversation_id
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.ws.actions import ACTIONS
from tests.schema.documents import Json, document, problems

BAD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 2**60, "", " ", "x", "a\nb", "x" * 5000, "p_b~a", "g_1", "👍" * 5),
    *([], ["x"], ["a b"], ["x"] * 60, {}, {"x": 1}, {"x": -1}, {"p_a~b": 1}, {"p_a~b": "1"}),
)
BODIES = {e.body.__name__: e.body for e in ENDPOINTS if e.body}
DATA = {action.data.__name__: action.data for action in ACTIONS.values()}
# A bare "x" names no conversation, but may well stand among the cursors of a sync: it is ignored.
# These differ by what a schema cannot say: bytes, and the order of the two user ids.
BEYOND_SCHEMAS = {"👍" * 5, "p_b~a"}


def _spoilt(example: Json) -> Iterator[Json]:
    """The example, and it with one thing changed at any depth."""
    yield example
    yield {**example, "unknown": 1}
    for key, value in example.items():
        yield {name: one for name, one in example.items() if name != key}
        for bad in BAD:
            yield {**example, key: bad}
        if isinstance(value, dict):
            for inner in _spoilt(value):
                yield {**example, key: inner}


def _more(model: type[Received], example: Json) -> Iterator[Json]:
    """The example with optional fields that it lacks, good and bad."""
    for name in model.model_fields.keys() - example.keys():
        for value in (*BAD, "alice", 5):
            yield {**example, name: value}


def _accepts(model: type[Received], value: Json) -> bool:
    """Whether the code takes it, before it looks at anything stored."""
    try:
        given = decode(model, value)
        if isinstance(given, NewMessage):
            checked_content(given.type, given.content)
        if isinstance(given, EditContent | EditMessage):
            checked_content("text", given.content)
        conversation_id = getattr(given, "conversation_id", None)
        if conversation_id is not None:
            parse_conversation_id(conversation_id)
    except ChirrupError:
        return False
    return True


def _beyond_schemas(value: Json) -> bool:
    return any(f'"{one}"' in json.dumps(value, ensure_ascii=False) for one in BEYOND_SCHEMAS)


def _compare(model: type[Received], of: Json) -> None:
    schema = of["components"]["schemas"][model.__name__]
    tried = 0
    for example in EXAMPLES[model]:
        for value in (*_spoilt(deepcopy(example)), *_more(model, example)):
            if _beyond_schemas(value):
                continue
            found = problems(schema, of, value)
            assert (not found) == _accepts(model, value), (model.__name__, value, found)
            tried += 1
    assert tried > 1


@pytest.mark.parametrize("name", BODIES)
def test_a_body_is_refused_where_openapi_refuses_it(name: str) -> None:
    _compare(BODIES[name], document("openapi.json"))


@pytest.mark.parametrize("name", DATA)
def test_the_data_of_an_action_is_refused_where_asyncapi_refuses_it(name: str) -> None:
    _compare(DATA[name], document("asyncapi.json"))
