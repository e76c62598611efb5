"""The order of a search: recent conversations first, then the others, each once."""

from chirrup.domain.places import RECENT_MAX, Place, parse_place
from chirrup.service.search_order import Step, steps_from


class Known:
    """Implements `ports.finding.Activity`: a list, the last active first."""

    def __init__(self, ids: list[str]) -> None:
        self.active = ids

    def ids(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`."""
        return sorted(self.active)

    def newest_first(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`."""
        return list(self.active)


def ids_of(steps: list[Step]) -> list[str]:
    return [step.conversation_id for step in steps]


def again(activity: Known, step: Step, below: int = 0) -> list[Step]:
    """The steps from a cursor that a client has brought back."""
    place = step.below(below) if below else step.place
    return steps_from(activity, "alice", parse_place(place.text()))


FEW = ["p_alice~zoe", "g_1", "p_alice~bob", "s_alice"]
MANY = [f"g_{number:03}" for number in range(RECENT_MAX + 20, 0, -1)]


def test_the_last_active_comes_first_and_notices_do_not_come() -> None:
    steps = steps_from(Known(["u_alice", *FEW]), "alice", None)
    assert ids_of(steps) == FEW
    assert all(step.place.below == 0 for step in steps)


def test_of_many_the_others_come_by_their_ids() -> None:
    steps = steps_from(Known(MANY), "alice", None)
    assert ids_of(steps) == MANY[:RECENT_MAX] + sorted(MANY[RECENT_MAX:])


def test_every_cursor_goes_on_with_just_the_rest() -> None:
    for ids in (FEW, MANY):
        steps = steps_from(Known(ids), "alice", None)
        for number, step in enumerate(steps):
            assert ids_of(again(Known(ids), step)) == ids_of(steps)[number:]


def test_every_cursor_inside_a_conversation_begins_there_and_only_there() -> None:
    for ids in (FEW, MANY):
        steps = steps_from(Known(ids), "alice", None)
        for number, step in enumerate(steps):
            rest = again(Known(ids), step, below=7)
            assert ids_of(rest) == ids_of(steps)[number:]
            assert [one.place.below for one in rest[:2]] == [7, 0][: len(rest)]
            # The next one's own cursor leaves this one behind.
            if len(rest) > 1:
                assert ids_of(again(Known(ids), rest[1])) == ids_of(steps)[number + 1 :]


def test_new_messages_move_no_conversation_past_the_search() -> None:
    steps = steps_from(Known(FEW), "alice", None)
    moved = Known([FEW[3], FEW[0], FEW[2], FEW[1]])
    assert ids_of(again(moved, steps[1])) == FEW[1:]
    many = steps_from(Known(MANY), "alice", None)
    turned = Known(MANY[::-1])
    for number in (5, RECENT_MAX, RECENT_MAX + 5):
        assert ids_of(again(turned, many[number])) == ids_of(many)[number:]


def test_a_conversation_that_has_begun_since_comes_among_the_others() -> None:
    steps = steps_from(Known(FEW), "alice", None)
    assert ids_of(again(Known(["g_0", *FEW]), steps[1])) == [*FEW[1:], "g_0"]


def test_a_conversation_that_is_gone_is_passed_over() -> None:
    steps = steps_from(Known(FEW), "alice", None)
    fewer = Known([FEW[0], FEW[1], FEW[3]])
    assert ids_of(again(fewer, steps[1])) == [FEW[1], FEW[3]]
    assert ids_of(again(fewer, steps[2], below=9)) == [FEW[3]]
    assert again(fewer, steps[2], below=9)[0].place.below == 0


def test_who_has_no_conversation_searches_none() -> None:
    assert steps_from(Known([]), "alice", None) == []
    assert steps_from(Known([]), "alice", Place(("x" * 8,), 1, "g_1")) == []
