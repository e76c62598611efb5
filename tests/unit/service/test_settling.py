"""Settling: those whom a message names, then its sender, and nothing twice."""

from dataclasses import replace
from functools import partial

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Member
from chirrup.domain.events import MessageCreated
from chirrup.domain.messages import Entry
from chirrup.domain.recent import Recent
from chirrup.service.appending import settlement_of
from chirrup.service.committing import Committing
from chirrup.service.settling import MENTIONED, Settling
from tests.fakes.clock import NOON
from tests.unit.grouping import GROUP, make, meanwhile, remove
from tests.unit.making import CHAT, change, message, text
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    world = World()
    make(world, "bob", "carol")
    return world


def settling(world: World) -> Settling:
    notices = Committing(
        timeline=world.timeline,
        conversations=world.conversations,
        records=world.records,
        dispatcher=world.dispatcher,
        clock=world.clock,
    )
    return Settling(conversations=world.conversations, notices=notices, side_by_side=one_by_one)


def naming(*user_ids: str, seq: int = 2, sender_id: str = "alice") -> Entry:
    content = text("hi", mentions=list(user_ids))
    return message(seq, conversation_id=GROUP, sender_id=sender_id, content=content, count=seq - 1)


def mentioned(world: World, user_id: str) -> set[int]:
    _, _, settings = world.conversations.view(GROUP, user_id)
    return set(settings.mentioned)


def mute(world: World, user_id: str) -> None:
    world.conversations.change_settings(GROUP, user_id, {"muted": True}, NOON)


def notices(world: World, user_id: str) -> list[Entry]:
    return list(world.tables.entries.get(f"u_{user_id}", {}).values())


def settle(world: World, entry: Entry) -> None:
    settling(world).own(entry, world.tables.members[GROUP, entry.sender_id], None)


def test_messages_that_were_passed_are_settled_in_their_order() -> None:
    world = World()
    for user_id in ("alice", "bob"):
        world.tables.members[CHAT, user_id] = Member(CHAT, user_id)
    passed = (
        message(2, sender_id="bob"),
        message(3, sender_id="bob"),
        change(5, 1, count=4),
        message(6, sender_id="alice", client_id="mine", count=5),
    )
    settled: list[str] = []
    world.tables.hook = settled.append
    alice = world.tables.members[CHAT, "alice"]
    settling(world).passed(passed, alice)
    assert settled.count("after settle") == 3
    assert world.tables.members[CHAT, "bob"].read_seq == 3
    # What stands on the member already is not written again.
    mine = settlement_of(passed[-1]).record.encode()
    known = replace(alice, recent=Recent(frozenset({mine})))
    settling(world).passed(passed[-1:], known)
    assert settled.count("after settle") == 3


def test_a_message_that_names_nobody_costs_nothing_more(world: World) -> None:
    steps: list[str] = []
    member = world.tables.members[GROUP, "alice"]
    world.tables.hook = steps.append
    settling(world).own(message(2, conversation_id=GROUP), member, None)
    assert steps == ["before settle", "after settle"]


def test_who_is_named_is_noted_before_the_sender_is_settled(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    settle(world, naming("bob", "carol"))
    writes = [step for step in steps if step in ("after note mention", "after settle")]
    assert writes == ["after note mention", "after note mention", "after settle"]
    assert mentioned(world, "bob") == mentioned(world, "carol") == {2}
    assert mentioned(world, "alice") == set()


@pytest.mark.parametrize("step", ["before note mention", "after note mention", "before settle"])
def test_what_a_crash_interrupts_is_done_by_whoever_passes(world: World, step: str) -> None:
    def crash(seen: str) -> None:
        if seen == step:
            raise SystemExit

    world.tables.hook = crash
    with pytest.raises(SystemExit):
        settle(world, naming("bob", "carol"))
    world.tables.hook = lambda _: None
    assert world.tables.members[GROUP, "alice"].read_seq == 1
    settling(world).passed([naming("bob", "carol")], world.tables.members[GROUP, "bob"])
    assert mentioned(world, "bob") == mentioned(world, "carol") == {2}
    assert world.tables.members[GROUP, "alice"].read_seq == 2


@pytest.mark.parametrize("muted", [True, False])
def test_settling_again_changes_nothing(world: World, *, muted: bool) -> None:
    if muted:
        mute(world, "bob")
    entry = naming("bob", "carol")
    settle(world, entry)
    before, told = repr(world.tables), len(world.dispatcher.dispatched)
    for _ in range(2):
        settle(world, entry)
        settling(world).passed([entry], world.tables.members[GROUP, "alice"])
    assert repr(world.tables) == before
    assert len(world.dispatcher.dispatched) == told


def test_who_has_read_further_is_not_noted(world: World) -> None:
    bob = world.tables.members[GROUP, "bob"]
    world.tables.members[GROUP, "bob"] = replace(bob, read_seq=2)
    settle(world, naming("bob"))
    assert mentioned(world, "bob") == set()


def test_oneself_strangers_and_everybody_are_not_noted_by_name(world: World) -> None:
    settle(world, naming("alice", "eve"))
    settle(world, naming("all", "bob", seq=3))
    assert world.tables.settings == {}


def test_who_has_muted_the_group_gets_a_notice_without_the_text(world: World) -> None:
    mute(world, "bob")
    settle(world, naming("bob", "carol"))
    assert mentioned(world, "bob") == {2}
    [notice] = notices(world, "bob")
    assert (notice.type, notice.sender_id) == (MENTIONED, "alice")
    assert notice.content == {"conversation_id": GROUP, "seq": 2}
    assert notices(world, "carol") == []
    assert world.dispatcher.dispatched[-1] == (
        (MessageCreated(notice),),
        Audience(user_ids=("bob",)),
    )
    (view,) = world.messaging.reading.sync(BOB, {GROUP: 2}, None, budget=10**6)[0]
    assert (view.conversation.id, view.unread, view.last_seq) == ("u_bob", 1, 1)


def test_notices_follow_each_other(world: World) -> None:
    mute(world, "bob")
    for seq in (2, 3):
        settle(world, naming("bob", seq=seq))
    assert [(one.seq, one.count, one.content["seq"]) for one in notices(world, "bob")] == [
        (1, 1, 2),
        (2, 2, 3),
    ]
    assert world.messaging.conversations.get(BOB, "u_bob").unread == 2


def test_two_who_settle_the_same_make_one_notice(world: World) -> None:
    mute(world, "bob")
    again = partial(settling(world).passed, [naming("bob")])
    meanwhile(world, "before commit", again)
    settle(world, naming("bob"))
    assert len(notices(world, "bob")) == 1


def test_one_who_mutes_their_chat_with_somebody_gets_no_notice(world: World) -> None:
    world.send(BOB)
    world.conversations.change_settings(CHAT, "bob", {"muted": True}, NOON)
    world.send(ALICE, content=text("hi", mentions=["bob"]))
    assert notices(world, "bob") == []
    assert world.messaging.conversations.get(BOB, CHAT).mentions == 1


def test_who_has_left_gets_no_notice(world: World) -> None:
    mute(world, "bob")
    remove(world, "bob")
    settle(world, naming("bob", seq=3))
    assert notices(world, "bob") == []


def test_mentions_are_counted_until_they_are_read(world: World) -> None:
    def send(mentions: list[str]) -> None:
        world.send(ALICE, conversation_id=GROUP, content=text("hi", mentions=mentions))

    for mentions in (["bob"], ["all"], ["carol"], ["bob", "carol"]):
        send(mentions)
    get = world.messaging.conversations.get
    counts = [(get(actor, GROUP).unread, get(actor, GROUP).mentions) for actor in (BOB, CAROL)]
    assert counts == [(4, 3), (4, 3)]
    assert world.messaging.receipts.read(BOB, GROUP, 3).unread == 2
    assert get(BOB, GROUP).mentions == 1
    assert mentioned(world, "bob") == {5}
    world.messaging.receipts.read(BOB, GROUP, 5)
    assert (get(BOB, GROUP).mentions, mentioned(world, "bob")) == (0, set())
    assert get(ALICE, GROUP).mentions == 0
