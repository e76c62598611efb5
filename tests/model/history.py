"""Plays one history from its beginning to its end."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chirrup.domain import audiences, last_of, recent
from chirrup.service import reading
from tests.model.actions import History
from tests.model.backends import Build
from tests.model.ending import check_ending, come_to_rest
from tests.model.playing import Player
from tests.model.requests import Requests
from tests.model.world import World

WIDTH = 4
"""Requests at once, at most."""

tally: dict[str, Counter[str]] = defaultdict(Counter)
"""What has been played, by backend."""


@contextmanager
def small_numbers() -> Iterator[None]:
    """Limits so low that short histories reach them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent, "FULL", 4)
        patch.setattr(recent, "KEPT", 2)
        patch.setattr(last_of, "KEPT", 2)
        patch.setattr(reading, "SYNC_MESSAGES", 4)
        patch.setattr(audiences, "PAGE", 1)
        yield


def play(history: History, build: Build) -> World:
    """Play a history and check everything.

    Raises:
        rules.Broken: Something does not hold.
    """
    world = World(history, build)
    requests = Requests(world)
    player = Player(world, requests)
    schedule = world.schedule
    waiting = history.actions[::-1]
    try:
        with schedule.closing():
            while waiting or schedule.tasks:
                choices = len(schedule.tasks) + bool(waiting and len(schedule.tasks) < WIDTH)
                at = world.tape.below(choices)
                if at < len(schedule.tasks):
                    schedule.turn(schedule.tasks[at])
                else:
                    player.play(waiting.pop())
                if history.mode != "local" and world.tape.chance(90):
                    world.network.work()
            come_to_rest(world, requests, resend_all=history.resend_all)
            check_ending(world)
    except Exception as error:
        error.add_note("What happened:\n" + "\n".join(schedule.trace))
        raise
    return world


def count(where: str, world: World) -> None:
    """Add a history to the tally."""
    schedule = world.schedule
    tally[where].update(histories=1, steps=len(schedule.trace), crashes=schedule.crashes)
