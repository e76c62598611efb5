"""What is stored at one moment, whatever stores it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.messages import Entry

CHAT = "p_alice~bob"
USERS = ("alice", "bob")


@dataclass(frozen=True)
class State:
    """The conversation's items.

    Attributes:
        entries: By seq, ascending.
    """

    entries: Mapping[int, Entry] = field(default_factory=dict)
    head: Head | None = None
    members: Mapping[str, Member] = field(default_factory=dict)
    settings: Mapping[str, Settings] = field(default_factory=dict)

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

    def unread(self, user: str, read_seq: int, last_seq: int) -> int:
        """Messages of others in a part of the timeline that the user sees, counted one by one."""
        hidden = self.settings_of(user).hidden
        return sum(
            entry.countable and entry.sender_id != user and seq not in hidden
            for seq, entry in self.entries.items()
            if read_seq < seq <= last_seq
        )


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
