"""Bring everything up, run tests/sam_local, take down what was started."""

import contextlib
import sys
import time
from collections.abc import Iterator

import pytest

from local.errors import LocalError
from local.needs import check_programs
from local.places import DEFAULT_STATE_DIR, ROOT, Places, complain, say
from local.processes import interruptible
from local.sam_local import image, stand_in
from local.sam_local.build import build, sam_environment
from local.sam_local.cloud import cloud, write_variables
from local.sam_local.docker import daemon
from local.sam_local.forks import forks
from local.sam_local.network import network
from local.sam_local.plugin import Plugin
from local.sam_local.sam import SamLocal

TESTS = ROOT / "tests" / "sam_local"
INTERRUPTED = 130


@contextlib.contextmanager
def step(name: str) -> Iterator[None]:
    """Say what was done, and how long it took."""
    start = time.monotonic()
    yield
    say(f"{name}: {time.monotonic() - start:.1f} s")


@contextlib.contextmanager
def running(places: Places) -> Iterator[SamLocal]:
    """Everything that the tests need."""
    check_programs()
    arch = image.architecture()
    with contextlib.ExitStack() as stack:
        with step("Docker"):
            stack.enter_context(daemon(places / "dockerd.log"))
        with step("Lambda image"):
            image.provide(places, arch)
        stack.callback(stand_in.tidy)
        with step("sam build"):
            built = build(places, arch)
        with step("Emulator"):
            bridge = stack.enter_context(network())
            aws = stack.enter_context(cloud(places, bridge, built.resources))
        write_variables(places, aws)
        sam = stack.enter_context(forks(places, sam_environment(arch)))
        template = built.write_copy({"AWS_ENDPOINT_URL": aws.inside})
        yield SamLocal(places, sam, bridge, aws, template, arch)


def main(arguments: list[str]) -> int:
    """Run it all; arguments go to pytest.

    Returns:
        The exit code: pytest's, 1 when the tests cannot be run.
    """
    places = Places(DEFAULT_STATE_DIR / "sam-local")
    places.state_dir.mkdir(parents=True, exist_ok=True)
    try:
        with interruptible(), running(places) as stack:
            return int(pytest.main([str(TESTS), "--tb=short", *arguments], plugins=[Plugin(stack)]))
    except LocalError as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
