"""The table of rights in groups, over both transports, on fakes."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from chirrup.ports import Profile
from chirrup.service.actor import Actor
from chirrup.transport.ws.actions import ACTIONS as FRAMES
from chirrup.transport.ws.frames import answer
from tests.e2e.group_requests import IN_THE_WAY, REQUESTS, RULES
from tests.e2e.group_rights import ACTIONS, CELLS, COLUMNS, Cell
from tests.e2e.group_scene import PEOPLE
from tests.e2e.group_stage import Stage
from tests.e2e.wire import Json
from tests.unit.transport.http.asking import Client
from tests.unit.world import World

OF_GROUPS = {"sendMessage", "editMessage", "recallMessage", "addReaction", "readConversation"}
OF_GROUPS |= {"typing", "history", "sync", "removeReaction"}


class Fake:
    """A user in a world of fakes."""

    def __init__(self, world: World, user_id: str) -> None:
        world.users.ensure(Profile(user_id, user_id.capitalize()))
        self.id = user_id
        self._world = world
        self._client = Client(world, user_id)

    def http(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """See `Someone`."""
        self._world.clock.advance(1_000)
        bare, _, query = path.partition("?")
        found = self._client.ask(method, bare, body, dict(parse_qsl(query)) or None)
        return found.status, "" if found.body is None else json.dumps(found.body)

    def frame(self, action: str, data: Json) -> Json:
        """See `Someone`."""
        self._world.clock.advance(1_000)
        sent = json.dumps({"action": action, "data": data})
        found: Json = json.loads(answer(self._world.messaging, Actor(self.id, "phone="), sent))
        return found


@pytest.fixture(scope="module")
def stage() -> Stage:
    """One world for the whole table."""
    world = World()

    def stop(group_id: str) -> None:
        versions = world.tables.heads[group_id]
        state: Any = versions[-1].group
        versions.append(replace(versions[-1], group=replace(state, banned=True)))

    return Stage({name: Fake(world, name) for name in PEOPLE}, stop)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_everybody_may_do_what_the_table_says_and_no_more(stage: Stage, cell: Cell) -> None:
    stage.check(cell)


def test_every_row_has_its_request() -> None:
    assert set(ACTIONS) == REQUESTS.keys()
    assert set(ACTIONS) >= RULES.keys() | IN_THE_WAY
    assert len(CELLS) == len(ACTIONS) * len(COLUMNS)


def test_every_frame_has_a_row_or_is_about_nothing() -> None:
    assert set(FRAMES) == OF_GROUPS | {"ping"}
