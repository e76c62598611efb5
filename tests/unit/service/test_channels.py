"""Channels as users have them."""

import pytest

from chirrup.domain.channels import ChannelKind
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import ConversationUpdated, MessageCreated
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.service import channels as service
from chirrup.service.actor import Actor
from chirrup.service.senders import Draft
from tests.unit.making import refused
from tests.unit.station import DORA, EVERYONE, NEWS, Station
from tests.unit.world import ALICE, BOB, CAROL


def roster(station: Station, user_id: str) -> RosterChunk:
    found = station.records.get(RosterChunk, NEWS, chunk_of(user_id))
    assert found is not None
    return found


def test_channels_are_listed_by_code_with_what_the_user_has_of_them() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    station.say("all")
    station.messaging.conversations.change_settings(ALICE, NEWS, {"muted": True})
    found, next_ = station.channels.channels.list(ALICE, None, 10)
    assert [(one.channel.name, one.subscribed, one.muted, one.unread) for one in found] == [
        ("all", True, False, 1),
        ("news", True, True, 1),
    ]
    assert next_ is None
    (_, news) = station.channels.channels.list(BOB, None, 10)[0]
    assert (news.subscribed, news.unread) == (False, 0)


def test_pages_of_channels_hold_each_that_is_enabled_once() -> None:
    station = Station()
    for number in range(5):
        station.open(f"more_{number}", enabled=number != 2)
    names: list[str] = []
    cursor: str | None = None
    while True:
        page, cursor = station.channels.channels.list(ALICE, cursor, 2)
        names += [one.channel.name for one in page]
        if cursor is None:
            break
    assert names == ["all", "more_0", "more_1", "more_3", "more_4", "news"]


def test_a_newcomer_sees_all_that_was_said_and_has_nothing_unread() -> None:
    station = Station()
    station.say()
    station.subscribe(ALICE)
    assert station.texts(ALICE) == ["text 1"]
    assert station.unread(ALICE) == {NEWS: 0}
    station.say()
    assert station.unread(ALICE) == {NEWS: 1}
    assert station.texts(ALICE) == ["text 1", "text 2"]


def test_who_subscribes_before_anything_was_said_has_the_first_message_unread() -> None:
    station = Station()
    station.subscribe(ALICE)
    assert station.seen(ALICE) == []
    assert station.messaging.conversations.get(ALICE, NEWS).unread == 0
    assert station.listed(ALICE) == {}
    station.say()
    assert station.unread(ALICE) == {NEWS: 1}
    assert station.synced(ALICE)[NEWS].unread == 1


def test_subscribing_again_changes_nothing() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    assert station.events_of(lambda: station.subscribe(ALICE)) == []
    assert station.unread(ALICE) == {NEWS: 1}
    assert roster(station, "alice").version == 1


def test_subscribing_and_unsubscribing_are_told_to_the_users_devices() -> None:
    station = Station()
    assert station.events_of(lambda: station.subscribe(ALICE)) == [
        ConversationUpdated(NEWS, {"subscribed": True})
    ]
    assert station.events_of(lambda: station.channels.channels.unsubscribe(ALICE, "news")) == [
        ConversationUpdated(NEWS, {"subscribed": False})
    ]
    assert station.told().user_ids == ("alice",)


def test_who_has_unsubscribed_is_out_until_they_come_again() -> None:
    station = Station()
    station.subscribe(ALICE, BOB)
    station.say()
    station.channels.channels.unsubscribe(ALICE, "news")
    assert NEWS not in station.listed(ALICE)
    assert NEWS not in station.synced(ALICE)
    with refused(ErrorCode.NOT_MEMBER):
        station.seen(ALICE)
    assert "alice" not in roster(station, "alice").since
    station.channels.channels.unsubscribe(ALICE, "news")
    station.say()
    station.subscribe(ALICE)
    assert station.texts(ALICE) == ["text 1", "text 2"]
    assert station.unread(ALICE) == {NEWS: 0}
    assert station.unread(BOB) == {NEWS: 2}


def test_a_mute_outlives_a_pause() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.messaging.conversations.change_settings(ALICE, NEWS, {"muted": True})
    assert roster(station, "alice").muted == ("alice",)
    station.channels.channels.unsubscribe(ALICE, "news")
    assert roster(station, "alice").muted == ()
    station.subscribe(ALICE)
    assert roster(station, "alice").muted == ("alice",)
    station.messaging.conversations.change_settings(ALICE, NEWS, {"muted": False})
    assert roster(station, "alice").muted == ()


def test_a_channel_that_is_disabled_takes_nobody_and_is_read_by_those_who_are_in() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    station.close("news")
    with refused(ErrorCode.CHANNEL_DISABLED):
        station.subscribe(BOB)
    with refused(ErrorCode.CHANNEL_DISABLED):
        station.say()
    with refused(ErrorCode.NOT_FOUND):
        station.channels.channels.get(BOB, "news")
    assert [one.channel.name for one in station.channels.channels.list(ALICE, None, 9)[0]] == [
        "all"
    ]
    assert station.channels.channels.get(ALICE, "news").unread == 1
    assert station.texts(ALICE) == ["text 1"]
    station.subscribe(ALICE)
    station.channels.channels.unsubscribe(ALICE, "news")
    with refused(ErrorCode.NOT_MEMBER):
        station.seen(ALICE)


def test_a_channel_that_is_not_there_cannot_be_found_joined_or_left() -> None:
    channels = Station().channels.channels
    for act in (channels.get, channels.subscribe, channels.unsubscribe):
        with refused(ErrorCode.NOT_FOUND):
            act(ALICE, "weather")


def test_nobody_leaves_a_channel_that_is_everybodys() -> None:
    station = Station()
    with refused(ErrorCode.FORBIDDEN, reason="everyone"):
        station.channels.channels.unsubscribe(ALICE, "all")
    assert station.channels.channels.subscribe(ALICE, "all").subscribed


def test_a_channel_takes_no_more_than_its_roster_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CHUNK_MAX", 1)
    station = Station()
    other = next(f"u{n}" for n in range(999) if chunk_of(f"u{n}") == chunk_of("alice"))
    station.subscribe(ALICE, station.meet("zoe"))
    with refused(ErrorCode.CONFLICT, reason="too_many_subscribers"):
        station.subscribe(station.meet(other))


@pytest.mark.parametrize("subscribed", [True, False])
def test_only_the_server_writes_in_a_channel(*, subscribed: bool) -> None:
    station = Station()
    station.say()
    if subscribed:
        station.subscribe(ALICE)
    changing, rooms = station.messaging.changing, station.rooms
    draft = Draft("c-1", "text", {"text": "hi"}, conversation_id=NEWS)
    for act in (
        lambda: station.messaging.sending.send(ALICE, draft),
        lambda: changing.edit(ALICE, NEWS, 1, {"text": "no"}),
        lambda: changing.recall(ALICE, NEWS, 1),
        lambda: changing.react(ALICE, NEWS, 1, "+", add=True),
        lambda: changing.react(ALICE, NEWS, 1, "+", add=False),
        lambda: rooms.members.list(ALICE, NEWS, None, 10),
    ):
        with refused(ErrorCode.FORBIDDEN, reason="channel"):
            act()
    assert station.seqs(NEWS) == [1]


def test_a_subscriber_does_not_pin_or_say_that_they_are_typing() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    for act in (
        lambda: station.rooms.pins.pin(ALICE, NEWS, 1),
        lambda: station.messaging.conversations.typing(ALICE, NEWS),
    ):
        with refused(ErrorCode.FORBIDDEN, reason="channel"):
            act()


def test_a_channel_is_read_muted_pinned_and_archived_as_any_conversation() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    station.say()
    assert station.messaging.receipts.read(ALICE, NEWS, 1).unread == 1
    with refused(ErrorCode.INVALID_READ_SEQ):
        station.messaging.receipts.read(ALICE, NEWS, 3)
    view = station.messaging.conversations.change_settings(
        ALICE, NEWS, {"pinned": True, "archived": True}
    )
    assert (view.settings.pinned, view.settings.archived, view.unread) == (True, True, 1)
    station.messaging.conversations.delete_for_me(ALICE, NEWS)
    assert station.seen(ALICE) == []
    station.say()
    assert station.texts(ALICE) == ["text 3"]


def test_who_has_read_a_channel_is_nobodys_business() -> None:
    station = Station()
    station.subscribe(ALICE, BOB)
    station.say()
    station.messaging.receipts.read(BOB, NEWS, 1)
    assert station.told().user_ids == ("bob",)
    with refused(ErrorCode.FORBIDDEN):
        station.rooms.readership.of(ALICE, NEWS, 1, read=True, after=None, limit=10)


def test_a_message_of_a_channel_is_forwarded_by_those_who_see_it() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    place = {"conversation_id": NEWS, "seq": 1}
    sent = station.send(ALICE, type="forward", content=place).entry
    assert (sent.type, sent.content) == ("text", {"text": "text 1"})
    assert sent.forwarded is not None
    assert (sent.forwarded.conversation_id, sent.forwarded.sender_id) == (NEWS, NEWS)
    with refused(ErrorCode.NOT_FOUND, field="content.seq"):
        station.send(BOB, type="forward", content=place)


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
    for look in (
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
    ):
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


def test_a_subscriber_who_comes_while_something_is_said_has_it_unread_or_read_but_never_lost() -> (
    None
):
    station = Station()
    station.say()
    steps = 0

    def hook(step: str) -> None:
        nonlocal steps
        if step == "before commit" and steps == 0:
            steps += 1
            station.say()

    station.tables.hook = hook
    station.subscribe(ALICE)
    station.tables.hook = lambda _: None
    assert station.unread(ALICE) == {NEWS: 1}
    station.say()
    assert station.unread(ALICE) == {NEWS: 2}


def test_two_devices_that_subscribe_at_once_make_one_row() -> None:
    station = Station()
    nested = False

    def hook(step: str) -> None:
        nonlocal nested
        if step == "before commit" and not nested:
            nested = True
            station.subscribe(Actor("alice", "tablet="))

    station.tables.hook = hook
    station.subscribe(ALICE)
    station.tables.hook = lambda _: None
    assert roster(station, "alice").since == {"alice": 1}
    assert station.tables.by_user["alice"] == [NEWS]


def test_a_broadcast_writes_nothing_for_each_listener() -> None:
    for listeners in (1, 40):
        station = Station()
        station.subscribe(*(station.meet(f"u{number}") for number in range(listeners)))
        steps: list[str] = []
        station.tables.hook = steps.append
        station.say()
        assert steps.count("before commit") == 1
        created = [one for one in station.dispatcher.events if isinstance(one, MessageCreated)]
        assert len(created) == 1
        members = station.told().members
        assert members is not None
        assert (members.size, members.roster) == (listeners, 1)


def test_a_kind_is_told_as_it_was_made() -> None:
    station = Station()
    assert station.channels.channels.get(ALICE, "all").channel.kind is ChannelKind.EVERYONE
