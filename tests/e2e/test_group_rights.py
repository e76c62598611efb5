"""Every cell of the table of rights in groups, through the public API."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cached_property

import pytest

from tests.e2e.client import Socket
from tests.e2e.group_rights import CELLS, STOPPED, Cell
from tests.e2e.group_scene import PEOPLE
from tests.e2e.group_stage import Stage
from tests.e2e.people import Person, World
from tests.e2e.stack import Stack
from tests.e2e.transcript import Transcript
from tests.e2e.wire import Json


class Real:
    """A user with an account."""

    def __init__(self, person: Person) -> None:
        self.id = person.id
        self._person = person

    @cached_property
    def _socket(self) -> Socket:
        return self._person.open()

    def http(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """See `Someone`."""
        text = None if body is None else json.dumps(body)
        return self._person.api.raw(method, path, text)

    def frame(self, action: str, data: Json) -> Json:
        """See `Someone`."""
        self._socket.send_frame("r-1", action, **data)
        return self._socket.answer(action)


@pytest.fixture(scope="module")
def stage(stack: Stack) -> Iterator[Stage]:
    """One set of people for the whole table; what they are told is documented."""
    transcript = Transcript()
    with ExitStack() as opened:
        world = World(stack, transcript, opened)
        yield Stage({name: Real(world.person(name)) for name in PEOPLE})
    transcript.check()


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.column not in STOPPED], ids=str)
def test_everybody_may_do_what_the_table_says_and_no_more(stage: Stage, cell: Cell) -> None:
    stage.check(cell)
