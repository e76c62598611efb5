"""Groups for tests: made by one commit, as every change of a group is."""

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import group_id
from chirrup.domain.messages import Entry
from chirrup.domain.rights import GroupState, Role
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Profile, Users
from chirrup.ports.records import MemberChange, Put
from chirrup.service.committing import Attempt, Committing
from tests.unit.world import World

GROUP = group_id("alice", "book-club")


def make_group(world: World, admins: tuple[str, ...] = (), members: tuple[str, ...] = ()) -> str:
    """A group of alice's; its id. The entry that makes it has seq 1."""
    found_group(world.messaging.committing, world.users, admins, members)
    return GROUP


def found_group(
    committing: Committing,
    users: Users,
    admins: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
) -> None:
    """The same, wherever."""
    roles = {
        "alice": Role.OWNER,
        **dict.fromkeys(admins, Role.ADMIN),
        **dict.fromkeys(members, Role.MEMBER),
    }
    for user_id in roles:
        users.ensure(Profile(user_id, user_id.capitalize()))

    def build(attempt: Attempt) -> None:
        entry = govern(attempt, "created", *roles, size=len(roles))
        profile = GroupProfile(
            owner=GROUP,
            creator_id="alice",
            digest="",
            leader_id="alice",
            created_at=attempt.now,
            admin_ids=admins,
        )
        attempt.write(Put(profile))
        chunks: dict[str, dict[str, int]] = {}
        for user_id, role in roles.items():
            fields = {"role": role, "since": entry.seq, "acl": entry.seq}
            attempt.write(MemberChange(GROUP, user_id, fields, expected={"acl": 0}))
            chunks.setdefault(chunk_of(user_id), {})[user_id] = entry.seq
        for name, since in chunks.items():
            attempt.write(Put(RosterChunk(owner=GROUP, name=name, since=since)))

    committing.run(build)


def join(world: World, user_id: str) -> int:
    """Somebody comes in; the seq of the entry."""
    world.users.ensure(Profile(user_id, user_id.capitalize()))

    def build(attempt: Attempt) -> int:
        entry = govern(attempt, "member_joined", user_id)
        fields = {
            "role": Role.MEMBER,
            "since": entry.seq,
            "read_seq": entry.seq,
            "read_count": entry.count,
            "acl": entry.seq,
        }
        attempt.write(MemberChange(GROUP, user_id, fields))
        return entry.seq

    return world.messaging.committing.run(build)


def leave(world: World, user_id: str) -> int:
    """Somebody goes; the seq of the entry."""

    def build(attempt: Attempt) -> int:
        entry = govern(attempt, "member_left", user_id)
        fields = {
            "role": None,
            "left_seq": entry.seq,
            "left_count": entry.count,
            "acl": entry.seq,
        }
        attempt.write(MemberChange(GROUP, user_id, fields))
        return entry.seq

    return world.messaging.committing.run(build)


def change_member(world: World, user_id: str, **fields: object) -> None:
    """Something about a member changes, with the group's entry that says so."""

    def build(attempt: Attempt) -> None:
        entry = govern(attempt, "updated", user_id)
        attempt.write(MemberChange(GROUP, user_id, {**fields, "acl": entry.seq}))

    world.messaging.committing.run(build)


def stop(world: World, *, dissolved: bool = False, banned: bool = False) -> None:
    """The group is dissolved, or stopped by the platform."""

    def build(attempt: Attempt) -> None:
        govern(attempt, "dissolved", dissolved=dissolved, banned=banned)

    world.messaging.committing.run(build)


def govern(
    attempt: Attempt,
    what: str,
    *user_ids: str,
    size: int = 3,
    dissolved: bool = False,
    banned: bool = False,
) -> Entry:
    """The entry of a change of the group."""
    return attempt.grow(
        GROUP,
        "alice",
        f"system.group_{what}",
        {"user_ids": list(user_ids)},
        lambda head, entry: Audience(members=Members(GROUP, head.roster, entry.seq)),
        group=GroupState("Book club", size, dissolved=dissolved, banned=banned),
        new_roster=True,
    )
