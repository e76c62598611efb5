"""Rules of the house that import-linter and ruff do not see."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.sources import PACKAGE, ROOT, Source, sources

HANDLERS = sources("functions")
MODULES = sources("layers/core/chirrup")
# What tells the time, rolls dice, or reaches outside.
OUTSIDE = {
    *("asyncio", "concurrent", "http", "io", "logging", "os", "pathlib", "random", "secrets"),
    *("shutil", "socket", "ssl", "subprocess", "tempfile", "threading", "time", "urllib", "uuid"),
}
# The only modules that may look at the environment.
READ_ENVIRONMENT = {
    "layers/core/chirrup/observability.py",
    "layers/core/chirrup/settings.py",
}


def _names(source: Source) -> set[str]:
    """Every dotted name that is used, such as `os.environ`."""
    attributes = (node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))
    return {ast.unparse(node) for node in attributes}


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda source: source.name)
def test_a_handler_ends_with_its_entry_point_and_wires_only(handler: Source) -> None:
    last = handler.tree.body[-1]
    assert isinstance(last, ast.FunctionDef)
    assert last.name == "lambda_handler"
    assert [type(node) for node in ast.walk(handler.tree) if isinstance(node, ast.ClassDef)] == []


def test_a_function_is_one_handler_and_nothing_else() -> None:
    for folder in (ROOT / "functions").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert [p.name for p in folder.iterdir() if p.name != "__pycache__"] == ["handler.py"]


def test_every_module_says_what_it_is() -> None:
    assert [
        s.name
        for s in sources("layers/core/chirrup", "functions", "local")
        if not ast.get_docstring(s.tree)
    ] == []


def test_the_domain_knows_no_time_no_chance_and_nothing_outside() -> None:
    for source in sources("layers/core/chirrup/domain"):
        assert not {name.split(".")[0] for name in source.imports()} & OUTSIDE, source.name
        assert "datetime.now" not in _names(source), source.name


def test_only_settings_and_logs_look_at_the_environment() -> None:
    lookers = {s.name for s in MODULES if {"os.environ", "os.getenv"} & _names(s)}
    assert lookers == READ_ENVIRONMENT


def test_only_the_clock_tells_the_time() -> None:
    """Elsewhere it is injected; a pause between requests of one batch read is the exception."""
    names = ("time.time", "time.time_ns", "datetime.now", "datetime.datetime.now")
    tellers = {source.name for source in MODULES if _names(source) & set(names)}
    assert tellers == {"layers/core/chirrup/clock.py"}


def test_every_module_can_be_imported_without_environment_and_opens_nothing() -> None:
    names = sorted(
        ".".join(("chirrup", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in PACKAGE.rglob("*.py")
    )
    program = (
        "import importlib, socket\n"
        "def refuse(*_, **__): raise AssertionError('a socket was opened')\n"
        "socket.socket.connect = refuse\n"
        f"for name in {names}: importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "layers/core")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
