"""What the client sees when `$connect` does not let it in."""

import json
from typing import Any

import pytest

from local.emulator.handshake import Handshake
from local.emulator.refused_handshake import chosen_protocol, refusal, refusal_body


@pytest.mark.parametrize("status", [200, 201, 299])
def test_a_2xx_lets_the_client_in(status: int) -> None:
    assert refusal({"statusCode": status}) is None


@pytest.mark.parametrize("status", [302, 400, 401, 403, 409, 500])
def test_the_status_of_the_handler_is_that_of_the_refusal(status: int) -> None:
    assert refusal({"statusCode": status}) == status


@pytest.mark.parametrize("answer", [None, "text", {}, {"statusCode": "200"}])
def test_an_answer_that_is_none_is_a_bad_gateway(answer: Any) -> None:
    assert refusal(answer) == 502


def test_the_handler_picks_the_subprotocol() -> None:
    answer = {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "chat"}}
    assert chosen_protocol(answer) == "chat"
    assert chosen_protocol({"statusCode": 200}) is None


def test_the_body_names_the_connection_and_nothing_of_the_inside() -> None:
    body = json.loads(refusal_body(Handshake("abc=", 0, refusal=502)))
    assert body == {"message": "Internal server error", "connectionId": "abc="}
    assert json.loads(refusal_body(Handshake("abc=", 0, refusal=401)))["message"] == "Unauthorized"
