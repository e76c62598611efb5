"""One emulator per state folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from local import lock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_nobody_holds_a_lock_that_is_not_there(path: Path) -> None:
    assert not lock.held(path)


def test_a_second_one_does_not_get_it(path: Path) -> None:
    handle = lock.acquire(path)
    assert handle is not None
    assert lock.acquire(path) is None
    assert lock.held(path)
    os.close(handle)
    assert not lock.held(path)


def test_it_lives_as_long_as_the_process_that_inherits_it(path: Path) -> None:
    handle = lock.acquire(path)
    assert handle is not None
    child = subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[handle]
    )
    os.close(handle)
    assert lock.held(path)
    child.communicate(b"\n")
    assert not lock.held(path)
