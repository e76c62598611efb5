"""`sam local invoke` and `sam local start-api` on the built template."""

import contextlib
import json
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.errors import LocalError, tail
from local.places import HOST, ROOT, Places, sam_program
from local.processes import end_group, wait_until
from local.sam_local.build import sam_environment
from local.sam_local.cloud import Cloud
from local.sam_local.forks import Sam
from local.sam_local.network import Network, free_port

INVOKE_TIMEOUT_S = 120.0
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 30.0


class InvocationFailed(Exception):
    """A function could not be run, raised, or took too long."""


@dataclass(frozen=True)
class SamLocal:
    """The stack, ready to be run function by function."""

    places: Places
    sam: Sam
    network: Network
    cloud: Cloud
    template: Path
    arch: str

    def _options(self) -> list[str]:
        return [
            *("--template", str(self.template), "--docker-network", self.network.name),
            *("--env-vars", str(self.places / "variables.json"), "--skip-pull-image"),
            *("--parameter-overrides", f"Architecture={self.arch}"),
        ]

    def invoke(self, logical_id: str, event: Mapping[str, Any]) -> dict[str, Any]:
        """What a function answers to an event.

        Raises:
            InvocationFailed: It raised, took too long, or SAM could not run it.
        """
        with tempfile.NamedTemporaryFile("w", suffix=".json", dir=self.places.state_dir) as file:
            json.dump(event, file)
            file.flush()
            outcome = self.sam.run(
                ["local", "invoke", logical_id, "--event", file.name, *self._options()],
                timeout_s=INVOKE_TIMEOUT_S,
            )
        answer = _last_json(outcome.out)
        if not outcome.ok or not isinstance(answer, dict) or "errorType" in answer:
            raise InvocationFailed(f"{logical_id}\n{outcome.out}\n{outcome.err}")
        return answer

    @contextlib.contextmanager
    def start_api(self) -> Iterator[str]:
        """The HTTP API, for the time of the block: its address.

        Raises:
            LocalError: It does not start.
        """
        port = free_port(HOST)
        log = self.places / "start-api.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [
                    *(str(sam_program()), "local", "start-api", "--host", HOST),
                    *("--port", str(port), "--warm-containers", "LAZY"),
                    *self._options(),
                ],
                env=sam_environment(self.arch),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            if not _listening(process, log):
                raise LocalError(
                    "`sam local start-api` does not start.", details=tail(log), mend=f"see {log}"
                )
            yield f"http://{HOST}:{port}"
        finally:
            _stop(process)


def _last_json(text: str) -> Any:
    # What a function prints comes before its answer.
    for line in reversed(text.strip().splitlines()):
        with contextlib.suppress(ValueError):
            return json.loads(line)
    return None


def _listening(process: "subprocess.Popen[bytes]", log: Path) -> bool:
    def settled() -> bool:
        return process.poll() is not None or b"Running on http" in log.read_bytes()

    return wait_until(settled, timeout_s=START_TIMEOUT_S) and process.poll() is None


def _stop(process: "subprocess.Popen[bytes]") -> None:
    # As by Ctrl-C: SAM then removes its containers.
    end_group(process.pid, signal.SIGINT)
    try:
        process.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        end_group(process.pid, signal.SIGKILL)
        process.wait()
