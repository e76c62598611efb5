"""Pins: the newest on top, each once."""

from chirrup.domain.pins import Pins
from tests.fakes.clock import NOON

PINS = Pins(owner="g_1", pins=((4, "bob", NOON + 1), (2, "alice", NOON)), version=7)


def test_what_is_pinned_comes_on_top() -> None:
    more = PINS.with_pin(9, "alice", NOON + 2)
    assert more.seqs == (9, 4, 2)
    assert more.pins[0] == (9, "alice", NOON + 2)
    assert (more.owner, more.version) == ("g_1", 7)


def test_what_is_pinned_again_moves_to_the_top() -> None:
    assert PINS.with_pin(2, "bob", NOON + 5).pins == ((2, "bob", NOON + 5), (4, "bob", NOON + 1))


def test_what_is_unpinned_is_gone_and_the_rest_stays() -> None:
    assert PINS.without(4).seqs == (2,)
    assert PINS.without(3) == PINS
    assert PINS.without(4).without(2).pins == ()
