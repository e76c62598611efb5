"""Mailings that are taken back."""

from functools import partial
from itertools import count

import pytest

from chirrup.domain.broadcasts import State
from tests.unit.dying import interrupted
from tests.unit.station import FAR, USERS, Station, with_users


@pytest.mark.slow
def test_interrupted_at_any_step_a_withdrawal_takes_back_all_and_no_more_is_delivered() -> None:
    for step in count(0, 11):
        station = with_users()
        made = station.say(to=USERS)
        mailings = station.broadcasting.mailings
        # Half delivered.
        interrupted(station, 100, partial(mailings.deliver, made.name, FAR))
        over = interrupted(station, step, partial(station.ends.withdraw, "news", made.name, FAR))
        assert station.ends.withdraw("news", made.name, FAR)
        assert mailings.deliver(made.name, FAR)
        shown = [station.notices(user_id) for user_id in USERS]
        assert all(entries[0].content == {} for entries in shown if entries)
        assert all(entries[0].recalled for entries in shown if entries)
        assert {len(entries) for entries in shown} == {0, 2}
        if over:
            assert step > 100
            return


def test_a_page_that_is_delivered_while_it_is_withdrawn_is_taken_back_or_never_comes() -> None:
    for at in ("before commit", "after commit"):
        station = with_users()
        made = station.say(to=USERS)
        nested = False

        def hook(step: str, station: Station = station, at: str = at, id_: str = made.name) -> None:
            nonlocal nested
            if step == at and not nested:
                nested = True
                station.ends.withdraw("news", id_, FAR)

        station.tables.hook = hook
        station.broadcasting.mailings.deliver(made.name, FAR)
        station.tables.hook = lambda _: None
        for user_id in USERS:
            assert all(one.recalled for one in station.notices(user_id) if one.countable)


def test_withdrawing_by_pages_stops_when_the_time_is_over_and_goes_on() -> None:
    station = with_users()
    made = station.say(to=USERS)
    station.broadcasting.mailings.deliver(made.name, FAR)
    assert not station.ends.withdraw("news", made.name, station.clock.now() - 1)
    assert station.ends.get("news", made.name).state is State.WITHDRAWN
    assert station.ends.withdraw("news", made.name, FAR)
    assert all(station.notices(user_id)[0].recalled for user_id in USERS)
