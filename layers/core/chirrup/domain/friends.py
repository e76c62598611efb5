"""Friends, requests for friendship, and blocks; what sends need of them is on the member items."""

from dataclasses import dataclass
from typing import ClassVar

from chirrup.domain.quotas import DAY_MS
from chirrup.domain.records import Owned, Record

TEXT_MAX = 255
REASON_MAX = 255
REMARK_MAX = 32
SOURCE_MAX = 64
TAGS_MAX = 20
TAG_MAX = 32
REQUEST_EXPIRES_MS = 7 * DAY_MS
"""A request that nobody has answered by then is over."""
REQUEST_KEPT_MS = 7 * DAY_MS
"""So much longer it is kept, so that who answers too late is told so."""

FRIEND_ADDED = "system.friend_added"
REQUEST_RECEIVED = "notice.friend_request_received"
REQUEST_ACCEPTED = "notice.friend_request_accepted"
REQUEST_REJECTED = "notice.friend_request_rejected"


@dataclass(frozen=True, slots=True)
class Friend(Record):
    """One side of a friendship; `owner` is the user, `name` the friend.

    Attributes:
        since: When they became friends (ms since epoch).
        source: How they came to know each other, as the one who asked put it.
        remark: The user's own name for the friend.
        starred: The user has put the friend above others.
        tags: The user's own, in their order.
    """

    KIND: ClassVar[str] = "FRIEND"
    OF: ClassVar[Owned] = "user"

    since: int
    source: str | None = None
    remark: str | None = None
    starred: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FriendRequest(Record):
    """What both sides of a request hold.

    Attributes:
        asked_at: When it was asked last (ms since epoch).
        text: What the one who asks says.
        source: How they came to know each other.
    """

    asked_at: int
    text: str | None = None
    source: str | None = None

    @property
    def ends_at(self) -> int:
        """From then on it cannot be answered (ms since epoch)."""
        return self.asked_at + REQUEST_EXPIRES_MS

    def is_open(self, now: int) -> bool:
        """Whether it can still be answered."""
        return now < self.ends_at

    @property
    def expires_at(self) -> int | None:
        """See `Record`."""
        return self.ends_at + REQUEST_KEPT_MS


@dataclass(frozen=True, slots=True)
class FriendRequestIn(FriendRequest):
    """A request as its addressee has it; `owner` is the addressee, `name` who asks."""

    KIND: ClassVar[str] = "REQUEST_IN"
    OF: ClassVar[Owned] = "user"


@dataclass(frozen=True, slots=True)
class FriendRequestOut(FriendRequest):
    """A request as the one has it who asks; `owner` is who asks, `name` the addressee.

    Attributes:
        remark: For the friend to be; nobody else sees it.
    """

    KIND: ClassVar[str] = "REQUEST_OUT"
    OF: ClassVar[Owned] = "user"

    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Block(Record):
    """A user has blocked another; `owner` is the user, `name` the one blocked.

    Attributes:
        since: When (ms since epoch).
    """

    KIND: ClassVar[str] = "BLOCK"
    OF: ClassVar[Owned] = "user"

    since: int
