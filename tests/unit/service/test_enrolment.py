"""Rows of users in channels that are everybody's."""

from collections.abc import Callable

from chirrup.domain.errors import ErrorCode
from chirrup.domain.rosters import RosterChunk, chunk_of
from tests.unit.making import refused
from tests.unit.station import DORA, EVERYONE, Station
from tests.unit.world import ALICE, BOB, CAROL

Look = Callable[[Station], object]


def test_everybody_is_in_a_channel_that_is_everybodys_from_the_beginning_of_their_account() -> None:
    station = Station()
    station.say("all")
    station.say("all")
    station.meet("dora")
    station.say("all")
    assert station.tables.members == {}
    assert station.unread(ALICE) == {EVERYONE: 3}
    assert station.unread(DORA) == {EVERYONE: 1}
    assert station.synced(BOB)[EVERYONE].unread == 3
    assert station.texts(DORA, EVERYONE) == ["text 1", "text 2", "text 3"]


def test_the_row_of_a_channel_that_is_everybodys_is_made_by_whatever_comes_first() -> None:
    looks: list[Look] = [
        lambda station: station.seen(CAROL, EVERYONE),
        lambda station: station.messaging.receipts.read(CAROL, EVERYONE, 1),
        lambda station: station.messaging.conversations.get(CAROL, EVERYONE),
        lambda station: station.messaging.conversations.change_settings(
            CAROL, EVERYONE, {"muted": True}
        ),
        lambda station: station.channels.channels.get(CAROL, "all"),
        lambda station: station.channels.channels.list(CAROL, None, 9),
        lambda station: station.synced(CAROL),
        lambda station: station.send(
            CAROL,
            type="forward",
            content={"conversation_id": EVERYONE, "seq": 1},
            conversation_id="s_carol",
        ),
    ]
    for look in looks:
        station = Station()
        station.say("all")
        station.say("all")
        look(station)
        assert (EVERYONE, "carol") in station.tables.members
        station.say("all")
        read = station.tables.members[EVERYONE, "carol"].read_seq
        assert station.unread(CAROL)[EVERYONE] == 3 - read


def test_one_who_has_never_been_seen_and_no_channel_make_no_row() -> None:
    station = Station()
    station.say("all")
    with refused(ErrorCode.NOT_MEMBER):
        station.seen(ALICE, "c_weather")
    station.close("all")
    with refused(ErrorCode.NOT_MEMBER):
        station.seen(ALICE, EVERYONE)
    assert station.tables.members == {}


def test_who_mutes_a_channel_that_is_everybodys_stands_in_its_roster() -> None:
    station = Station()
    station.messaging.conversations.change_settings(ALICE, EVERYONE, {"muted": True})
    found = station.records.get(RosterChunk, EVERYONE, chunk_of("alice"))
    assert found is not None
    assert (found.muted, found.since) == (("alice",), {})
