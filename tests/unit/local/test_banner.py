"""What `make dev` shows."""

from pathlib import Path

from local.banner import banner
from local.places import Places

LOCAL = {
    "ws_url": "ws://127.0.0.1:4600/_aws/execute-api/a/v1",
    "http_url": "http://127.0.0.1:4600/_aws/execute-api/b",
    "endpoint_url": "http://127.0.0.1:4600",
    "user_pool_id": "pool",
    "client_id": "client",
    "send_mode": "local",
    "users": {"alice": {"user_id": "1", "password": "pass-phrase"}},
    "admin": {"username": "admin", "user_id": "2", "password": "pass-phrase"},
}


def test_it_shows_every_address_and_the_password() -> None:
    shown = banner(Places(), LOCAL, seconds=3, auth=False, foreground=True)
    for value in ("ws_url", "http_url", "endpoint_url", "user_pool_id", "client_id"):
        assert str(LOCAL[value]) in shown
    assert "pass-phrase" in shown
    assert "make demo" in shown
    assert "Ctrl-C" in shown


def test_commands_for_another_state_folder_name_it(tmp_path: Path) -> None:
    shown = banner(Places(tmp_path), LOCAL, seconds=3, auth=True, foreground=False)
    assert f"local.demo --state-dir {tmp_path}" in shown
    assert f"local.stop --state-dir {tmp_path}" in shown
    assert "IAM enforced" in shown
