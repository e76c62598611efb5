"""The Docker daemon: the one that answers, else one of our own for the time of the run."""

import contextlib
import functools
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from local.errors import LocalError, tail
from local.places import say
from local.processes import end_group, wait_until
from local.sam_local.shell import Outcome, call

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 30.0
INSTALL = "install Docker (on Debian, as root: apt-get install docker.io debootstrap)"


def docker(*arguments: str, timeout_s: float = 60.0) -> Outcome:
    """Run the Docker client."""
    return call(["docker", *arguments], timeout_s=timeout_s)


def answers() -> bool:
    """Whether a daemon answers; the client alone ends well without one."""
    outcome = docker("version", "--format", "{{.Server.Version}}", timeout_s=10)
    return outcome.ok and bool(outcome.out.strip())


@functools.cache
def host_address() -> str:
    """Where the client finds its daemon: SAM knows DOCKER_HOST, not the client's contexts."""
    if given := os.environ.get("DOCKER_HOST"):
        return given
    return docker("context", "inspect", "--format", "{{.Endpoints.docker.Host}}").out.strip()


@contextlib.contextmanager
def daemon(log: Path) -> Iterator[None]:
    """Have a daemon for the time of the block.

    Raises:
        LocalError: There is none and none can be started.
    """
    if answers():
        yield
        return
    if shutil.which("docker") is None:
        raise LocalError("There is no Docker here.", mend=INSTALL)
    program = shutil.which("dockerd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if os.environ.get("DOCKER_HOST") or program is None or os.geteuid() != 0:
        raise LocalError(
            "No Docker daemon answers.",
            details=docker("version", timeout_s=10).said,
            mend=f"start Docker and try again; if there is none, {INSTALL}",
        )
    with _own_daemon(program, log):
        yield


@contextlib.contextmanager
def _own_daemon(program: str, log: Path) -> Iterator[None]:
    say("No Docker daemon answers; starting one for the time of the tests.")
    with log.open("wb") as out:
        process = subprocess.Popen(
            [program],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for us: containers are removed before the daemon ends.
            start_new_session=True,
        )
    try:
        wait_until(lambda: process.poll() is not None or answers(), timeout_s=START_TIMEOUT_S)
        if process.poll() is not None or not answers():
            raise LocalError(
                "dockerd does not start here.",
                details=tail(log),
                mend=f"see {log}; where containers may not be run, this machine cannot test them",
            )
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            end_group(process.pid, signal.SIGKILL)
            process.wait()
