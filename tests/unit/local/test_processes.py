"""Programs that we run do not outlive us."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from local.processes import TIMED_OUT, interruptible, run, wait_until

WITH_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
child.wait()
"""


def alive(pid: int) -> bool:
    # A zombie has no command line.
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def test_the_exit_code_and_the_words_of_a_program_are_kept(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = run(
        [sys.executable, "-c", "print('words'); raise SystemExit(3)"],
        env={},
        cwd=tmp_path,
        log=log,
        timeout_s=30,
    )
    assert code == 3
    assert log.read_text().endswith("words\n")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_program_that_takes_too_long_ends_with_its_children(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = run([sys.executable, "-c", WITH_CHILD], env={}, cwd=tmp_path, log=log, timeout_s=2)
    child = int(log.read_text().splitlines()[-1])
    assert code == TIMED_OUT
    assert wait_until(lambda: not alive(child), timeout_s=5)


def test_sigterm_interrupts_as_ctrl_c_does() -> None:
    with pytest.raises(KeyboardInterrupt), interruptible():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)


def test_an_ignored_hangup_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with interruptible():
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_waiting_ends_with_the_condition_or_with_the_time() -> None:
    assert wait_until(lambda: True, timeout_s=0)
    assert not wait_until(lambda: False, timeout_s=0.01, every_s=0.001)
