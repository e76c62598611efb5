"""What is stored at one moment, whatever stores it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.ids import group_id
from chirrup.domain.messages import Entry
from chirrup.domain.rosters import Roster
from tests.model.membership import visible

CHAT = "p_alice~bob"
GROUP = group_id("alice", "model")
USERS = ("alice", "bob", "carol")


@dataclass(frozen=True)
class Room:
    """Where a history plays.

    Attributes:
        everything: In a group: newcomers see what was before them.
    """

    id: str = CHAT
    everything: bool = False

    @property
    def group(self) -> bool:
        """Whether it is a group."""
        return self.id == GROUP


@dataclass(frozen=True)
class State:
    """The conversation's items.

    Attributes:
        entries: By seq, ascending.
        as_sent: The same as they were first seen: before any change.
        roster: Of a group.
        notices: By user, the entries of their notices.
    """

    entries: Mapping[int, Entry] = field(default_factory=dict)
    head: Head | None = None
    members: Mapping[str, Member] = field(default_factory=dict)
    settings: Mapping[str, Settings] = field(default_factory=dict)
    room: Room = field(default_factory=Room)
    as_sent: Mapping[int, Entry] = field(default_factory=dict)
    roster: Roster | None = None
    notices: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def last_seq(self) -> int:
        """The highest seq."""
        return max(self.entries, default=0)

    @property
    def head_seq(self) -> int:
        """Where the head stands."""
        return self.head.last_seq if self.head else 0

    def settings_of(self, user: str) -> Settings:
        """A user's settings."""
        return self.settings.get(user, Settings())

    def cleared(self, user: str) -> int:
        """Up to where the user has deleted the conversation."""
        return self.members[user].cleared_seq if user in self.members else 0

    def visible(self, user: str) -> frozenset[int]:
        """The seqs that a user may see, those they have deleted for themselves among them."""
        if not self.room.group:
            return frozenset(self.entries) if user != "carol" else frozenset()
        return visible(self.entries, user, everything=self.room.everything)

    def sees(self, user: str) -> list[int]:
        """The seqs that reads give to a user, ascending."""
        return sorted(seq for seq in self.visible(user) if seq > self.cleared(user))

    def others(self, user: str, read_seq: int, last_seq: int) -> list[int]:
        """Messages of others in a part of the timeline that the user sees."""
        hidden, visible_ = self.settings_of(user).hidden, self.visible(user)
        return [
            seq
            for seq, entry in self.entries.items()
            if read_seq < seq <= last_seq
            and entry.countable
            and entry.sender_id != user
            and seq in visible_
            and seq not in hidden
        ]

    def unread(self, user: str, read_seq: int, last_seq: int) -> int:
        """How many messages of others that is, counted one by one."""
        return len(self.others(user, read_seq, last_seq))

    def mentions(self, user: str, read_seq: int, last_seq: int) -> int:
        """How many of them mention the user, as they were sent."""
        named = (self.as_sent[seq].content for seq in self.others(user, read_seq, last_seq))
        return sum(bool({user, "all"} & set(content.get("mentions", ()))) for content in named)


def tokens(entry: Entry) -> frozenset[str]:
    """What tells an entry's texts from all others; see `world.text`."""
    texts = (entry.content.get("text"), (entry.previous or {}).get("text"))
    return frozenset(text for text in texts if text)


def recalled_tokens(state: State) -> frozenset[str]:
    """The texts that nobody may read any more."""
    gone = {seq for seq, entry in state.entries.items() if entry.recalled}
    return frozenset().union(
        *(tokens(entry) for entry in state.entries.values() if entry.changes in gone)
    )


def deleted_tokens(state: State, user: str) -> frozenset[str]:
    """The texts that a user has deleted for themselves."""
    hidden = state.settings_of(user).hidden
    cleared = state.cleared(user)
    return frozenset().union(
        *(
            tokens(entry)
            for seq, entry in state.entries.items()
            if (seq in hidden or seq <= cleared) and entry.changes is None
        )
    )
