"""What stands between two users, as the tables have it."""

from collections.abc import Callable

from chirrup.domain.conversations import Member
from chirrup.domain.friends import Friend, FriendRequestIn, FriendRequestOut
from chirrup.domain.messages import Json
from chirrup.domain.quotas import Quota
from chirrup.domain.records import R
from tests.unit.making import CHAT
from tests.unit.world import World


def stored(world: World, kind: type[R]) -> dict[tuple[str, str], R]:
    """Records of a kind, by owner and name."""
    return {
        (owner, name): record
        for (_, owner, name), record in world.tables.records.items()
        if isinstance(record, kind)
    }


def asked(world: World) -> int:
    """How many halves of requests there are."""
    return len(stored(world, FriendRequestIn)) + len(stored(world, FriendRequestOut))


def member(world: World, user_id: str) -> Member:
    """Of alice's chat with bob."""
    return world.tables.members[CHAT, user_id]


def are_friends(world: World) -> bool:
    """Whether alice and bob are; all that says so says the same."""
    friends = stored(world, Friend).keys()
    assert friends in (set(), {("alice", "bob"), ("bob", "alice")})
    flags = [member(world, user_id).friends for user_id in ("alice", "bob")]
    assert flags == [bool(friends)] * 2
    assert sum(quota.friends for quota in stored(world, Quota).values()) == len(friends)
    return bool(friends)


def added(world: World) -> int:
    """How often it was said that they became friends."""
    entries = world.tables.entries.get(CHAT, {}).values()
    return sum(entry.type == "system.friend_added" for entry in entries)


def notices(world: World, user_id: str) -> list[tuple[str, Json]]:
    """What a user was told, by type and content."""
    told = world.tables.entries.get(f"u_{user_id}", {})
    return [(entry.type, entry.content) for _, entry in sorted(told.items())]


def once(world: World, step: str, act: Callable[[], object]) -> None:
    """Let another request go first, at the next step of this name."""

    def hook(name: str) -> None:
        if name == step:
            world.tables.hook = lambda _: None
            act()

    world.tables.hook = hook
