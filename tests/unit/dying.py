"""Functions that die at a step of what they do."""

from collections.abc import Callable
from itertools import count

from tests.unit.world import World


class Died(Exception):
    """The function."""


def interrupted(world: World, step: int, act: Callable[[], object]) -> bool:
    """Whether an act came to its end although the function was to die at a step of it."""
    steps = count()

    def hook(_: str) -> None:
        if next(steps) == step:
            raise Died

    world.tables.hook = hook
    try:
        act()
    except Died:
        return False
    finally:
        world.tables.hook = lambda _: None
    return True
