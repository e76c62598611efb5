"""One stack for all of these tests, and new people for each."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.carriers import Carriers
from tests.e2e.people import Person, World
from tests.e2e.stack import Stack, mode_of_running, running
from tests.e2e.transcript import Transcript
from tests.e2e.wire import Json

HERE = Path(__file__).parent
MODES: tuple[str, ...] = ("local", "redis", "rocketmq", "kafka", "rabbitmq")
EVERY_MODE = {
    "test_carriers",
    "test_catching_up",
    "test_channels",
    "test_changes",
    "test_concurrency",
    "test_connections",
    "test_devices",
    "test_friends",
    "test_group_joining",
    "test_group_talk",
    "test_groups",
    "test_personal",
    "test_presence",
    "test_recall",
    "test_retries",
    "test_rooms",
    "test_sending",
    "test_session_end",
    "test_typing",
    "test_unread",
}
"""Modules whose tests see pushes: they run in every send mode, the others in `local` alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs the stack."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test in its send modes."""
    if "send_mode" in metafunc.fixturenames:
        module = metafunc.module.__name__.rpartition(".")[2]
        modes = MODES if module in EVERY_MODE else MODES[:1]
        if module == "test_carriers":
            modes = MODES[1:]  # In `local` there is none.
        only = os.environ.get("CHIRRUP_E2E_MODE", mode_of_running())
        chosen = [mode for mode in modes if only in (None, mode)]
        metafunc.parametrize("send_mode", chosen, scope="session")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, send_mode: str) -> Iterator[Stack]:
    """The stack, with the functions' roles enforced."""
    with running(tmp_path_factory.getbasetemp() / f"e2e-{send_mode}", send_mode) as found:
        yield found


@pytest.fixture(scope="session")
def carriers(stack: Stack) -> Carriers:
    """What brings jobs to the fan-out; nothing in the mode `local`."""
    return Carriers(stack)


@pytest.fixture
def world(stack: Stack, carriers: Carriers) -> Iterator[World]:
    """People and sockets; afterwards all that was said is held against the documents."""
    transcript = Transcript()
    with ExitStack() as opened:
        yield World(stack, transcript, opened, carriers.settle)
    transcript.check()


@pytest.fixture
def alice(world: World) -> Person:
    """A user."""
    return world.person("alice")


@pytest.fixture
def bob(world: World) -> Person:
    """Another."""
    return world.person("bob")


@pytest.fixture
def carol(world: World) -> Person:
    """A third."""
    return world.person("carol")


@pytest.fixture(scope="session", autouse=True)
def early_ticket(stack: Stack) -> Json:
    """A ticket from before all tests, so that the one of old tickets hardly has to wait."""
    with ExitStack() as opened:
        return World(stack, Transcript(), opened).person("early").api.post("/v1/ws-tickets")
