"""Channels as users have them."""

from collections.abc import Callable

import pytest

from chirrup.domain.channels import ChannelKind
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import ConversationUpdated
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.service import channels as service
from chirrup.service.senders import Draft
from tests.unit.making import refused
from tests.unit.station import NEWS, Station
from tests.unit.world import ALICE, BOB

Act = Callable[[], object]


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
    acts: list[Act] = [
        lambda: station.messaging.sending.send(ALICE, draft),
        lambda: changing.edit(ALICE, NEWS, 1, {"text": "no"}),
        lambda: changing.recall(ALICE, NEWS, 1),
        lambda: changing.react(ALICE, NEWS, 1, "+", add=True),
        lambda: changing.react(ALICE, NEWS, 1, "+", add=False),
        lambda: rooms.members.list(ALICE, NEWS, None, 10),
    ]
    for act in acts:
        with refused(ErrorCode.FORBIDDEN, reason="channel"):
            act()
    assert station.seqs(NEWS) == [1]


def test_a_subscriber_does_not_pin_or_say_that_they_are_typing() -> None:
    station = Station()
    station.subscribe(ALICE)
    station.say()
    acts: list[Act] = [
        lambda: station.rooms.pins.pin(ALICE, NEWS, 1),
        lambda: station.messaging.conversations.typing(ALICE, NEWS),
    ]
    for act in acts:
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


def test_a_kind_is_told_as_it_was_made() -> None:
    station = Station()
    assert station.channels.channels.get(ALICE, "all").channel.kind is ChannelKind.EVERYONE
