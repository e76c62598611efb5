"""What comes after a broadcast."""

from functools import partial
from itertools import count

from chirrup.domain.broadcasts import Broadcast, State
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageUpdated
from chirrup.service.broadcast_ends import Reach
from tests.unit.dying import interrupted
from tests.unit.making import refused
from tests.unit.station import EVERYONE, FAR, NEWS, Station
from tests.unit.world import ALICE, BOB, CAROL


def test_what_is_withdrawn_is_gone_from_every_read_and_the_devices_are_told() -> None:
    station = Station()
    station.subscribe(ALICE, BOB)
    made = station.say()
    station.say()
    assert station.ends.withdraw("news", made.name, FAR)
    assert station.texts(ALICE) == ["", "text 2"]
    event = station.dispatcher.events[-1]
    assert isinstance(event, MessageUpdated)
    assert (event.seq, event.entry.seq, event.entry.content) == (3, 1, {})
    assert event.entry.recalled is not None
    assert event.entry.recalled.by == NEWS
    assert station.told().members is not None
    now = station.ends.get("news", made.name)
    assert (now.state, now.withdrawn_at) == (State.WITHDRAWN, station.clock.now())
    assert station.synced(BOB)[NEWS].last_seq == 3


def test_the_list_shows_no_more_what_was_withdrawn() -> None:
    station = Station()
    station.subscribe(ALICE)
    made = station.say()
    station.ends.withdraw("news", made.name, FAR)
    preview = station.listed(ALICE)[NEWS].head.preview
    assert preview is not None
    assert (preview.excerpt, preview.recalled) == (None, True)


def test_withdrawing_twice_changes_nothing() -> None:
    station = Station()
    made = station.say()
    for _ in range(2):
        assert station.ends.withdraw("news", made.name, FAR)
    assert station.seqs(NEWS) == [1, 2]
    with refused(ErrorCode.NOT_FOUND):
        station.ends.withdraw("news", "b_none", FAR)


def test_whatever_a_crash_left_of_a_withdrawal_the_next_one_ends() -> None:
    for step in count():
        station = Station()
        station.subscribe(ALICE)
        id_ = station.material()
        made = station.say(material_id=id_)
        over = interrupted(station, step, partial(station.ends.withdraw, "news", made.name, FAR))
        assert station.ends.withdraw("news", made.name, FAR)
        assert [entry.content for entry in station.seen(ALICE)] == [{}, {"seq": 1}]
        assert station.ends.get("news", made.name).state is State.WITHDRAWN
        assert station.broadcasting.materials.get(id_).live == 0
        if over:
            assert step > 5
            return


def test_something_said_during_a_withdrawal_is_not_lost() -> None:
    station = Station()
    station.subscribe(ALICE)
    made = station.say()
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before change" and not nested:
            nested = True
            station.say()

    station.tables.hook = hook
    assert station.ends.withdraw("news", made.name, FAR)
    station.tables.hook = lambda _: None
    assert station.texts(ALICE) == ["", "text 2"]
    assert station.seqs(NEWS) == [1, 2, 3]


def test_who_has_read_is_counted_by_cursors_and_without_newcomers() -> None:
    station = Station()
    station.subscribe(ALICE, BOB)
    made = station.say()
    assert station.ends.reach("news", made.name) == Reach(2, 2, 0)
    station.messaging.receipts.read(ALICE, NEWS, 1)
    station.subscribe(CAROL)
    assert station.ends.reach("news", made.name) == Reach(2, 2, 1)
    later = station.say()
    assert station.ends.reach("news", later.name) == Reach(3, 3, 0)
    station.messaging.receipts.read(CAROL, NEWS, 2)
    assert station.ends.reach("news", later.name).read == 1
    assert station.ends.reach("news", made.name).read == 1


def test_of_a_channel_that_is_everybodys_only_those_are_counted_who_have_read() -> None:
    station = Station()
    made = station.say("all")
    assert station.ends.reach("all", made.name) == Reach(None, None, 0)
    station.messaging.receipts.read(ALICE, EVERYONE, 1)
    assert station.ends.reach("all", made.name) == Reach(None, None, 1)


def test_broadcasts_are_listed_in_pages() -> None:
    station = Station()
    made = {station.say().name for _ in range(5)}
    found: list[Broadcast] = []
    cursor: str | None = None
    while True:
        page, cursor = station.ends.list("news", cursor, 2)
        found += page
        if cursor is None:
            break
    assert [one.name for one in found] == sorted(made)
    with refused(ErrorCode.NOT_FOUND):
        station.ends.list("weather", None, 2)
