"""Groups made directly by commits, as the use cases of groups make them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chirrup.domain.conversations import Head, Member, Span
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import group_id, parse_conversation_id
from chirrup.domain.messages import Entry
from chirrup.domain.rights import GroupState, Role
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports.records import MemberChange, Put
from chirrup.service.access import audience_of
from chirrup.service.committing import Attempt
from tests.unit.world import World

GROUP = group_id("alice", "c1")


def meanwhile(world: World, step: str, act: Callable[[], object]) -> None:
    """Have something done at the first time of a step, such as `before append`."""

    def hook(seen: str) -> None:
        if seen == step:
            world.tables.hook = lambda _: None
            act()

    world.tables.hook = hook


def grow(attempt: Attempt, *user_ids: str, by: str = "alice", **more: Any) -> Entry:
    """An entry that governs these users."""
    conversation = parse_conversation_id(GROUP)

    def told(head: Head, entry: Entry) -> Any:
        return audience_of(conversation, head, entry.seq)

    content = {"user_ids": list(user_ids)}
    return attempt.grow(GROUP, by, "system.group_changed", content, told, **more)


def make(world: World, *members: str, admins: tuple[str, ...] = ()) -> None:
    """A group of alice's with these members and admins; its making is entry 1."""
    roles = {"alice": Role.OWNER}
    roles |= dict.fromkeys(admins, Role.ADMIN) | dict.fromkeys(members, Role.MEMBER)

    def build(attempt: Attempt) -> None:
        state = GroupState("Book club", len(roles))
        entry = grow(attempt, *roles, group=state, new_roster=True)
        profile = GroupProfile(
            owner=GROUP, creator_id="alice", digest="d", leader_id="alice", created_at=attempt.now
        )
        attempt.write(Put(replace(profile, admin_ids=admins)))
        chunks: dict[str, dict[str, int]] = {}
        for user_id, role in roles.items():
            changes = {"role": role, "since": entry.seq, "acl": entry.seq, "read_seq": entry.seq}
            attempt.write(MemberChange(GROUP, user_id, changes, {"acl": 0}))
            chunks.setdefault(chunk_of(user_id), {})[user_id] = entry.seq
        for name, since in chunks.items():
            attempt.write(Put(RosterChunk(owner=GROUP, name=name, since=since)))

    world.messaging.committing.run(build)


def change(world: World, user_id: str, **changes: Any) -> Entry:
    """An entry that gives a member these fields."""

    def build(attempt: Attempt) -> Entry:
        attempt.head(GROUP)
        acl = member_of(world, user_id).acl
        entry = grow(attempt, user_id)
        given = {**changes, "acl": entry.seq}
        attempt.write(MemberChange(GROUP, user_id, given, {"acl": acl}))
        return entry

    return world.messaging.committing.run(build)


def govern(world: World, **changes: Any) -> Entry:
    """An entry that gives the group these rules."""

    def build(attempt: Attempt) -> Entry:
        head = attempt.head(GROUP)
        assert head is not None
        assert head.group is not None
        return grow(attempt, group=replace(head.group, **changes))

    return world.messaging.committing.run(build)


def remove(world: World, user_id: str) -> Entry:
    """An entry with which a member is out."""

    def build(attempt: Attempt) -> Entry:
        entry = _moved(world, attempt, user_id, -1)
        changes = {
            "role": None,
            "left_seq": entry.seq,
            "left_count": entry.count,
            "left_alls": entry.alls,
            "muted_until": None,
            "acl": entry.seq,
        }
        acl = member_of(world, user_id).acl
        attempt.write(MemberChange(GROUP, user_id, changes, {"acl": acl}))
        chunk = _chunk(world, user_id)
        since = {user: seq for user, seq in chunk.since.items() if user != user_id}
        muted = tuple(user for user in chunk.muted if user != user_id)
        attempt.write(Put(replace(chunk, since=since, muted=muted)))
        return entry

    return world.messaging.committing.run(build)


def add(world: World, user_id: str) -> Entry:
    """An entry with which a user is in, perhaps again; they see what comes from there on."""

    def build(attempt: Attempt) -> Entry:
        entry = _moved(world, attempt, user_id, +1)
        was = world.conversations.member(GROUP, user_id)
        changes: dict[str, Any] = {
            "role": Role.MEMBER,
            "since": entry.seq,
            "left_seq": None,
            "left_count": None,
            "left_alls": None,
            "read_seq": entry.seq,
            "read_count": entry.count,
            "read_alls": entry.alls,
            "acl": entry.seq,
        }
        if was:
            changes["stays"] = (*was.stays, Span(was.since, was.left_seq))
        attempt.write(MemberChange(GROUP, user_id, changes, {"acl": was.acl if was else 0}))
        chunk = _chunk(world, user_id)
        attempt.write(Put(replace(chunk, since={**chunk.since, user_id: entry.seq})))
        return entry

    return world.messaging.committing.run(build)


def member_of(world: World, user_id: str) -> Member:
    """A member as stored."""
    return world.tables.members[GROUP, user_id]


def head_of(world: World) -> Head:
    """The head as stored."""
    head = world.tables.head(GROUP)
    assert head is not None
    return head


def _moved(world: World, attempt: Attempt, user_id: str, by: int) -> Entry:
    head = attempt.head(GROUP)
    assert head is not None
    assert head.group is not None
    state = replace(head.group, size=head.group.size + by)
    return grow(attempt, user_id, group=state, new_roster=True)


def _chunk(world: World, user_id: str) -> RosterChunk:
    name = chunk_of(user_id)
    known = world.records.get(RosterChunk, GROUP, name)
    return known or RosterChunk(owner=GROUP, name=name)
