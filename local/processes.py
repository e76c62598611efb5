"""Running other programs so that none of them outlives us unasked."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType

from local.places import say

# After that long the one in front of the terminal is told where to look.
SLOW_S = 60.0
TIMED_OUT = 124


def end_group(pid: int, sign: signal.Signals = signal.SIGTERM) -> None:
    """Signal a process group of ours, if it is still there."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sign)


def run(
    command: list[str], *, env: Mapping[str, str], cwd: Path, log: Path, timeout_s: float
) -> int:
    """Run a program to its end, its words appended to `log`; ended with all its children if we are.

    Returns:
        The exit code; `TIMED_OUT` when the time was up.
    """
    with log.open("a", encoding="utf-8") as out:
        out.write(f"$ {' '.join(command)}\n")
        out.flush()
        process = subprocess.Popen(
            command,
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(min(SLOW_S, timeout_s))
            say(f"… still at it; {log} shows what it does")
            return process.wait(max(timeout_s - SLOW_S, 0))
        except subprocess.TimeoutExpired:
            return TIMED_OUT
        finally:
            if process.poll() is None:
                end_group(process.pid, signal.SIGKILL)
                process.wait()


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Make SIGTERM and SIGHUP raise KeyboardInterrupt as Ctrl-C does, so that we clean up."""

    def interrupt(_sign: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    # One that is ignored stays so: that is what nohup is for.
    ours = [s for s in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(s) != signal.SIG_IGN]
    before = {sign: signal.signal(sign, interrupt) for sign in ours}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def wait_until(condition: Callable[[], bool], *, timeout_s: float, every_s: float = 0.1) -> bool:
    """Ask until the answer is yes or the time is up; the last answer."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every_s)
    return True
