"""Commits: built again with fresh reads until they fit, and told once."""

from collections.abc import Callable

import pytest

from chirrup.domain.audiences import Audience
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.messages import Entry
from chirrup.domain.quotas import Quota
from chirrup.ports.records import MemberChange, Put
from chirrup.service.appending import ROUNDS
from chirrup.service.committing import Attempt
from tests.unit.grouping import GROUP, govern, grow, head_of, make, meanwhile, member_of, remove
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, World


@pytest.fixture
def world() -> World:
    world = World()
    make(world, "bob")
    return world


def counting(world: World, seen: list[int]) -> Callable[[Attempt], int]:
    """Raises a quota; notes which one it read each time."""

    def build(attempt: Attempt) -> int:
        quota = world.records.get(Quota, "alice") or Quota(owner="alice")
        seen.append(quota.friends)
        attempt.write(Put(quota.with_friend()))
        return quota.friends + 1

    return build


def test_what_was_built_is_stored_and_its_result_given_back(world: World) -> None:
    assert world.messaging.committing.run(counting(world, [])) == 1
    assert world.records.get(Quota, "alice") == Quota(owner="alice", friends=1, version=1)


def test_a_conflict_is_built_again_from_what_stands_then(world: World) -> None:
    seen: list[int] = []
    other = counting(world, [])
    meanwhile(world, "before commit", lambda: world.messaging.committing.run(other))
    assert world.messaging.committing.run(counting(world, seen)) == 2
    assert seen == [0, 1]
    assert len(world.clock.pauses) == 1


def test_where_others_are_always_faster_it_is_given_up(world: World) -> None:
    def faster(step: str) -> None:
        if step == "before commit":
            quota = world.tables.records.get((Quota, "alice", ""), Quota(owner="alice"))
            changed = Quota(owner="alice", friends=9, version=quota.version + 1)
            world.tables.records[Quota, "alice", ""] = changed

    world.tables.hook = faster
    seen: list[int] = []
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1000):
        world.messaging.committing.run(counting(world, seen))
    assert len(seen) == ROUNDS
    assert len(world.clock.pauses) == ROUNDS


def test_what_is_refused_stores_nothing_and_is_not_tried_again(world: World) -> None:
    before = repr(world.tables)
    attempts: list[Attempt] = []

    def build(attempt: Attempt) -> None:
        attempts.append(attempt)
        attempt.write(Put(Quota(owner="alice")))
        raise ChirrupError(ErrorCode.GROUP_FULL)

    with refused(ErrorCode.GROUP_FULL):
        world.messaging.committing.run(build)
    assert len(attempts) == 1
    assert repr(world.tables) == before


def test_who_wants_nothing_stored_writes_nothing(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    assert world.messaging.committing.run(lambda attempt: attempt.now) == world.clock.time
    assert steps == []


def test_entries_are_told_once_they_are_stored_and_each_once(world: World) -> None:
    told = len(world.dispatcher.dispatched)
    meanwhile(world, "before commit", lambda: govern(world, slow_s=1))

    def build(attempt: Attempt) -> Entry:
        entry = grow(attempt, "bob")
        attempt.notify("carol", "alice", "notice.group_request_handled", {"ok": True})
        return entry

    entry = world.messaging.committing.run(build)
    first, *rest = world.dispatcher.dispatched[told:]
    assert first[0] == (MessageCreated(world.tables.entries[GROUP][2]),)
    notice = world.tables.entries["u_carol"][1]
    assert [events for events, _ in rest] == [(MessageCreated(entry),), (MessageCreated(notice),)]
    assert rest[1][1] == Audience(user_ids=("carol",))
    assert entry.seq == 3


def test_a_head_is_read_once_in_each_attempt(world: World) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append

    def build(attempt: Attempt) -> None:
        assert attempt.head(GROUP) is attempt.head(GROUP)
        grow(attempt)

    world.messaging.committing.run(build)
    assert steps.count("before get head") == 1


def test_a_timeline_that_does_not_exist_begins_with_its_entry(world: World) -> None:
    world.messaging.committing.run(
        lambda attempt: attempt.notify("bob", "alice", "notice.friend_request_received", {"x": 1})
    )
    head = world.tables.head("u_bob")
    assert head is not None
    assert (head.last_seq, head.count) == (1, 1)
    assert head.preview is not None
    assert head.preview.type == "notice.friend_request_received"
    assert head.group is None
    view = world.messaging.conversations.get(BOB, "u_bob")
    assert (view.unread, view.mentions) == (1, 0)


def test_changes_of_a_group_are_not_counted_and_show_in_no_preview(world: World) -> None:
    world.send(ALICE, conversation_id=GROUP)
    govern(world, slow_s=1)
    head = head_of(world)
    assert (head.last_seq, head.count) == (3, 1)
    assert head.preview is not None
    assert head.preview.seq == 2
    assert world.messaging.conversations.get(BOB, GROUP).unread == 1


def test_messages_that_stand_above_the_head_are_settled_and_passed(world: World) -> None:
    def crash(step: str) -> None:
        if step == "after append":
            raise SystemExit

    world.tables.hook = crash
    with pytest.raises(SystemExit):
        world.send(BOB, conversation_id=GROUP)
    world.tables.hook = lambda _: None
    entry = govern(world, slow_s=1)
    assert (entry.seq, entry.count) == (3, 1)
    assert member_of(world, "bob").read_seq == 2
    assert head_of(world).last_of.seq("bob") == 2
    assert head_of(world).preview is not None
    assert world.messaging.conversations.get(BOB, GROUP).unread == 0


def test_a_head_that_a_change_has_moved_on_meanwhile_is_read_again(world: World) -> None:
    """What was checked on it holds no more: the whole is built again."""
    sizes: list[int] = []

    def build(attempt: Attempt) -> None:
        head = attempt.head(GROUP)
        assert head is not None
        assert head.group is not None
        sizes.append(head.group.size)
        grow(attempt)

    meanwhile(world, "after get head", lambda: remove(world, "bob"))
    world.messaging.committing.run(build)
    assert sizes == [2, 1]
    assert head_of(world).last_seq == 3


def test_a_retry_does_not_build_on_a_head_with_a_change_above_it(world: World) -> None:
    world.tables.entries[GROUP][2] = Entry(
        GROUP, 2, "alice", "", "system.group_changed", {"user_ids": ["bob"]}, 0, 0
    )
    with refused(ErrorCode.RATE_LIMITED):
        world.messaging.committing.run(grow)
    assert head_of(world).last_seq == 1


def test_a_member_that_was_changed_otherwise_is_a_conflict(world: World) -> None:
    read: list[int] = []

    def build(attempt: Attempt) -> None:
        member = member_of(world, "bob")
        read.append(member.pair)
        pair = {"pair": member.pair + 1}
        attempt.write(MemberChange(GROUP, "bob", pair, {"pair": member.pair}))

    meanwhile(world, "before commit", lambda: world.messaging.committing.run(build))
    world.messaging.committing.run(build)
    assert read == [0, 0, 1]
    assert member_of(world, "bob").pair == 2
