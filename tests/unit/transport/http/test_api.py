"""What is the same for all endpoints: who asks, what is read, what is refused."""

import base64
import json
import logging
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.http.api import BODY_BYTES_MAX
from chirrup.transport.http.endpoint import Endpoint
from tests.unit.making import CHAT
from tests.unit.transport.http.asking import Client
from tests.unit.world import ALICE, World

SEND = {"client_id": "c-1", "type": "text", "content": {"text": "hi"}}
MESSAGES = f"/v1/conversations/{CHAT}/messages"


@pytest.fixture
def world() -> World:
    world = World()
    world.send(ALICE)
    return world


@pytest.fixture
def client(world: World) -> Client:
    return Client(world)


def path_of(endpoint: Endpoint) -> str:
    names = {"<conversation_id>": CHAT, "<seq>": "1", "<user_id>": "bob"}
    path = endpoint.path
    for name, value in names.items():
        path = path.replace(name, value)
    return path


def named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


CLOSED = [endpoint for endpoint in ENDPOINTS if not endpoint.open]
WITH_BODY = [endpoint for endpoint in ENDPOINTS if endpoint.body]
WITH_QUERY = [endpoint for endpoint in ENDPOINTS if endpoint.query]


def test_only_health_is_open() -> None:
    assert [named(endpoint) for endpoint in ENDPOINTS if endpoint.open] == ["GET /v1/health"]


@pytest.mark.parametrize("endpoint", CLOSED, ids=named)
def test_without_verified_claims_nobody_gets_anything(
    world: World, client: Client, endpoint: Endpoint
) -> None:
    client.claims = None
    before = repr(world.tables)
    for more in ({}, {"headers": {"authorization": "Bearer x.y.z"}}):
        answer = client.ask(endpoint.method, path_of(endpoint), {}, **more)
        assert (answer.status, answer.code) == (401, "unauthenticated")
    assert repr(world.tables) == before


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"sub": "alice"},
        {"exp": "4102444800"},
        {"sub": "", "exp": "4102444800"},
        {"sub": "a b", "exp": "4102444800"},
        {"sub": "alice", "exp": "never"},
        {"sub": "alice", "exp": "inf"},
        {"sub": "alice", "exp": None},
        {"sub": 5, "exp": "4102444800"},
    ],
)
def test_claims_that_name_no_user_are_refused(client: Client, claims: dict[str, Any]) -> None:
    client.claims = claims
    assert client.ask("GET", "/v1/me").code == "unauthenticated"


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=named)
@pytest.mark.parametrize(
    ("body", "field", "problem"),
    [
        ("", "body", "is not JSON"),
        ("{", "body", "is not JSON"),
        ('{"a":NaN}', "body", "is not JSON"),
        ("[" * 60_000, "body", "is not JSON"),
        ("\ud800", "body", "is not JSON"),
        ("[]", "data", "is not valid"),
        ("null", "data", "is not valid"),
        ("5", "data", "is not valid"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(
    client: Client, endpoint: Endpoint, body: str, field: str, problem: str
) -> None:
    answer = client.ask(endpoint.method, path_of(endpoint), body)
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert answer.body["details"] == {"field": field, "problem": problem}


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=named)
def test_a_body_that_is_missing_or_holds_more_is_refused(
    world: World, client: Client, endpoint: Endpoint
) -> None:
    before = repr(world.tables)
    assert client.ask(endpoint.method, path_of(endpoint)).code == "invalid_request"
    assert client.ask(endpoint.method, path_of(endpoint), {"zzz": 1}).code == "invalid_request"
    assert repr(world.tables) == before


@pytest.mark.parametrize("endpoint", WITH_BODY, ids=named)
def test_a_body_that_is_too_large_is_refused(client: Client, endpoint: Endpoint) -> None:
    answer = client.ask(endpoint.method, path_of(endpoint), "x" * (BODY_BYTES_MAX + 1))
    assert (answer.status, answer.code) == (413, "payload_too_large")
    assert answer.body["details"] == {"limit_bytes": BODY_BYTES_MAX}


def test_a_body_in_base64_is_read(client: Client) -> None:
    """As API Gateway hands on what its Content-Type does not call text."""
    coded = base64.b64encode(json.dumps(SEND).encode()).decode()
    answer = client.ask("POST", MESSAGES, coded, isBase64Encoded=True)
    assert (answer.status, answer.body["seq"]) == (201, 2)


@pytest.mark.parametrize(
    "body", ["%%%", "abc", base64.b64encode(b"\xff\xfe{}").decode(), json.dumps(SEND)]
)
def test_a_body_that_is_no_text_is_refused(client: Client, body: str) -> None:
    answer = client.ask("POST", MESSAGES, body, isBase64Encoded=True)
    assert answer.code == "invalid_request"
    assert answer.body["details"] == {"field": "body", "problem": "is not text"}


@pytest.mark.parametrize("endpoint", WITH_QUERY, ids=named)
def test_unknown_parameters_of_a_query_are_refused_by_name(
    client: Client, endpoint: Endpoint
) -> None:
    needed = {"reactions": {"reaction": "x"}, "presence": {"user_ids": "x"}}
    query = {"zzz": "1", **needed.get(endpoint.path.rpartition("/")[2], {})}
    answer = client.ask(endpoint.method, path_of(endpoint), query=query)
    assert answer.body["details"] == {"field": "zzz", "problem": "is not known"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": ""}, "limit"),
        ({"limit": "x"}, "limit"),
        ({"limit": "true"}, "limit"),
        ({"limit": "1,2"}, "limit"),
        ({"limit": "9" * 5_000}, "limit"),
        ({"before_seq": "0"}, "before_seq"),
        ({"after_seq": "-1"}, "after_seq"),
        ({"after_seq": "1.5"}, "after_seq"),
        ({"after_seq": "1", "before_seq": "2"}, "data"),
    ],
)
def test_a_bad_query_is_refused_by_name(client: Client, query: dict[str, str], field: str) -> None:
    answer = client.ask("GET", MESSAGES, query=query)
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert answer.body["details"] == {"field": field, "problem": "is not valid"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v1/"),
        ("GET", "/v2/me"),
        ("GET", "/v1/me/more"),
        ("GET", "/v1/nothing"),
        ("GET", f"/v1/conversations/{CHAT}/nothing"),
        ("POST", "/v1/me"),
        ("PUT", "/v1/me"),
        ("DELETE", "/v1/conversations"),
        ("GET", "/v1/ws-tickets"),
        ("GET", f"{MESSAGES}/1"),
    ],
)
def test_what_is_not_there_is_not_found(client: Client, method: str, path: str) -> None:
    answer = client.ask(method, path)
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("seq", ["0", "-1", "x", "1.0", "+1", " 1", "٣", "9" * 16, "9" * 400])
def test_a_seq_in_a_path_is_a_number(client: Client, seq: str) -> None:
    answer = client.ask("POST", f"{MESSAGES}/{seq}/recall")
    assert (answer.status, answer.body["details"]["field"]) == (400, "seq")


@pytest.mark.parametrize("id_", ["p_bob~alice", "nonsense", "p_", "p_alice~b%20b", "x" * 500])
def test_a_malformed_conversation_in_a_path_is_refused(client: Client, id_: str) -> None:
    answer = client.ask("GET", f"/v1/conversations/{id_}")
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert answer.body["details"]["field"] == "conversation_id"


def test_ids_in_a_path_may_be_encoded(world: World) -> None:
    client = Client(world, "zoe@example.com")
    assert client.ask("GET", "/v1/me").status == 200
    for path in ("/v1/users/zoe@example.com", "/v1/users/zoe%40example.com"):
        answer = client.ask("GET", path, rawPath=path)
        assert answer.body["user_id"] == "zoe@example.com"
    path = "/v1/conversations/p_alice%7Ebob"
    assert Client(world).ask("GET", path, rawPath=path).status == 200


def test_a_failure_of_ours_says_internal_and_the_request_id_and_nothing_else(
    world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("secret of the house")

    world.tables.hook = fail
    answer = client.ask("GET", "/v1/conversations")
    assert (answer.status, answer.code) == (500, "internal")
    assert "secret" not in json.dumps(answer.body)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_an_answer_that_cannot_be_encoded_is_a_failure_of_ours(
    world: World, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    entry = world.tables.entries[CHAT][1]
    world.tables.entries[CHAT][1] = replace(entry, client_id="\ud800")
    answer = client.ask("GET", MESSAGES)
    assert (answer.status, answer.code) == (500, "internal")
    assert caplog.records


TEXTS = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)
FIELDS = "client_id type content quote attempt seq reaction name picture muted draft cursors page"


@given(
    st.sampled_from(ENDPOINTS),
    JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS.split(), JSON)),
    st.none() | st.dictionaries(TEXTS | st.sampled_from(["limit", "cursor", "reaction"]), TEXTS),
)
def test_any_request_gets_a_documented_answer(
    endpoint: Endpoint, body: Any, query: dict[str, str] | None
) -> None:
    world = World()
    world.send(ALICE)
    answer = Client(world).ask(endpoint.method, path_of(endpoint), body, query)
    if answer.status < 400:
        assert answer.status == endpoint.status
    else:
        anywhere = {"invalid_request", "payload_too_large"}
        assert answer.code in anywhere | {code.value for code in endpoint.errors}
