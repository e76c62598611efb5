"""Whether all that is stored of a group agrees, whatever has raced."""

from collections import Counter
from typing import Protocol

from chirrup.domain.conversations import Member
from chirrup.domain.groups import Ban, GroupProfile
from chirrup.domain.messages import Entry
from chirrup.domain.quotas import Quota
from chirrup.domain.rights import Role
from chirrup.domain.rosters import Roster, RosterChunk
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline

PAGE = 100


class Stored(Protocol):
    """Where groups are stored."""

    @property
    def timeline(self) -> Timeline:
        """Entries."""

    @property
    def conversations(self) -> Conversations:
        """Heads and members."""

    @property
    def records(self) -> Records:
        """All else."""


def check_group(stored: Stored, group_id: str) -> None:
    """Hold the items of a group against one another, and against what its entries tell."""
    head = stored.conversations.head(group_id)
    profile = stored.records.get(GroupProfile, group_id)
    assert head is not None
    assert head.group is not None
    assert profile is not None
    everybody = _members(stored, group_id)
    active = {user_id: one for user_id, one in everybody.items() if one.role}
    entries = _entries(stored, group_id)

    assert [entry.seq for entry in entries] == list(range(1, head.last_seq + 1))
    assert _told(entries) == active.keys()
    assert head.group.size == len(active)
    _check_roles(profile, active, dissolved=head.group.dissolved)
    _check_roster(stored, group_id, active)
    for user_id, member in everybody.items():
        assert member.acl == _last_concern(entries, user_id), user_id
        assert bool(member.role) != bool(member.left_seq), user_id
        _check_quota(stored, user_id)
    bans, _ = stored.records.page(Ban, group_id, None, PAGE)
    assert {ban.name for ban in bans} == {one for one, it in everybody.items() if it.banned}


def _members(stored: Stored, group_id: str) -> dict[str, Member]:
    found, after = stored.conversations.member_page(group_id, None, PAGE)
    while after is not None:
        more, after = stored.conversations.member_page(group_id, after, PAGE)
        found += more
    return {member.user_id: member for member in found}


def _entries(stored: Stored, group_id: str) -> list[Entry]:
    found: list[Entry] = []
    while more := stored.timeline.after(group_id, len(found), 200):
        found += more
    return found


def _told(entries: list[Entry]) -> set[str]:
    """Who is in, by what the entries say; each comes and goes in turn."""
    present: Counter[str] = Counter()
    for entry in entries:
        match entry.type:
            case "system.group_created" | "system.group_member_joined":
                present.update(entry.content["user_ids"])
            case "system.group_member_left" | "system.group_member_removed":
                present.subtract(entry.content["user_ids"])
        assert set(present.values()) <= {0, 1}, entry
    return {user_id for user_id, times in present.items() if times}


def _last_concern(entries: list[Entry], user_id: str) -> int:
    return max((one.seq for one in entries if one.governs and user_id in one.concerns), default=0)


def _check_roles(profile: GroupProfile, active: dict[str, Member], *, dissolved: bool) -> None:
    owners = [user_id for user_id, one in active.items() if one.role is Role.OWNER]
    assert owners == [profile.leader_id] or (dissolved and not owners)
    admins = {user_id for user_id, one in active.items() if one.role is Role.ADMIN}
    assert admins == set(profile.admin_ids)
    assert len(profile.admin_ids) == len(admins)


def _check_roster(stored: Stored, group_id: str, active: dict[str, Member]) -> None:
    chunks, after = stored.records.page(RosterChunk, group_id, None, PAGE)
    assert after is None
    roster = Roster.of(chunks)
    assert dict(roster.since) == {user_id: one.since for user_id, one in active.items()}
    assert roster.muted <= active.keys()


def _check_quota(stored: Stored, user_id: str) -> None:
    quota = stored.records.get(Quota, user_id)
    views, _ = stored.conversations.views(user_id, None, PAGE, "g_")
    assert quota is not None
    assert quota.groups == sum(member.role is not None for _, member, _ in views), user_id
