"""Who was in a group when, told by its timeline alone: what everything else is held against."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chirrup.domain.messages import Entry
from chirrup.domain.rights import Role

JOINED = {"system.group_created", "system.group_member_joined"}
GONE = {"system.group_member_left", "system.group_member_removed"}


@dataclass
class Rights:
    """Who may do what after some entries.

    Attributes:
        roles: Of those who are in.
        muted: Those who may not write.
    """

    roles: dict[str, Role] = field(default_factory=dict)
    muted: set[str] = field(default_factory=set)
    muted_all: bool = False
    dissolved: bool = False

    def may_write(self, user: str) -> bool:
        """Whether a message of the user may follow."""
        role = self.roles.get(user)
        silent = user in self.muted or (self.muted_all and role is Role.MEMBER)
        return role is not None and not silent and not self.dissolved

    def follow(self, entry: Entry) -> None:
        """What an entry changes."""
        users = entry.content.get("user_ids", ())
        match entry.type:
            case "system.group_created":
                self.roles = dict.fromkeys(users, Role.MEMBER) | {entry.sender_id: Role.OWNER}
            case "system.group_member_joined":
                self.roles |= dict.fromkeys(users, Role.MEMBER)
            case "system.group_member_left" | "system.group_member_removed":
                for user in users:
                    self.roles.pop(user, None)
                    self.muted.discard(user)
            case "system.group_member_muted":
                self.muted |= set(users)
            case "system.group_member_unmuted":
                self.muted -= set(users)
            case "system.group_admin_added":
                self.roles |= dict.fromkeys(users, Role.ADMIN)
            case "system.group_admin_removed":
                self.roles |= dict.fromkeys(users, Role.MEMBER)
            case "system.group_muted_all" | "system.group_unmuted_all":
                self.muted_all = entry.type == "system.group_muted_all"
            case "system.group_dissolved":
                self.dissolved = True


def replay(entries: Mapping[int, Entry]) -> Iterator[tuple[Entry, Rights]]:
    """Each entry of a group, ascending, with the rights that held before it."""
    rights = Rights()
    for _, entry in sorted(entries.items()):
        yield entry, rights
        rights.follow(entry)


def rights_after(entries: Mapping[int, Entry]) -> Rights:
    """The rights that hold at the end."""
    rights = Rights()
    for _, entry in sorted(entries.items()):
        rights.follow(entry)
    return rights


def stays(entries: Mapping[int, Entry], user: str, *, everything: bool) -> list[range]:
    """The parts of a group's timeline from a user's stays; see `visible`."""
    found: list[range] = []
    since = 0
    for seq, entry in sorted(entries.items()):
        here = user in entry.content.get("user_ids", ())
        if here and entry.type in JOINED:
            since = 1 if everything else seq
        elif here and entry.type in GONE:
            found.append(range(since, seq + 1))
            since = 0
    if since:
        found.append(range(since, max(entries, default=0) + 1))
    return found


def visible(entries: Mapping[int, Entry], user: str, *, everything: bool) -> frozenset[int]:
    """The seqs that a user may ever see: from each joining to the leaving, both included.

    Args:
        entries: The timeline.
        user: Whose.
        everything: Newcomers see what was before them, too.
    """
    return frozenset(seq for stay in stays(entries, user, everything=everything) for seq in stay)
