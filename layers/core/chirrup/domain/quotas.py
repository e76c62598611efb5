"""What a user has used up of what a user may have."""

from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.groups import GROUPS_A_DAY, GROUPS_MAX
from chirrup.domain.records import Owned, Record

FRIENDS_MAX = 3_000
DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Quota(Record):
    """One user's counts; its `owner` is the user.

    Attributes:
        friends: How many friends.
        groups: How many groups the user is in.
        day: The day (UTC, since the epoch) that `made` counts.
        made: Groups made on that day.
    """

    KIND: ClassVar[str] = "QUOTA"
    OF: ClassVar[Owned] = "user"

    friends: int = 0
    groups: int = 0
    day: int = 0
    made: int = 0

    def with_friend(self) -> "Quota":
        """The same and a friend.

        Raises:
            ChirrupError: `conflict` when there are too many already.
        """
        if self.friends >= FRIENDS_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_friends", limit=FRIENDS_MAX)
        return replace(self, friends=self.friends + 1)

    def without_friend(self) -> "Quota":
        """The same less a friend."""
        return replace(self, friends=max(0, self.friends - 1))

    def with_group(self) -> "Quota":
        """The same and a group that the user is in.

        Raises:
            ChirrupError: `conflict` when there are too many already.
        """
        if self.groups >= GROUPS_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_groups", limit=GROUPS_MAX)
        return replace(self, groups=self.groups + 1)

    def without_group(self) -> "Quota":
        """The same less a group."""
        return replace(self, groups=max(0, self.groups - 1))

    def with_made(self, now: int) -> "Quota":
        """The same and a group made now (ms since epoch).

        Raises:
            ChirrupError: `rate_limited` when too many were made today, with `retry_after_ms`.
        """
        day = now // DAY_MS
        made = self.made if self.day == day else 0
        if made >= GROUPS_A_DAY:
            wait = (day + 1) * DAY_MS - now
            raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=wait, reason="groups_a_day")
        return replace(self, day=day, made=made + 1)
