"""What the local run offers to people works on this stack too."""

import os
import re
import subprocess
import sys

import pytest

from tests.e2e.people import Person
from tests.e2e.stack import Stack


def _run(stack: Stack, module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", module, *arguments]
    where = ["--state-dir", str(stack.places.state_dir)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [*command, *where], capture_output=True, text=True, check=False, timeout=120, env=env
    )


def test_the_demo_shows_messages_receipts_a_recall_and_a_picture(stack: Stack) -> None:
    done = _run(stack, "local.demo", "--pause", "0")
    assert done.returncode == 0, done.stdout + done.stderr
    scenes = ("sends", "receives", "is typing", "read by alice", "recalled", "catches up")
    for scene in (*scenes, "uploads", "opens", "is refused", "forwards", "finds"):
        assert scene in done.stdout
    assert "Everything arrived." in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("kind", [[], ["--access"]], ids=["id", "access"])
def test_a_token_is_printed_that_opens_everything(
    stack: Stack, alice: Person, kind: list[str]
) -> None:
    done = _run(stack, "local.token", "carol", *kind)
    assert done.returncode == 0, done.stderr
    token = done.stdout.strip()
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token)
    assert alice.tried(token) == 200
    assert alice.open(token=token).ask("ping")["now"]


def test_nobody_gets_a_token_without_an_account(stack: Stack) -> None:
    done = _run(stack, "local.token", "mallory")
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no user 'mallory'" in done.stderr
