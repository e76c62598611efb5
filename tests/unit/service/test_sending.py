"""Sending: once, in order, to those who may be written to."""

from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import parse_conversation_id
from chirrup.domain.messages import CONTENT_BYTES_MAX, Quote
from chirrup.domain.rates import BURST, PER_MINUTE
from chirrup.domain.recent import FULL
from chirrup.service import retrying
from chirrup.service.actor import Actor
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> World:
    return World()


def nothing_happened(world: World) -> bool:
    return not world.tables.entries.get(CHAT) and not world.dispatcher.dispatched


def test_messages_of_both_sides_stand_in_one_row(world: World) -> None:
    seqs = [world.send(actor).entry.seq for actor in (ALICE, BOB, BOB, ALICE)]
    assert seqs == [1, 2, 3, 4]
    assert [world.tables.entries[CHAT][seq].count for seq in seqs] == [1, 2, 3, 4]


def test_a_message_is_stored_with_who_what_and_when(world: World) -> None:
    sent = world.send(ALICE, "hello", client_id="c-1")
    assert not sent.duplicate
    entry = world.tables.entries[CHAT][1]
    assert entry == sent.entry
    assert (entry.sender_id, entry.client_id, entry.type) == ("alice", "c-1", "text")
    assert (entry.content, entry.sent_at) == ({"text": "hello"}, world.clock.time)


def test_every_device_of_both_is_told_but_the_one_that_sent(world: World) -> None:
    sent = world.send(ALICE)
    assert world.dispatcher.dispatched == [
        ((MessageCreated(sent.entry),), Audience(("alice", "bob"), but_connection="alice-phone="))
    ]


def test_a_user_may_be_named_instead_of_the_conversation(world: World) -> None:
    assert world.send(BOB, conversation_id=None, to="alice").entry.conversation_id == CHAT


def test_sending_moves_the_own_cursor_and_the_head(world: World) -> None:
    world.send(ALICE)
    world.send(BOB, "the last one")
    head = world.tables.head(CHAT)
    assert head is not None
    assert (head.last_seq, head.count) == (2, 2)
    assert [head.last_of.seq(user_id) for user_id in ("alice", "bob")] == [1, 2]
    assert head.preview is not None
    assert (head.preview.seq, head.preview.excerpt) == (2, "the last one")
    assert world.tables.members[CHAT, "bob"].read_seq == 2
    assert world.tables.members[CHAT, "alice"].read_seq == 1


def test_a_retry_gets_the_first_message_back_and_is_told_again(world: World) -> None:
    first = world.send(ALICE, "hi", client_id="c-1")
    again = world.send(ALICE, "hi", client_id="c-1", attempt=2)
    assert again.duplicate
    assert again.entry == first.entry
    assert world.seqs() == [1]
    assert world.dispatcher.events == [MessageCreated(first.entry)] * 2


def test_another_payload_under_the_same_id_is_a_conflict(world: World) -> None:
    world.send(BOB)
    world.send(ALICE, "hi", client_id="c-1")
    changes: list[dict[str, Any]] = [
        {"words": "ho"},
        {"content": {"text": "hi", "mentions": ["bob"]}},
        {"type": "custom", "content": {"custom_type": "text", "data": {}}},
        {"quote_seq": 1},
    ]
    for change in changes:
        given = {"words": "hi", "client_id": "c-1"} | change
        with refused(ErrorCode.IDEMPOTENCY_CONFLICT, conversation_id=CHAT, seq=2):
            world.send(ALICE, **given)
    assert world.seqs() == [1, 2]
    assert len(world.dispatcher.dispatched) == 2


def test_the_same_id_of_another_sender_or_elsewhere_is_another_message(world: World) -> None:
    world.send(ALICE, "hi", client_id="c-1")
    assert not world.send(BOB, "hi", client_id="c-1").duplicate
    assert not world.send(ALICE, "hi", client_id="c-1", conversation_id="s_alice").duplicate


def test_a_retry_is_known_long_after_the_member_item_was_trimmed(world: World) -> None:
    world.send(ALICE, "hi", client_id="c-1")
    for _ in range(3 * FULL):
        world.send(ALICE)
    again = world.send(ALICE, "hi", client_id="c-1", attempt=2)
    assert again.duplicate
    assert again.entry.seq == 1


def test_a_retry_is_known_after_its_message_was_edited_or_recalled(world: World) -> None:
    world.send(ALICE, "hi", client_id="c-1")
    world.send(ALICE, "ho", client_id="c-2")
    world.messaging.changing.edit(ALICE, CHAT, 1, {"text": "hi!"})
    world.messaging.changing.recall(ALICE, CHAT, 2)
    edited = world.send(ALICE, "hi", client_id="c-1", attempt=2)
    assert edited.duplicate
    assert edited.entry.content == {"text": "hi!"}
    events = world.events_of(lambda: world.send(ALICE, "ho", client_id="c-2", attempt=2))
    (event,) = events
    assert isinstance(event, MessageCreated)
    assert event.entry.content == {}


def test_a_duplicate_charges_no_rate_and_needs_none(world: World) -> None:
    first = world.send(ALICE, "hi", client_id="c-1")
    for _ in range(BURST - 1):
        world.send(ALICE, unhurried=False)
    with refused(ErrorCode.RATE_LIMITED):
        world.send(ALICE, unhurried=False)
    for _ in range(BURST):
        again = world.send(ALICE, "hi", client_id="c-1", unhurried=False)
        assert (again.duplicate, again.entry.seq) == (True, first.entry.seq)


def test_twenty_go_at_once_and_no_more_and_each_conversation_counts_alone(world: World) -> None:
    for _ in range(BURST):
        world.send(ALICE, unhurried=False)
    with refused(ErrorCode.RATE_LIMITED):
        world.send(ALICE, unhurried=False)
    assert len(world.seqs()) == BURST
    assert world.send(BOB, unhurried=False)
    assert world.send(ALICE, conversation_id=None, to="carol", unhurried=False)


def test_a_hundred_and_twenty_go_in_a_minute(world: World) -> None:
    for _ in range(PER_MINUTE):
        world.clock.advance(200)
        world.send(ALICE, unhurried=False)
    with refused(ErrorCode.RATE_LIMITED):
        world.send(ALICE, unhurried=False)
    world.clock.advance(60_000)
    assert world.send(ALICE, unhurried=False).entry.seq == PER_MINUTE + 1


def test_notes_to_oneself_are_kept_and_told_to_the_own_devices(world: World) -> None:
    sent = world.send(ALICE, conversation_id="s_alice")
    assert sent.entry.seq == 1
    assert world.dispatcher.dispatched[-1][1].user_ids == ("alice",)


def test_a_message_to_oneself_by_name_is_refused(world: World) -> None:
    with refused(ErrorCode.CANNOT_TARGET_SELF):
        world.send(ALICE, conversation_id=None, to="alice")


@pytest.mark.parametrize("id_", ["p_bob~carol", "s_bob", "g_1", "c_News", "u_bob"])
def test_nobody_writes_where_they_do_not_belong(world: World, id_: str) -> None:
    with refused(ErrorCode.NOT_MEMBER):
        world.send(ALICE, conversation_id=id_)
    assert world.tables.entries == {}
    assert world.tables.members == {}


def test_nobody_writes_into_their_own_notices(world: World) -> None:
    with refused(ErrorCode.FORBIDDEN, reason="notices"):
        world.send(ALICE, conversation_id="u_alice")
    assert world.tables.entries == {}
    assert world.tables.members == {}


def test_an_unknown_user_cannot_be_written_to(world: World) -> None:
    with refused(ErrorCode.NOT_FOUND):
        world.send(ALICE, conversation_id=None, to="nobody")
    assert world.tables.members == {}


@pytest.mark.parametrize("id_", ["p_bob~alice", "p_alice", "x", "p_alice~alice"])
def test_a_malformed_id_is_refused(world: World, id_: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="conversation_id"):
        world.send(ALICE, conversation_id=id_)


def test_where_only_friends_may_write_strangers_may_not() -> None:
    world = World(friends_only=True)
    with refused(ErrorCode.NOT_FRIENDS):
        world.send(ALICE)
    assert nothing_happened(world)
    assert world.tables.members == {}
    assert world.send(ALICE, conversation_id="s_alice").entry.seq == 1


def test_where_only_friends_may_write_friends_may_until_they_are_none() -> None:
    world = World(friends_only=True)
    world.conversations.open(parse_conversation_id(CHAT), "alice")
    key = CHAT, "alice"
    world.tables.members[key] = replace(world.tables.members[key], friends=True)
    first = world.send(ALICE, "hi", client_id="c-1")
    world.tables.members[key] = replace(world.tables.members[key], friends=False)
    with refused(ErrorCode.NOT_FRIENDS):
        world.send(ALICE)
    # What was kept while they were friends is still acknowledged.
    assert world.send(ALICE, "hi", client_id="c-1").entry == first.entry


def test_members_may_be_named_and_others_not(world: World) -> None:
    for names in (["bob"], ["alice", "bob"], []):
        assert world.send(ALICE, content={"text": "hi", "mentions": names})
    with refused(ErrorCode.INVALID_REQUEST, field="content.mentions"):
        world.send(ALICE, content={"text": "hi", "mentions": ["bob", "carol"]})
    with refused(ErrorCode.ADMIN_REQUIRED):
        world.send(ALICE, content={"text": "hi", "mentions": ["all"]})
    assert world.seqs() == [1, 2, 3]


def test_content_takes_16_kb_and_no_more(world: World) -> None:
    room = CONTENT_BYTES_MAX - len('{"text":""}')
    assert world.send(ALICE, "x" * room)
    with refused(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX):
        world.send(ALICE, "x" * (room + 1))


def test_a_quote_holds_who_what_and_the_beginning(world: World) -> None:
    world.send(BOB, "ü" * 300)
    world.send(BOB, type="custom", content={"custom_type": "poll", "data": {}})
    assert world.send(ALICE, quote_seq=1).entry.quote == Quote(1, "bob", "text", "ü" * 200)
    assert world.send(ALICE, quote_seq=2).entry.quote == Quote(2, "bob", "custom", None)


def test_what_is_not_there_recalled_deleted_or_no_message_cannot_be_quoted(world: World) -> None:
    for _ in range(4):
        world.send(ALICE)
    changing, conversations = world.messaging.changing, world.messaging.conversations
    changing.recall(ALICE, CHAT, 1)
    change = changing.react(BOB, CHAT, 4, "👍", add=True).change_seq
    conversations.delete_message_for_me(BOB, CHAT, 2)
    for seq in (99, 1, change, 2):
        with refused(ErrorCode.INVALID_QUOTE):
            world.send(BOB, quote_seq=seq)
    assert world.send(ALICE, quote_seq=2)
    conversations.delete_for_me(BOB, CHAT)
    with refused(ErrorCode.INVALID_QUOTE):
        world.send(BOB, quote_seq=3)


def test_the_first_message_of_a_conversation_cannot_quote(world: World) -> None:
    with refused(ErrorCode.INVALID_QUOTE):
        world.send(ALICE, quote_seq=1)
    assert nothing_happened(world)


def test_a_retry_does_not_bring_back_the_excerpt_of_what_was_recalled(world: World) -> None:
    world.send(BOB, "secret")
    world.send(ALICE, "look", client_id="c-1", quote_seq=1)
    world.messaging.changing.recall(BOB, CHAT, 1)
    (event,) = world.events_of(lambda: world.send(ALICE, "look", client_id="c-1", quote_seq=1))
    assert isinstance(event, MessageCreated)
    assert event.entry.quote == Quote(1, "bob", "text", None)


def test_the_push_is_flagged_for_who_has_muted_the_chat(world: World) -> None:
    def flagged(actor: Actor) -> tuple[str, ...]:
        world.send(actor)
        return world.dispatcher.dispatched[-1][1].muted

    assert flagged(ALICE) == ()
    world.messaging.conversations.change_settings(BOB, CHAT, {"muted": True})
    assert (flagged(ALICE), flagged(BOB)) == (("bob",), ())
    world.messaging.conversations.change_settings(BOB, CHAT, {"muted": False})
    assert flagged(ALICE) == ()


def test_without_dispatch_there_is_no_ack_and_a_retry_finds_the_message(world: World) -> None:
    world.dispatcher.unavailable = True
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        world.send(ALICE, "hi", client_id="c-1")
    world.dispatcher.unavailable = False
    again = world.send(ALICE, "hi", client_id="c-1", attempt=2)
    assert (again.duplicate, again.entry.seq) == (True, 1)
    assert world.seqs() == [1]


def test_over_http_every_device_is_told(world: World) -> None:
    world.send(Actor("alice"))
    assert world.dispatcher.dispatched[-1][1].but_connection is None


def test_two_first_messages_at_once_open_one_conversation(world: World) -> None:
    sends: list[int] = []

    def meanwhile(step: str) -> None:
        if step == "before open" and not sends:
            sends.append(0)
            sends[0] = world.send(BOB).entry.seq

    world.tables.hook = meanwhile
    assert world.send(ALICE).entry.seq == 2
    assert sends == [1]
    assert world.seqs() == [1, 2]


def test_a_race_for_a_seq_leaves_both_messages_in_a_row(world: World) -> None:
    world.send(ALICE)
    begun: list[str] = []

    def meanwhile(step: str) -> None:
        if step == "before append" and not begun:
            begun.append(step)
            world.send(BOB)
            world.send(BOB)

    world.tables.hook = meanwhile
    assert world.send(ALICE).entry.seq == 4
    assert world.seqs() == [1, 2, 3, 4]
    head = world.tables.head(CHAT)
    assert head is not None
    assert (head.last_seq, head.count) == (4, 4)


def test_when_too_many_write_at_once_one_is_told_to_wait_and_nothing_is_stored(
    world: World,
) -> None:
    world.send(ALICE)
    inside: list[str] = []

    def meanwhile(step: str) -> None:
        # Whenever alice is about to put hers, bob has just taken the place.
        if step == "before append" and not inside:
            inside.append(step)
            world.send(BOB, unhurried=False)
            world.clock.advance(100)
            inside.clear()

    world.tables.hook = meanwhile
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1000):
        world.send(ALICE, client_id="c-late")
    entries = world.tables.entries[CHAT].values()
    assert "c-late" not in {entry.client_id for entry in entries}
    assert world.seqs() == list(range(1, len(entries) + 1))


def test_nothing_is_written_when_a_request_is_refused(world: World) -> None:
    before = repr(world.tables)
    requests: list[dict[str, Any]] = [
        {"conversation_id": "p_bob~carol"},
        {"conversation_id": None, "to": "alice"},
        {"conversation_id": None, "to": "nobody"},
        {"quote_seq": 1},
        {"words": "x" * 17_000},
        {"content": {"text": "hi", "mentions": ["all"]}},
        {"content": {"text": "\ud800"}},
    ]
    for request in requests:
        with pytest.raises(ChirrupError):
            world.send(ALICE, **request)
    assert repr(world.tables) == before


def test_an_outsider_is_refused_before_anything_is_read(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    with refused(ErrorCode.NOT_MEMBER):
        world.send(CAROL)
    assert steps == []


def test_only_a_marked_retry_may_be_too_old(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "HORIZON", 3)
    monkeypatch.setattr(retrying, "SHORT_HORIZON", 3)
    for _ in range(FULL + 1):
        world.send(ALICE)
        world.clock.advance(1_000)
    long_ago = "01AN4Z07BY79KA1307SR9X4MV3"
    with refused(ErrorCode.CONFLICT):
        world.send(ALICE, "from a slow clock", client_id=long_ago, attempt=2)
    assert not world.send(ALICE, "from a slow clock", client_id=long_ago).duplicate
