"""Sockets that a warm function remembers, so that a busy room is not looked up for each message.

Half a read unit a member is the second largest item on the bill of a message to a hundred people.
What is remembered counts only while nobody of a user's part has connected since: one small item
tells that for all users. See docs/decisions/0016-remembered-sockets.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chirrup.domain.connections import Connection, part_of
from chirrup.ports import Clock, Connections

FEWEST = 20
"""Below so many users it costs less to look them up: half a unit each, once, and no counts."""
USERS_KEPT = 20_000
"""Users remembered at most: some 10 MB."""
KEPT_MS = 5 * 60 * 1000
"""A socket that was ended is pushed to for no longer, should closing it have failed."""


class _Known(NamedTuple):
    """What is remembered of a user."""

    counted: int
    at: int
    sockets: Sequence[Connection]


class SocketMemory:
    """Remembers the sockets of users by what their part counted before they were looked up."""

    def __init__(self, connections: Connections, clock: Clock) -> None:
        self._connections = connections
        self._clock = clock
        self._known: dict[str, _Known] = {}

    def counted(self) -> Mapping[int, int]:
        """What all parts have counted; to be asked before a lookup whose results are kept.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """
        return self._connections.counted()

    def known(
        self, user_ids: Iterable[str], counts: Mapping[int, int]
    ) -> dict[str, Sequence[Connection]]:
        """The sockets of those who are remembered and have not connected since."""
        found = {}
        since = self._clock.now() - KEPT_MS
        for user_id in user_ids:
            known = self._known.get(user_id)
            if known and known.at > since and known.counted == counts.get(part_of(user_id), 0):
                found[user_id] = known.sockets
        return found

    def look_up(
        self, user_ids: Sequence[str], counts: Mapping[int, int]
    ) -> Mapping[str, Sequence[Connection]]:
        """Look users up and remember them: also those who have no sockets.

        Consistently: what is kept must not be older than the counts it is kept under.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """
        at = self._clock.now()
        found = self._connections.of(user_ids, consistent=True)
        for user_id in user_ids:
            count = counts.get(part_of(user_id), 0)
            self._known.pop(user_id, None)
            self._known[user_id] = _Known(count, at, found.get(user_id, ()))
        return found

    def shrink(self) -> None:
        """Forget those looked up longest ago while there are too many."""
        while len(self._known) > USERS_KEPT:
            del self._known[next(iter(self._known))]

    def forget(self, user_id: str) -> None:
        """Look a user up again next time: a socket is gone."""
        self._known.pop(user_id, None)
