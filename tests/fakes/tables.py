"""What all fake stores share: the items, as DynamoDB's tables hold them.

Every request of a fake runs as a step. A test may be called before and after each one, to crash
there or to let another request go first, and it may choose how old an eventually consistent read
is. Left alone, the fakes are simply stores.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from chirrup.domain.connections import Connection
from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.messages import Entry
from chirrup.domain.records import Record
from chirrup.ports import Identity, Profile

Hook = Callable[[str], None]
"""Called with `before <step>` and `after <step>`; what it raises comes out of the request."""

Age = Callable[[int], int]
"""Given how many older versions there are, tells how many to go back in an eventual read."""

Torn = Callable[[int], int]
"""Given how many entries a page holds, tells how many are read before others may write: a page
is not a snapshot."""


def _newest(_: int) -> int:
    return 0


def _whole(entries: int) -> int:
    return entries


def _no_hook(_: str) -> None:
    return None


@dataclass(frozen=True)
class Uploaded:
    """An object of an upload, or of its thumbnail.

    Attributes:
        body: What it holds.
        content_type: Its type.
        checksum: As `Media.checksum`.
        unused: It has the mark of what may be deleted.
    """

    body: bytes
    content_type: str
    checksum: str | None = None
    unused: bool = True


@dataclass
class FakeTables:
    """The items of all tables.

    Attributes:
        entries: By conversation, then seq.
        heads: All versions of each head, the newest last.
        members: By conversation and user.
        settings: By conversation and user.
        typing_at: By conversation and user.
        by_user: Conversations of each user, in the order in which they were made.
        profiles: By user.
        last_seen: By user.
        sockets: By user; a user who was ever connected has an item.
        connected: How often somebody of each part of all users has connected.
        tickets: Identity and end by hash.
        records: By kind, owner and name.
        objects: Body and content type by key.
        uploads: Objects of uploads and thumbnails, by key.
        parts: Parts of uploads by number, by the id of the upload.
        hook: See `Hook`.
        age: See `Age`.
        torn: See `Torn`.
    """

    entries: dict[str, dict[int, Entry]] = field(default_factory=dict)
    heads: dict[str, list[Head]] = field(default_factory=dict)
    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    settings: dict[tuple[str, str], Settings] = field(default_factory=dict)
    typing_at: dict[tuple[str, str], int] = field(default_factory=dict)
    by_user: dict[str, list[str]] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    last_seen: dict[str, int] = field(default_factory=dict)
    sockets: dict[str, set[Connection]] = field(default_factory=dict)
    connected: dict[int, int] = field(default_factory=dict)
    tickets: dict[str, tuple[Identity, int]] = field(default_factory=dict)
    records: dict[tuple[type[Record], str, str], Record] = field(default_factory=dict)
    objects: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    uploads: dict[str, Uploaded] = field(default_factory=dict)
    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    hook: Hook = _no_hook
    age: Age = _newest
    torn: Torn = _whole
    _lock: RLock = field(default_factory=RLock)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One request: nothing else happens while it runs."""
        self.hook(f"before {name}")
        with self._lock:
            yield
        self.hook(f"after {name}")

    def enlist(self, conversation_id: str, user_id: str) -> None:
        """Have a user's conversations list this one."""
        known = self.by_user.setdefault(user_id, [])
        if conversation_id not in known:
            known.append(conversation_id)

    def delist(self, conversation_id: str, user_id: str) -> None:
        """Have a user's conversations list this one no more."""
        known = self.by_user.get(user_id, [])
        if conversation_id in known:
            known.remove(conversation_id)

    def head(self, conversation_id: str) -> Head | None:
        """The head as it is."""
        versions = self.heads.get(conversation_id)
        return versions[-1] if versions else None

    def aged_head(self, conversation_id: str) -> Head | None:
        """The head as an eventually consistent read may show it: perhaps not there yet."""
        versions: list[Head | None] = [None, *self.heads.get(conversation_id, ())]
        return versions[-1 - self.age(len(versions) - 1)]
