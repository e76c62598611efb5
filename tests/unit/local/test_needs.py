"""What is checked before anything starts, and how it is told."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.errors import LocalError
from local.needs import FIRST_PORT, check_programs, choose_port, free, prepare


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(autouse=True)
def no_port_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIRRUP_PORT", raising=False)


def test_a_port_in_use_is_not_free(taken: int) -> None:
    assert not free(taken)


def test_a_port_is_chosen_that_is_free() -> None:
    assert free(choose_port(None))


def test_the_port_of_the_last_run_is_kept_while_it_is_free() -> None:
    unlike_ours = next(port for port in range(FIRST_PORT - 1, 1024, -1) if free(port))
    assert choose_port(unlike_ours) == unlike_ours


def test_another_port_is_chosen_when_that_of_the_last_run_is_taken(taken: int) -> None:
    assert choose_port(taken) != taken


def test_a_given_port_that_is_taken_is_said_plainly(
    taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIRRUP_PORT", str(taken))
    with pytest.raises(LocalError, match=f"Port {taken} .*taken") as failure:
        choose_port(None)
    assert "another port" in failure.value.mend


@pytest.mark.parametrize("given", ["soon", "-1", "70000", "0", "4 000", "\uff14\uff16\uff10\uff10"])
def test_a_given_port_that_is_none_is_said_plainly(
    given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIRRUP_PORT", given)
    with pytest.raises(LocalError, match="not a port"):
        choose_port(None)


def test_a_missing_environment_names_the_command_that_makes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHIRRUP_EMULATOR_PYTHON", "/nowhere/python")
    with pytest.raises(LocalError, match="/nowhere/python") as failure:
        check_programs()
    assert "make dev" in failure.value.mend


def test_a_state_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalError, match="cannot be made") as failure:
        prepare(tmp_path / "file" / "state")
    assert "--state-dir" in failure.value.mend
