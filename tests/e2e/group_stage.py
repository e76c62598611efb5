"""Runs the table of rights: on few groups, and on new ones for what changes them."""

import json
from collections.abc import Callable, Mapping

from chirrup.domain.groups import GROUPS_A_DAY
from tests.e2e.group_asking import Request
from tests.e2e.group_requests import IN_THE_WAY, REQUESTS, RULES
from tests.e2e.group_rights import ACTIONS, COLUMNS, OUTSIDERS, Cell
from tests.e2e.group_scene import Scene, Someone, actor_of, world_of


class Stage:
    """All groups on which the table is tried, and their people."""

    def __init__(
        self, people: Mapping[str, Someone], stop: Callable[[str], object] | None = None
    ) -> None:
        """Use these.

        Args:
            people: All of `PEOPLE`.
            stop: Has the platform stop a group; None where nothing can.
        """
        self._people = people
        self._stop = stop
        self._made = 0
        self._shared: dict[tuple[str, str], tuple[Scene, dict[tuple[str, str], Request]]] = {}

    def check(self, cell: Cell) -> None:
        """Try one cell, and that outsiders are answered as if there were no such group."""
        alone = cell.code == "ok" and cell.action in IN_THE_WAY
        scene, request = self._new(cell) if alone else self._known(cell)
        scene.settle(cell.column)
        actor = scene.people[actor_of(cell.column)]
        code, said = request.ask(actor)
        assert code == cell.code, f"{cell}: {code} {said}"
        if cell.column in OUTSIDERS and cell.code != "ok":
            assert request.elsewhere(scene.id).ask(actor) == (code, said)

    def _new(self, cell: Cell) -> tuple[Scene, Request]:
        scene = self._scene(cell.action)
        return scene, REQUESTS[cell.action](scene, actor_of(cell.column))

    def _known(self, cell: Cell) -> tuple[Scene, Request]:
        """A group for all that does not change it; all requests are made while it is new."""
        rules, world = RULES.get(cell.action, {}), world_of(cell.column)
        key = (json.dumps(rules), world)
        if key not in self._shared:
            scene = self._scene(cell.action)
            self._shared[key] = (
                scene,
                {
                    (action, column): REQUESTS[action](scene, actor_of(column))
                    for action in ACTIONS
                    if RULES.get(action, {}) == rules
                    for column in COLUMNS
                    if world_of(column) == world
                },
            )
        scene, requests = self._shared[key]
        return scene, requests[cell.action, cell.column]

    def _scene(self, action: str) -> Scene:
        self._made += 1
        people = self._people
        if self._made > GROUPS_A_DAY:
            people = {**people, "owner": people["heir"]}
        return Scene(people, RULES.get(action, {}), self._stop)
