"""Records, and the commits that store several things together or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from chirrup.domain.conversations import Head
    from chirrup.domain.messages import Entry
    from chirrup.domain.records import Name, R, Record

WRITES_MAX = 100
"""Items that DynamoDB writes in one transaction."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A timeline grows by an entry of the server's, and its head moves on to it. Two items.

    Attributes:
        entry: At the end; the commit is refused when something stands there.
        head: As it shall be; one that does not exist is made. Its `roster` is not looked at.
        new_roster: The group's members change: `Head.roster` grows.
    """

    entry: Entry
    head: Head
    new_roster: bool = False


@dataclass(frozen=True, slots=True)
class MemberChange:
    """Fields of a member item, which is made if it does not exist. One item.

    Attributes:
        changes: Fields of `domain.conversations.Member` by name; None takes one away.
        expected: Fields as they were read (0 for a member that does not exist): the commit is
            refused when one is another by now. `acl` in groups, `pair` in private chats; `changes`
            raises it. Nothing for changes that may meet any others.
    """

    conversation_id: str
    user_id: str
    changes: Mapping[str, Any]
    expected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MemberGone:
    """A member item to be taken away; what is stored with it tells that it may go. One item."""

    conversation_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class Put:
    """A record as it shall be; its `version` is that of the one read, 0 for a new one."""

    record: Record


@dataclass(frozen=True, slots=True)
class Delete:
    """A record to be deleted, as it was read."""

    record: Record


@dataclass(frozen=True, slots=True)
class MentionNoted:
    """A message that names a user, noted unless it was noted before: then all is refused."""

    conversation_id: str
    user_id: str
    seq: int


@dataclass(frozen=True, slots=True)
class RosterTouched:
    """`Head.roster` grows, where no entry says so: somebody has muted the group, say."""

    conversation_id: str


Write = Growth | MemberChange | MemberGone | Put | Delete | MentionNoted | RosterTouched
Commit = Sequence[Write]
"""What is stored together or not at all, 100 items at most."""


class CommitConflict(Exception):
    """Something was not as it had been read; nothing was written."""


class Records(Protocol):
    """Reads records, and commits."""

    def get(self, kind: type[R], owner: str, name: str = "") -> R | None:
        """One record, read consistently."""

    def several(self, kind: type[R], names: Sequence[Name]) -> dict[Name, R]:
        """Those that exist, read consistently; any number of names."""

    def page(
        self, kind: type[R], owner: str, after: str | None, limit: int
    ) -> tuple[list[R], str | None]:
        """A page of an owner's records of a kind, by name, and the name to go on from."""

    def commit(self, commit: Commit) -> None:
        """Store all or nothing.

        Raises:
            CommitConflict: Nothing was written.
        """
