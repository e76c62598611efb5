"""A group and its people, for tests of what is done with groups."""

from dataclasses import replace
from typing import Any

from chirrup.domain.conversations import Head, Member
from chirrup.domain.friends import Friend
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import private_id
from chirrup.domain.messages import Entry
from chirrup.domain.quotas import Quota
from chirrup.domain.rights import GroupState, Role
from chirrup.ports import Profile
from chirrup.ports.records import MemberChange, Put
from chirrup.service.actor import Actor
from chirrup.service.groups import NewGroup, OwnGroup
from chirrup.service.sending import Sent
from tests.support.group_items import check_group
from tests.unit.world import ALICE, World

DORA = Actor("dora")
ERIN = Actor("erin")


class Club(World):
    """Alice's group with bob, an admin, and carol; dora and erin are not in it.

    Attributes:
        id: Of the group.
    """

    def __init__(self, *, friends_only: bool = False, members_max: int = 500) -> None:
        super().__init__(friends_only=friends_only, members_max=members_max)
        self.meet("dora", "erin")
        for other in ("bob", "carol"):
            self.let_know("alice", other)
        self.id = self.make("bob", "carol").head.conversation_id
        self.groups.leading.add_admin(ALICE, self.id, "bob")

    def meet(self, *user_ids: str) -> None:
        """Let users be known."""
        for user_id in user_ids:
            self.users.ensure(Profile(user_id, user_id.capitalize()))

    def make(self, *member_ids: str, actor: Actor = ALICE, **more: Any) -> OwnGroup:
        """Make a group."""
        given = {"client_id": "club", "name": "Book club", "member_ids": member_ids, **more}
        return self.groups.groups.create(actor, NewGroup(**given))

    def let_know(self, one: str, other: str) -> None:
        """Have two users be friends, without a word of it in any timeline."""
        self.records.commit(
            [
                Put(Friend(owner=mine, name=peer, since=1))
                for mine, peer in ((one, other), (other, one))
            ]
        )

    def block(self, blocker: str, other: str) -> None:
        """Have a user block another."""
        change = MemberChange(private_id(blocker, other), other, {"blocked_by_peer": True})
        self.records.commit([change])

    def change(self, **changes: Any) -> None:
        """Have alice change the group."""
        self.groups.groups.change(ALICE, self.id, changes)

    def ban_by_platform(self) -> None:
        """Have the platform stop the group."""
        versions = self.tables.heads[self.id]
        versions.append(replace(versions[-1], group=replace(self.state, banned=True)))

    def fill_quota(self, user_id: str, **counts: Any) -> None:
        """Have a user used up what a user may have."""
        quota = self.records.get(Quota, user_id) or Quota(owner=user_id)
        self.records.commit([Put(replace(quota, **counts))])

    def say(self, actor: Actor = ALICE) -> Sent:
        """Have somebody write in the group."""
        return self.send(actor, conversation_id=self.id)

    @property
    def head(self) -> Head:
        """Of the group."""
        head = self.tables.head(self.id)
        assert head is not None
        return head

    @property
    def state(self) -> GroupState:
        """Of the group."""
        assert self.head.group is not None
        return self.head.group

    @property
    def profile(self) -> GroupProfile:
        """Of the group."""
        profile = self.records.get(GroupProfile, self.id)
        assert profile is not None
        return profile

    def member(self, user_id: str) -> Member:
        """One who is or was in the group."""
        return self.tables.members[self.id, user_id]

    def role(self, user_id: str) -> Role | None:
        """What somebody is in the group."""
        found = self.tables.members.get((self.id, user_id))
        return found.role if found else None

    def entries(self, group_id: str | None = None) -> list[Entry]:
        """Of the group's timeline."""
        return [one for _, one in sorted(self.tables.entries[group_id or self.id].items())]

    def seen_by(self, actor: Actor) -> list[Entry]:
        """What somebody sees of the timeline."""
        page = self.messaging.reading.history(actor, self.id, budget=1_000_000)
        return [shown.entry for shown in page.entries]

    def last(self) -> Entry:
        """The entry at the end."""
        return self.entries()[-1]

    def notices(self, user_id: str) -> list[Entry]:
        """What somebody was told."""
        return [one for _, one in sorted(self.tables.entries.get(f"u_{user_id}", {}).items())]

    def check(self) -> None:
        """Hold the items of the group against each other."""
        check_group(self, self.id)
