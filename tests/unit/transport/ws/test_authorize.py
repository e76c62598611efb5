"""The handshake: what may be shown, and what API Gateway is told."""

import logging
from typing import Any

import pytest

from chirrup.domain.connections import LIFETIME_MS, Connection
from chirrup.ports import Identity
from chirrup.service.sessions import Admission, TicketOffice
from chirrup.transport.ws.authorize import authorize
from chirrup.transport.ws.context import session_of
from tests.fakes import FakeClock, FakeTables, FakeTickets, FakeTokens
from tests.fakes.clock import NOON

ARN = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3/v1/$connect"
HOUR_MS = 60 * 60 * 1000
ALICE = Identity("alice", NOON + HOUR_MS, "Alice", "https://example.com/a.png")
TOKEN = {"Authorization": "Bearer token-alice"}


class Gate:
    """The authorizer on fakes."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.tokens = FakeTokens(ALICE)
        self.tables = FakeTables()
        tickets = FakeTickets(self.tables)
        self.office = TicketOffice(tickets=tickets, clock=self.clock)
        self.admission = Admission(
            tokens=self.tokens,
            tickets=tickets,
            clock=self.clock,
            allowed_origins=frozenset({"https://chat.example.com"}),
        )

    def ask(
        self,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        more: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        event = {
            "type": "REQUEST",
            "methodArn": ARN,
            "headers": headers,
            "queryStringParameters": query,
            "requestContext": {"connectionId": "conn=", "eventType": "CONNECT"},
        } | (more or {})
        return authorize(self.admission, self.clock, event)


@pytest.fixture
def gate() -> Gate:
    return Gate()


def effect(policy: dict[str, Any]) -> str:
    """Allow or Deny, of a policy that API Gateway accepts."""
    document = policy["policyDocument"]
    assert document["Version"] == "2012-10-17"
    (statement,) = document["Statement"]
    assert statement["Action"] == "execute-api:Invoke"
    assert statement["Resource"]
    assert policy["principalId"]
    assert all(isinstance(value, str) for value in policy["context"].values())
    return str(statement["Effect"])


def test_a_token_in_the_header_is_allowed_with_all_that_later_frames_need(gate: Gate) -> None:
    policy = gate.ask(TOKEN, {"device": "phone"})
    assert effect(policy) == "Allow"
    assert policy["principalId"] == "alice"
    assert policy["policyDocument"]["Statement"][0]["Resource"] == ARN
    context = {"connectionId": "conn=", "authorizer": policy["context"]}
    assert session_of({"requestContext": context}) == (
        ALICE,
        Connection("conn=", NOON + HOUR_MS, NOON, "phone"),
    )


def test_a_ticket_in_the_url_is_allowed_once(gate: Gate) -> None:
    query = {"ticket": gate.office.issue(ALICE).ticket, "device": "browser"}
    assert effect(gate.ask({"Origin": "https://chat.example.com"}, query)) == "Allow"
    assert effect(gate.ask({"Origin": "https://chat.example.com"}, query)) == "Deny"


def test_the_socket_ends_with_the_token_or_after_two_hours(gate: Gate) -> None:
    assert gate.ask(TOKEN)["context"]["expires_at"] == str(NOON + HOUR_MS)
    long = Identity("alice", NOON + 24 * HOUR_MS)
    gate.tokens.identities["token-alice"] = long
    assert gate.ask(TOKEN)["context"]["expires_at"] == str(NOON + LIFETIME_MS)


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_neither_the_case_of_headers_nor_of_the_scheme_matters(
    gate: Gate, name: str, scheme: str
) -> None:
    assert effect(gate.ask({name: f"{scheme} token-alice"})) == "Allow"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer  \t",
        "token-alice",
        "Basic token-alice",
        "Bearer token-mallory",
        "Bearer token-alice token-alice",
        "Bearer Bearer token-alice",
    ],
)
def test_anything_else_in_the_header_is_denied(gate: Gate, header: str) -> None:
    policy = gate.ask({"Authorization": header})
    assert (effect(policy), policy["context"]) == ("Deny", {})


@pytest.mark.parametrize(
    "name", ["token", "access_token", "id_token", "authorization", "Authorization", "jwt", "Ticket"]
)
def test_a_token_in_the_url_is_denied_even_beside_a_good_one(gate: Gate, name: str) -> None:
    assert effect(gate.ask(None, {name: "token-alice"})) == "Deny"
    assert effect(gate.ask(TOKEN, {name: "token-alice"})) == "Deny"


def test_a_token_is_no_ticket_and_a_ticket_no_token(gate: Gate) -> None:
    assert effect(gate.ask(None, {"ticket": "token-alice"})) == "Deny"
    ticket = gate.office.issue(ALICE).ticket
    assert effect(gate.ask({"Authorization": f"Bearer {ticket}"})) == "Deny"


def test_without_credentials_or_with_two_it_is_denied(gate: Gate) -> None:
    assert effect(gate.ask()) == "Deny"
    assert effect(gate.ask({}, {})) == "Deny"
    assert effect(gate.ask(None, {"device": "phone"})) == "Deny"
    ticket = gate.office.issue(ALICE).ticket
    assert effect(gate.ask(TOKEN, {"ticket": ticket})) == "Deny"


@pytest.mark.parametrize("name", ["Origin", "origin", "ORIGIN"])
def test_a_foreign_origin_is_denied_whatever_is_shown(gate: Gate, name: str) -> None:
    assert effect(gate.ask(TOKEN | {name: "https://evil.example.com"})) == "Deny"
    assert effect(gate.ask(TOKEN | {name: "https://chat.example.com"})) == "Allow"
    assert effect(gate.ask(TOKEN | {name: ""})) == "Allow"


@pytest.mark.parametrize("device", ["p", "x" * 64, "Zoë's phone", "a|b|c", "日本", "👍"])
def test_a_device_is_called_as_it_likes(gate: Gate, device: str) -> None:
    policy = gate.ask(TOKEN, {"device": device})
    assert policy["context"]["device"] == device


@pytest.mark.parametrize("query", [None, {}, {"device": ""}])
def test_a_device_without_a_name_is_its_connection(
    gate: Gate, query: dict[str, str] | None
) -> None:
    assert gate.ask(TOKEN, query)["context"]["device"] == "conn="


@pytest.mark.parametrize("device", ["x" * 65, "a\nb", "\x00", "\u202e", "\ud800"])
def test_a_device_that_cannot_be_shown_is_denied(gate: Gate, device: str) -> None:
    assert effect(gate.ask(TOKEN, {"device": device})) == "Deny"


def test_a_bad_device_uses_no_ticket_up(gate: Gate) -> None:
    query = {"ticket": gate.office.issue(ALICE).ticket}
    assert effect(gate.ask(None, query | {"device": "x" * 65})) == "Deny"
    assert effect(gate.ask(None, query)) == "Allow"


def test_when_the_issuer_is_away_it_is_denied(gate: Gate) -> None:
    gate.tokens.unavailable = True
    assert effect(gate.ask(TOKEN)) == "Deny"


@pytest.mark.parametrize(
    "broken",
    [{"requestContext": {}}, {"requestContext": None}, {"headers": {"x": None}}, {"headers": 5}],
)
def test_an_event_that_is_none_is_denied(gate: Gate, broken: dict[str, Any]) -> None:
    assert effect(gate.ask(None, None, broken)) == "Deny"


def test_a_failure_of_ours_is_denied_and_logged(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: str) -> None:
        raise RuntimeError("no table")

    gate.tables.hook = fail
    assert effect(gate.ask(None, {"ticket": "x"})) == "Deny"
    (record,) = caplog.records
    assert record.levelno == logging.ERROR


def test_neither_tokens_nor_tickets_are_logged(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        gate.ask({"Authorization": "Bearer secret-1"}, {"ticket": "secret-2", "token": "secret-3"})
        gate.ask({"Authorization": "Bearer secret-1"})
        gate.ask(None, {"ticket": "secret-2"})
    assert caplog.records
    assert all("secret" not in repr(record.__dict__) for record in caplog.records)
