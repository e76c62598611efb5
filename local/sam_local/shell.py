"""Programs whose words we read."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.processes import end_group


@dataclass(frozen=True)
class Outcome:
    """How a program ended and what it said; code 127: it is not there, 124: it took too long."""

    code: int
    out: str
    err: str

    @property
    def ok(self) -> bool:
        """Whether it ended well."""
        return self.code == 0

    @property
    def said(self) -> str:
        """Its last words, for a message of ours."""
        lines = f"{self.out}\n{self.err}".strip().splitlines()
        return "\n".join(f"    {line}" for line in lines[-15:])


def call(
    command: Sequence[str | Path],
    *,
    timeout_s: float,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Outcome:
    """Run a program to its end; with all its children killed when the time is up or we are."""
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(os.environ if env is None else env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except FileNotFoundError:
        return Outcome(127, "", f"{command[0]}: not found")
    try:
        out, err = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        end_group(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Outcome(124, out, f"{err}\nkilled after {timeout_s:.0f} s")
    except BaseException:
        end_group(process.pid, signal.SIGKILL)
        process.wait()
        raise
    return Outcome(process.returncode, out, err)
