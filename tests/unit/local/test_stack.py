"""`local.json`: names and form are public, other programs read it."""

import json
from pathlib import Path

import pytest

from local.errors import LocalError
from local.places import Places
from local.stack import addresses, read_local, write_local

OUTPUTS = {
    "WebSocketUrl": "wss://aaaa1111.execute-api.us-east-1.amazonaws.com/v1",
    "WebSocketApiId": "aaaa1111",
    "HttpApiId": "bbbb2222",
    "UserPoolId": "us-east-1_pool",
    "UserPoolClientId": "client",
    "SendMode": "local",
}


def test_addresses_are_those_of_the_emulator_in_the_path_form() -> None:
    assert addresses("http://127.0.0.1:4600", OUTPUTS) == {
        "ws_url": "ws://127.0.0.1:4600/_aws/execute-api/aaaa1111/v1",
        "http_url": "http://127.0.0.1:4600/_aws/execute-api/bbbb2222",
        "region": "us-east-1",
        "endpoint_url": "http://127.0.0.1:4600",
        "stack_name": "chirrup",
        "user_pool_id": "us-east-1_pool",
        "client_id": "client",
        "send_mode": "local",
    }


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_local(Places(tmp_path), {"region": "here"})
    assert json.loads((tmp_path / "local.json").read_text()) == {"region": "here"}
    assert read_local(Places(tmp_path)) == {"region": "here"}


def test_without_a_stack_one_is_told_how_to_start_it(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="No local stack") as failure:
        read_local(Places(tmp_path))
    assert "make stack" in failure.value.mend
