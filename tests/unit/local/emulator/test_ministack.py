"""The adapters work on one version of MiniStack and refuse any other."""

from importlib import metadata
from pathlib import Path

import pytest

from local.emulator import __main__ as program
from local.emulator.ministack import VERSION, WrongVersion, check_version

FOLDER = Path(program.__file__).parent
# Those without a gap of their own.
SHARED = {"__init__", "__main__", "ministack", "handshake", "orphaned"}


def installed(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda _name: version)


def test_the_known_version_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(VERSION, monkeypatch)
    check_version()


def test_another_version_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    installed("1.5.34", monkeypatch)
    with pytest.raises(WrongVersion, match=r"1\.5\.34 is installed.*1\.5\.33"):
        check_version()


def test_the_program_does_not_start_on_another_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installed("2.0.0", monkeypatch)
    assert program.main() == 1
    assert "2.0.0" in capsys.readouterr().err


def test_no_ministack_is_said_plainly() -> None:
    # Our own environment has none, by design.
    with pytest.raises(WrongVersion, match="not installed"):
        check_version()


def test_every_adapter_is_installed() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - SHARED
    installed_ones = {adapter.__name__.rpartition(".")[2] for adapter in program.ADAPTERS}
    assert modules == installed_ones


def test_every_adapter_names_its_gap() -> None:
    for adapter in program.ADAPTERS:
        assert (adapter.__doc__ or "").startswith("Gap: ")
