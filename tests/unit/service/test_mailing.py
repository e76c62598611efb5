"""Mailings: everybody gets a notice, and nobody two."""

from functools import partial
from itertools import count

import pytest

from chirrup.domain.mailings import Delivered
from chirrup.service.broadcast_ends import Reach
from chirrup.service.broadcasts import NOTICE
from tests.unit.dying import interrupted
from tests.unit.station import FAR, NEWS, USERS, Station, with_users
from tests.unit.world import ALICE, BOB


def test_users_by_name_get_a_notice_each_and_nobody_else_anything() -> None:
    station = Station()
    made = station.say(to=["alice", "bob", "alice", "nobody"])
    assert (made.listed, made.seq, made.recipients) == (True, 0, 3)
    for user_id in ("alice", "bob"):
        (notice,) = station.notices(user_id)
        assert (notice.type, notice.sender_id) == (NOTICE, NEWS)
        assert notice.content == {
            "channel_id": NEWS,
            "broadcast_id": made.name,
            "type": "text",
            "content": {"text": "text 1"},
        }
    assert station.notices("nobody") == []
    assert station.seqs(NEWS) == []
    assert station.unread(ALICE) == {"u_alice": 1}
    assert station.ends.reach("news", made.name) == Reach(3, 2, 0)
    station.messaging.receipts.read(BOB, "u_bob", 1)
    assert station.ends.reach("news", made.name).read == 1


def test_many_are_delivered_to_by_pages_until_the_time_is_over() -> None:
    station = with_users()
    made = station.say(to=USERS)
    assert station.notices("u000") == []
    deliver = station.broadcasting.mailings.deliver
    assert not deliver(made.name, station.clock.now() - 1)
    assert station.notices("u000") == []
    assert deliver(made.name, FAR)
    assert all(len(station.notices(user_id)) == 1 for user_id in USERS)
    assert deliver(made.name, 0)


def test_a_mailing_that_is_not_there_has_nothing_left_to_deliver() -> None:
    assert Station().broadcasting.mailings.deliver("b_none", FAR)


@pytest.mark.slow
def test_interrupted_at_any_step_a_mailing_reaches_everybody_once() -> None:
    for step in count(0, 7):
        station = with_users()
        made = station.say(to=USERS)
        mailings = station.broadcasting.mailings
        over = interrupted(station, step, partial(mailings.deliver, made.name, FAR))
        assert mailings.deliver(made.name, FAR)
        assert all(len(station.notices(user_id)) == 1 for user_id in USERS), step
        if over:
            assert step > 100
            return


def test_two_functions_that_deliver_at_once_deliver_once() -> None:
    station = with_users()
    made = station.say(to=USERS)
    mailings = station.broadcasting.mailings
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            mailings.deliver(made.name, FAR)

    station.tables.hook = hook
    mailings.deliver(made.name, FAR)
    station.tables.hook = lambda _: None
    assert all(len(station.notices(user_id)) == 1 for user_id in USERS)


def test_the_longest_list_is_stored_in_one_commit_and_no_item_is_too_large() -> None:
    station = Station()
    users = [f"{number:05d}{'x' * 59}" for number in range(10_000)]
    steps: list[str] = []
    station.tables.hook = steps.append
    made = station.say(to=users)
    station.tables.hook = lambda _: None
    assert steps.count("before commit") == 1
    assert made.recipients == 10_000
    assert [page for page in station.tables.records if page[0] is Delivered] == []
