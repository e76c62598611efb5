"""One stack for all of these tests, and new people for each."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.people import Person, World
from tests.e2e.stack import Stack, running
from tests.e2e.transcript import Transcript
from tests.e2e.wire import Json

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs the stack."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The stack, with the functions' roles enforced."""
    with running(tmp_path_factory.getbasetemp() / "e2e-stack") as found:
        yield found


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """People and sockets; afterwards all that was said is held against the documents."""
    transcript = Transcript()
    with ExitStack() as opened:
        yield World(stack, transcript, opened)
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
