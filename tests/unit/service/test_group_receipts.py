"""Cursors, typing and settings in groups: who is told of what."""

from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.audiences import WHOLE, Audience, Members
from chirrup.domain.conversations import RECEIPTS_MAX, TYPING_MAX
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import ConversationUpdated, ReceiptRead, Typing
from chirrup.domain.rights import FOREVER
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.service.actor import Actor
from tests.unit.grouping import GROUP, add, change, govern, head_of, make, meanwhile, remove
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    """Entry 1 makes the group; 2-4 are of alice, carol and bob."""
    world = World()
    make(world, "bob", "carol", "dave")
    for actor in (ALICE, CAROL, BOB):
        world.send(actor, conversation_id=GROUP)
    return world


def told(world: World) -> tuple[object, Audience]:
    events, audience = world.dispatcher.dispatched[-1]
    return events[0], audience


def sized(world: World, size: int) -> None:
    group = head_of(world).group
    assert group is not None
    govern(world, size=size)


DAVE = Actor("dave", "dave-phone=")


def test_the_reader_and_those_whose_messages_were_read_are_told(world: World) -> None:
    read = world.messaging.receipts.read(DAVE, GROUP, 3)
    assert (read.read_seq, read.unread) == (3, 1)
    receipt = ReceiptRead(GROUP, "dave", 3)
    heard = Audience(("alice", "carol", "dave"), but_connection="dave-phone=")
    assert told(world) == (receipt, heard)
    world.messaging.receipts.read(DAVE, GROUP, 4)
    assert told(world)[1].user_ids == ("bob", "dave")


def test_in_large_groups_only_the_own_devices_are_told(world: World) -> None:
    sized(world, RECEIPTS_MAX + 1)
    world.messaging.receipts.read(DAVE, GROUP, 4)
    assert told(world)[1].user_ids == ("dave",)


def test_one_who_has_left_reads_up_to_there_and_tells_only_their_devices(world: World) -> None:
    remove(world, "dave")
    world.send(ALICE, conversation_id=GROUP)
    with refused(ErrorCode.INVALID_READ_SEQ, last_seq=5):
        world.messaging.receipts.read(DAVE, GROUP, 6)
    read = world.messaging.receipts.read(DAVE, GROUP, 5)
    assert (read.read_seq, read.unread) == (5, 0)
    assert told(world)[1].user_ids == ("dave",)


def test_who_joins_has_nothing_unread_and_tells_nobody_from_before(world: World) -> None:
    add(world, "eve")
    eve = Actor("eve", None)
    assert world.messaging.conversations.get(eve, GROUP).unread == 0
    world.send(BOB, conversation_id=GROUP)
    assert world.messaging.conversations.get(eve, GROUP).unread == 1
    world.messaging.receipts.read(eve, GROUP, 6)
    assert told(world)[1].user_ids == ("bob", "eve")


def test_who_is_blocked_or_blocks_tells_nobody_of_reading(world: World) -> None:
    blocks: tuple[dict[str, Any], ...] = ({"blocked_by_peer": True}, {"blocking_peer": True})
    for block in blocks:
        world.send(ALICE)
        bob = world.tables.members[CHAT, "bob"]
        world.tables.members[CHAT, "bob"] = replace(bob, **block)
        head = world.tables.head(CHAT)
        assert head is not None
        world.messaging.receipts.read(BOB, CHAT, head.last_seq)
        assert told(world)[1].user_ids == ("bob",)
        world.tables.members[CHAT, "bob"] = bob


def test_typing_is_told_to_the_others_in_the_group(world: World) -> None:
    world.messaging.conversations.typing(DAVE, GROUP)
    members = Members(GROUP, roster=1, seq=4)
    heard = Audience(but_connection="dave-phone=", but_user="dave", members=members)
    assert told(world) == (Typing(GROUP, "dave"), heard)


def test_typing_is_not_told_in_large_groups(world: World) -> None:
    sized(world, TYPING_MAX + 1)
    assert not world.events_of(lambda: world.messaging.conversations.typing(DAVE, GROUP))


def test_who_may_not_write_does_not_type(world: World) -> None:
    change(world, "dave", muted_until=FOREVER)
    with refused(ErrorCode.MEMBER_MUTED):
        world.messaging.conversations.typing(DAVE, GROUP)
    remove(world, "dave")
    govern(world, muted_all=True)
    for user_id, code in (
        ("dave", ErrorCode.NOT_MEMBER),
        ("eve", ErrorCode.NOT_MEMBER),
        ("bob", ErrorCode.GROUP_MUTED),
    ):
        with refused(code):
            world.messaging.conversations.typing(Actor(user_id, None), GROUP)


def muted(world: World, user_id: str) -> bool:
    chunk = world.records.get(RosterChunk, GROUP, chunk_of(user_id))
    return chunk is not None and user_id in chunk.muted


def test_a_mute_is_noted_in_the_roster_once(world: World) -> None:
    change_settings = world.messaging.conversations.change_settings
    change_settings(BOB, GROUP, {"muted": True})
    assert (muted(world, "bob"), head_of(world).roster) == (True, 2)
    assert told(world)[0] == ConversationUpdated(GROUP, {"muted": True})
    change_settings(BOB, GROUP, {"muted": True})
    assert head_of(world).roster == 2
    change_settings(BOB, GROUP, {"muted": False})
    assert (muted(world, "bob"), head_of(world).roster) == (False, 3)
    change_settings(BOB, GROUP, {"pinned": True})
    assert head_of(world).roster == 3


def test_a_mute_beside_another_change_of_the_roster_loses_neither(world: World) -> None:
    meanwhile(world, "before commit", lambda: remove(world, "dave"))
    world.messaging.conversations.change_settings(BOB, GROUP, {"muted": True})
    roster = world.rosters.roster(GROUP, 0, WHOLE)
    assert roster.muted == {"bob"}
    assert roster.since.keys() == {"alice", "bob", "carol"}


def test_one_who_has_left_mutes_for_themselves_alone(world: World) -> None:
    remove(world, "dave")
    roster = head_of(world).roster
    view = world.messaging.conversations.change_settings(DAVE, GROUP, {"muted": True})
    assert view.settings.muted
    assert (muted(world, "dave"), head_of(world).roster) == (False, roster)
