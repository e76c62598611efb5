"""What the emulator, and so every function, finds in its environment."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from local.engine import Run, environment, healthy, mark, read_run, write_run
from local.places import Places


def test_nothing_of_ours_leaks_into_functions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "AWS_PROFILE", "AWS_SESSION_TOKEN", "SECRET"):
        monkeypatch.setenv(name, "ours")
    assert "ours" not in environment(Places(tmp_path), port=4600, auth=False).values()


def test_it_is_bound_to_this_machine_and_keeps_its_state(tmp_path: Path) -> None:
    found = environment(Places(tmp_path), port=4600, auth=True)
    assert found["BIND_HOST"] == "127.0.0.1"
    assert found["GATEWAY_PORT"] == "4600"
    assert found["AUTH"] == "true"
    assert found["PERSIST_STATE"] == "1"
    assert found["STATE_DIR"].startswith(str(tmp_path))


def test_what_runs_is_read_back(tmp_path: Path) -> None:
    run = Run(pid=1, port=4600, auth=False, ready=True)
    write_run(Places(tmp_path), run)
    assert read_run(Places(tmp_path)) == run
    assert run.endpoint == "http://127.0.0.1:4600"


@pytest.mark.parametrize("content", ["", "[]", '{"pid": 1}', "not json"])
def test_a_broken_note_of_what_runs_counts_as_none(tmp_path: Path, content: str) -> None:
    Places(tmp_path).run_json.write_text(content)
    assert read_run(Places(tmp_path)) is None


def test_an_address_without_a_server_is_not_healthy(tmp_path: Path) -> None:
    assert not healthy("http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("edition", "expected"),
    [(mark, True), (lambda _: "light", False)],
    ids=["ours", "another"],
)
def test_only_the_emulator_of_this_folder_is_taken_for_ours(
    tmp_path: Path, edition: Callable[[Places], str], expected: bool
) -> None:
    here = Places(tmp_path)
    body = json.dumps({"edition": edition(here)}).encode()

    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Health) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert healthy(f"http://127.0.0.1:{server.server_port}", here) is expected
