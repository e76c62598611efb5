"""What clients do, as Hypothesis draws it."""

from dataclasses import dataclass
from typing import NamedTuple

from hypothesis import strategies as st

MINUTE_MS = 60_000


class DeviceKind(NamedTuple):
    """A device, and how far its clock is ahead of the servers' (ms)."""

    user: str
    ahead_ms: int


class Action(NamedTuple):
    """Something that happens on a device.

    Attributes:
        kind: See `KINDS`.
        device: Which one; there are four, or six in a group.
        pick: Chooses among whatever there is to choose from.
        flag: Another choice.
    """

    kind: str
    device: int
    pick: int
    flag: int


@dataclass(frozen=True)
class History:
    """All that is decided beforehand.

    Attributes:
        clocks: How far each device's clock is ahead (ms).
        group: It plays in a group, with carol at the door.
        everything: Newcomers see what was before them.
        resend_all: Whatever was not acknowledged is sent again in the end.
        switch: How often requests change over, of 256.
        crash: How often they crash, of 256.
        tape: Decides the rest.
        mode: Send mode.
    """

    actions: list[Action]
    clocks: tuple[int, int, int, int]
    group: bool
    everything: bool
    resend_all: bool
    switch: int
    crash: int
    tape: bytes
    mode: str = "local"


MODES = ("local", "redis", "rocketmq", "kafka", "rabbitmq")

KINDS = {
    "send": 9,
    "resend": 5,
    "edit": 2,
    "recall": 3,
    "react": 2,
    "read": 3,
    "hide": 1,
    "clear": 1,
    "sync": 3,
    "history": 2,
    "show": 3,
    "deliver": 4,
    "lose": 1,
    "disconnect": 1,
    "wait": 1,
}
"""How often each is drawn, against the others."""

GROUP_KINDS = {
    "mention": 4,
    "join": 4,
    "add": 3,
    "leave": 3,
    "kick": 3,
    "mute": 2,
    "unmute": 2,
    "mute_all": 2,
    "promote": 1,
    "silence": 2,
    "dissolve": 1,
}
"""What happens in groups only."""

CLOCKS = (0, 0, -2_000, -60 * MINUTE_MS, 2_000, 9 * MINUTE_MS)
"""A clock may be 10 minutes ahead (see `sending.LATE_MS`), and behind as it likes."""

_rest = sorted(KINDS.keys() - {"send"})
_rest_of_group = sorted({*_rest, *GROUP_KINDS})
_few = st.frozensets(st.sampled_from(_rest), min_size=2, max_size=5)
_few_of_group = st.frozensets(st.sampled_from(_rest_of_group), min_size=3, max_size=7)
_small = st.integers(0, 15)
_device = st.integers(0, 5)


def _actions(kinds: frozenset[str]) -> st.SearchStrategy[Action]:
    weights = KINDS | GROUP_KINDS
    weighted = [kind for kind, weight in weights.items() if kind in kinds for _ in range(weight)]
    return st.builds(Action, st.sampled_from(weighted), _device, _small, _small)


@st.composite
def histories(
    draw: st.DrawFn,
    focus: frozenset[str] = frozenset(),
    *,
    group: bool = False,
    modes: tuple[str, ...] = MODES,
) -> History:
    """Histories of up to 36 actions, most of them long enough to get into trouble.

    Half of them make do with a few kinds of actions, which then meet more often.

    Args:
        draw: Hypothesis's own.
        focus: Only these kinds, and sending.
        group: It plays in a group.
        modes: Send modes to choose from.
    """
    least = draw(st.sampled_from((1, 4, 10, 20)))
    clock = st.sampled_from(CLOCKS)
    few, all_ = (_few_of_group, _rest_of_group) if group else (_few, _rest)
    kinds = focus or (draw(few) if draw(st.booleans()) else frozenset(all_))
    return History(
        actions=draw(st.lists(_actions(kinds | {"send"}), min_size=least, max_size=36)),
        clocks=draw(st.tuples(clock, clock, clock, clock)),
        group=group,
        everything=group and draw(st.booleans()),
        resend_all=draw(st.booleans()),
        switch=draw(st.sampled_from((0, 40, 120, 200))),
        crash=draw(st.sampled_from((0, 4, 12, 30))),
        tape=draw(st.binary(min_size=draw(st.sampled_from((0, 100, 700))), max_size=1000)),
        mode=draw(st.sampled_from(modes)),
    )
