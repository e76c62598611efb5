"""Our side of forked.py: the SAM CLI without the time that it takes to start."""

import contextlib
import json
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.errors import LocalError, tail
from local.places import ROOT, Places, sam_program
from local.processes import end_group, wait_until
from local.sam_local.shell import Outcome

START_TIMEOUT_S = 60.0
PROGRAM = Path(__file__).with_name("forked.py")


@dataclass(frozen=True)
class Sam:
    """A SAM CLI that is running, and forks for each command."""

    address: Path

    def run(self, arguments: Sequence[str], *, timeout_s: float) -> Outcome:
        """Run `sam` with these arguments; it is killed when the time is up."""
        with tempfile.TemporaryDirectory(dir=self.address.parent) as name:
            out, err = Path(name, "out"), Path(name, "err")
            request = {"arguments": list(arguments), "out": str(out), "err": str(err)}
            code = self._ask(request, timeout_s)
            return Outcome(code, _text(out), _text(err))

    def _ask(self, request: Mapping[str, object], timeout_s: float) -> int:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(timeout_s)
            connection.connect(str(self.address))
            connection.sendall(json.dumps(request).encode() + b"\n")
            with connection.makefile(encoding="utf-8") as answers:
                pid = int(answers.readline())
                try:
                    # Nothing, where the fork was killed.
                    return int(answers.readline() or 1)
                except BaseException as error:
                    end_group(pid, signal.SIGKILL)
                    if isinstance(error, TimeoutError):
                        return 124
                    raise


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@contextlib.contextmanager
def forks(places: Places, environment: Mapping[str, str]) -> Iterator[Sam]:
    """Have it for the time of the block.

    Raises:
        LocalError: It does not start.
    """
    log = places / "sam.log"
    # Addresses of sockets are short: not in our own folder, which may lie deep.
    with tempfile.TemporaryDirectory(prefix="chirrup-") as folder, log.open("wb") as out:
        sam = Sam(Path(folder, "sam"))
        process = subprocess.Popen(
            # -P: modules of this folder have names that SAM means others by.
            [str(sam_program().with_name("python")), "-P", str(PROGRAM), str(sam.address)],
            env=dict(environment),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until(
                lambda: process.poll() is not None or sam.address.exists(),
                timeout_s=START_TIMEOUT_S,
            )
            if process.poll() is not None or not sam.address.exists():
                mend = (
                    f"see {log}; another version of SAM may need another local/sam_local/forked.py"
                )
                raise LocalError("The SAM CLI does not start.", details=tail(log), mend=mend)
            yield sam
        finally:
            end_group(process.pid, signal.SIGKILL)
            process.wait()
