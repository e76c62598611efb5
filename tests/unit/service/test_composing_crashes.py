"""A function may die at any step of a message that refers to others, or be sent twice at once."""

from itertools import count
from typing import Any

import pytest

from chirrup.contracts.examples.contents import MEDIA, SENT
from chirrup.service.sending import Sent
from tests.unit.making import CHAT
from tests.unit.world import ALICE, BOB, World


class Died(Exception):
    """The function."""


def _world() -> World:
    """A place and a voice clip of bob's stand there, and a card can be given."""
    world = World()
    world.attaching.owners[MEDIA] = "alice"
    world.send(BOB, type="location", content=SENT["location"])
    world.send(type="voice", content=SENT["voice"])
    world.attaching.held.clear()
    return world


_PLACES = [{"conversation_id": CHAT, "seq": seq} for seq in (1, 2)]
MESSAGES: dict[str, Any] = {
    "voice": SENT["voice"],
    "card": SENT["card"],
    "forward": _PLACES[1],
    "merged": {"title": "Both", "items": _PLACES},
}


def _send(world: World, type_: str, attempt: int = 1) -> Sent:
    return world.send(
        ALICE, type=type_, content=MESSAGES[type_], client_id="c-1", attempt=attempt, quote_seq=1
    )


def _die_at(world: World, step: int) -> None:
    steps = count()

    def hook(_: str) -> None:
        if next(steps) == step:
            raise Died

    world.tables.hook = hook


@pytest.mark.parametrize("type_", MESSAGES)
def test_whatever_a_crash_left_a_retry_finds_or_makes_the_one_message(type_: str) -> None:
    whole = _send(_world(), type_).entry
    survived = False
    for step in count():
        world = _world()
        _die_at(world, step)
        try:
            _send(world, type_)
            survived = True
        except Died:
            pass
        world.tables.hook = lambda _: None
        again = _send(world, type_, attempt=2).entry
        assert world.seqs() == [1, 2, 3]
        assert (again.type, again.content, again.quote) == (whole.type, whole.content, whole.quote)
        assert world.tables.entries[CHAT][3].client_id == "c-1"
        assert world.dispatcher.events[-1].entry.seq == 3  # type: ignore[union-attr]
        if type_ != "card":
            assert (MEDIA, CHAT, 3) in world.attaching.held
        if survived:
            assert step > 10, "every step was a place to die at"
            break
