"""The emulator's process: started bound to this machine, its state kept, stopped gracefully."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256

from local.emulator.orphaned import STAY
from local.errors import LocalError, tail
from local.places import HOST, REGION, ROOT, Places, complain, emulator_python
from local.processes import end_group, wait_until

START_TIMEOUT_S = 60.0
# Saving the state takes a few seconds; open sockets are given three.
STOP_TIMEOUT_S = 30.0


class PortTaken(LocalError):
    """The port that was free a moment ago is not."""


@dataclass(frozen=True)
class Run:
    """What run.json says of the emulator that runs."""

    pid: int
    port: int
    auth: bool
    ready: bool = False

    @property
    def endpoint(self) -> str:
        """The address of every emulated service."""
        return f"http://{HOST}:{self.port}"


def read_run(places: Places) -> Run | None:
    """The present or the last run, if there was one."""
    try:
        return Run(**json.loads(places.run_json.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_run(places: Places, run: Run) -> None:
    """Say what runs."""
    places.run_json.write_text(json.dumps(asdict(run)) + "\n", encoding="utf-8")


def environment(places: Places, *, port: int, auth: bool) -> dict[str, str]:
    """The emulator's whole environment, which functions inherit: nothing of ours may leak in."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "NO_PROXY": f"{HOST},localhost",
        "GATEWAY_PORT": str(port),
        "BIND_HOST": HOST,
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "MINISTACK_EDITION": mark(places),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AUTH": str(auth).lower(),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(places / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(places / "state" / "s3"),
        "TMPDIR": str(places / "tmp"),
        # Services with ports of their own.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "CHIRRUP_LAYERS_DIR": str(places / "layers"),
        "CHIRRUP_RUNTIME_DIR": str(places / "runtime"),
        "CHIRRUP_FUNCTION_LOG": str(places.function_log),
    }


class Engine:
    """The emulator as a child of this process."""

    def __init__(self, places: Places, run: Run, process: "subprocess.Popen[bytes]") -> None:
        self.places = places
        self.run = run
        self._process = process

    @classmethod
    def start(cls, places: Places, *, port: int, auth: bool, lock_handle: int) -> "Engine":
        """Start it and wait until it answers.

        Args:
            places: The files of the local stack.
            port: Where it shall listen.
            auth: Whether it enforces IAM.
            lock_handle: The lock of the state folder, which it inherits; the caller's stays open.

        Raises:
            PortTaken: Somebody else was faster on this port.
            LocalError: It ended or did not answer in time.
        """
        # MiniStack leaves the folders of its workers behind.
        shutil.rmtree(places / "tmp", ignore_errors=True)
        for name in ("state", "tmp"):
            (places / name).mkdir(exist_ok=True)
        places.function_log.write_text("", encoding="utf-8")
        with places.emulator_log.open("wb") as log:
            process = subprocess.Popen(
                [str(emulator_python()), "-m", "local.emulator"],
                cwd=ROOT,
                env=environment(places, port=port, auth=auth),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=[lock_handle],
            )
        engine = cls(places, Run(process.pid, port, auth), process)
        try:
            write_run(places, engine.run)
            engine._wait_until_healthy()
        except BaseException:
            engine.stop()
            raise
        return engine

    def _wait_until_healthy(self) -> None:
        def answers() -> bool:
            return healthy(self.run.endpoint, self.places)

        wait_until(lambda: not self.alive or answers(), timeout_s=START_TIMEOUT_S)
        if self.alive and answers():
            return
        if "already in use" in self.places.emulator_log.read_text(errors="replace"):
            raise PortTaken(f"Port {self.run.port} is taken.", mend="start again")
        how = "did not answer in time" if self.alive else "ended at once"
        raise LocalError(
            f"The emulator {how}.",
            details=tail(self.places.emulator_log),
            mend=f"see {self.places.emulator_log}; `make clean` makes its environment anew",
        )

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    @property
    def exit_code(self) -> int:
        """How it ended: 0 after a graceful stop."""
        return 1 if self._process.wait() else 0

    def stay(self) -> None:
        """Leave it running after this process has ended."""
        if self._process.stdin is not None:
            self._process.stdin.write(STAY)
            self._process.stdin.close()

    def stop(self) -> None:
        """Have it write its state and end."""
        stop(self.places, self.run.pid, ended=lambda: not self.alive)
        # Workers end with the emulator's pipes; should one not, it ends here. The emulator was
        # not waited for yet, so the group's number is still ours.
        end_group(self.run.pid, signal.SIGKILL)
        self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def mark(places: Places) -> str:
    """What our emulator calls itself: the one on that port could be that of another folder."""
    return f"chirrup-{sha256(str(places.state_dir).encode()).hexdigest()[:16]}"


def healthy(endpoint: str, places: Places | None = None) -> bool:
    """Whether an emulator answers; with `places`, whether it is that of this state folder."""
    try:
        with urllib.request.urlopen(f"{endpoint}/_ministack/health", timeout=2) as answer:  # noqa: S310
            found = json.load(answer)["edition"]
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return places is None or bool(found == mark(places))


def stop(places: Places, pid: int, *, ended: Callable[[], bool]) -> bool:
    """End the emulator gracefully, so that it writes its state, or else by force.

    Returns:
        Whether it went gracefully.
    """
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    if wait_until(ended, timeout_s=STOP_TIMEOUT_S):
        return True
    end_group(pid, signal.SIGKILL)
    complain(f"The emulator had to be killed, its state was not written; see {places.emulator_log}")
    return False
