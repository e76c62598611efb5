"""Records that exist for tests only, and the things that commits are made of."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from chirrup.domain.conversations import Head
from chirrup.domain.messages import Entry
from chirrup.domain.records import Owned, Record
from chirrup.domain.rights import GroupState
from chirrup.ports.records import Commit, CommitConflict, Growth
from tests.contract.entries import T0
from tests.contract.stores import Stores
from tests.fakes.clock import NOON

STATE = GroupState("Book club", 2, slow_s=30)


@dataclass(frozen=True, slots=True)
class Note(Record):
    """A named record of a user's."""

    KIND: ClassVar[str] = "NOTE"
    OF: ClassVar[Owned] = "user"

    text: str = ""
    ends: int | None = None

    @property
    def expires_at(self) -> int | None:
        """See `Record`."""
        return self.ends


@dataclass(frozen=True, slots=True)
class Noted(Record):
    """Another kind, whose key begins as that of the first does."""

    KIND: ClassVar[str] = "NOTED"
    OF: ClassVar[Owned] = "user"


@dataclass(frozen=True, slots=True)
class Shelved(Record):
    """A record of the catalog."""

    KIND: ClassVar[str] = "SHELVED"
    OF: ClassVar[Owned] = "catalog"

    text: str = ""


def changed(group_id: str, seq: int, *user_ids: str, **given: Any) -> Entry:
    """A change of a group's members."""
    entry = Entry(
        conversation_id=group_id,
        seq=seq,
        sender_id="alice",
        client_id="",
        type="system.group_changed",
        content={"user_ids": list(user_ids)},
        sent_at=T0 + seq * 1000,
        count=0,
    )
    return replace(entry, **given)


def growth(entry: Entry, head: Head | None = None, *, new_roster: bool = False) -> Growth:
    """The growth of a timeline by an entry, on a head as it was read."""
    read = head or Head(entry.conversation_id)
    moved = replace(
        read,
        last_seq=entry.seq,
        count=entry.count,
        last_of=read.last_of.after([entry], NOON),
        preview=None,
        alls=entry.alls,
    )
    return Growth(entry, moved, new_roster=new_roster)


def stored(stores: Stores, commit: Commit) -> bool:
    """Whether a commit was stored."""
    try:
        stores.records.commit(commit)
    except CommitConflict:
        return False
    return True
