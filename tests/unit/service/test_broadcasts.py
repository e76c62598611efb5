"""Broadcasts: said once, whatever comes between."""

from functools import partial
from itertools import count

import pytest

from chirrup.domain.broadcasts import State
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.service.broadcasts import NewBroadcast
from tests.unit.dying import interrupted
from tests.unit.making import refused
from tests.unit.station import EVERYONE, FAR, NEWS, Station
from tests.unit.world import ALICE, BOB


def test_a_broadcast_stands_in_the_channel_and_is_told_to_its_subscribers() -> None:
    station = Station()
    station.subscribe(ALICE, BOB)
    made = station.say()
    assert (made.state, made.seq, made.recipients, made.listed) == (State.SENT, 1, 2, False)
    (entry,) = station.seen(ALICE)
    assert (entry.type, entry.sender_id, entry.content) == ("text", NEWS, {"text": "text 1"})
    assert station.dispatcher.events[-1] == MessageCreated(entry)
    audience = station.told()
    assert not audience.everyone
    assert audience.members is not None
    assert (audience.members.conversation_id, audience.members.size) == (NEWS, 2)


def test_a_channel_that_is_everybodys_tells_everybody_who_is_online() -> None:
    station = Station()
    made = station.say("all")
    assert made.recipients is None
    audience = station.told()
    assert audience.everyone
    assert audience.size is None
    assert audience.members is not None
    assert audience.members.conversation_id == EVERYONE


def test_the_same_key_again_is_the_same_broadcast_and_is_told_again() -> None:
    station = Station()
    station.subscribe(ALICE)
    made = station.say(key="k")
    before = station.told()
    assert station.say(key="k", text="text 1") == station.ends.get("news", made.name)
    assert station.seqs(NEWS) == [1]
    assert station.told() == before
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT, broadcast_id=made.name):
        station.say(key="k", text="another")
    assert station.say("all", key="k").name != made.name


def test_a_broadcast_that_was_withdrawn_is_not_told_again() -> None:
    station = Station()
    made = station.say(key="k", text="t")
    station.ends.withdraw("news", made.name, FAR)
    assert station.events_of(lambda: station.say(key="k", text="t")) == []


def test_of_a_channel_that_is_not_there_nothing_is_said() -> None:
    with refused(ErrorCode.NOT_FOUND):
        Station().say("weather")


def test_whatever_a_crash_left_the_same_key_makes_one_broadcast_of() -> None:
    for step in count():
        station = Station()
        station.subscribe(ALICE)
        id_ = station.material()
        new = NewBroadcast("k", material_id=id_)
        over = interrupted(
            station, step, partial(station.broadcasting.broadcasts.create, "news", new)
        )
        station.broadcasting.broadcasts.create("news", new)
        assert station.seqs(NEWS) == [1]
        assert station.unread(ALICE) == {NEWS: 1}
        material = station.broadcasting.materials.get(id_)
        assert (material.uses, material.live) == (1, 1)
        assert isinstance(station.dispatcher.events[-1], MessageCreated)
        if over:
            assert step > 5
            return


def test_two_broadcasts_at_once_both_stand() -> None:
    station = Station()
    station.subscribe(ALICE)
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            station.say()

    station.tables.hook = hook
    station.say()
    station.tables.hook = lambda _: None
    assert station.seqs(NEWS) == [1, 2]
    assert station.unread(ALICE) == {NEWS: 2}


def test_a_dispatcher_that_fails_leaves_a_broadcast_that_is_told_with_the_next_attempt() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.dispatcher.unavailable = True
    with pytest.raises(ChirrupError):
        station.say(key="k", text="t")
    station.dispatcher.unavailable = False
    assert len(station.events_of(lambda: station.say(key="k", text="t"))) == 1
    assert station.seqs(NEWS) == [1]
