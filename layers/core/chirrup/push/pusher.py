"""Pushes events to the devices of an audience. A push is a hint: what fails is left to sync."""

import logging
from collections import Counter
from collections.abc import Sequence
from functools import partial

from chirrup.contracts.base import encode
from chirrup.contracts.frames import FRAME_BYTES_MAX, PushEvent, PushFrame, event_view
from chirrup.domain.connections import Connection
from chirrup.domain.errors import ChirrupError
from chirrup.domain.events import Audience, Event, SessionClosing
from chirrup.ports import (
    Clock,
    Connections,
    Gateway,
    Gone,
    PushFailed,
    SideBySide,
)
from chirrup.ports.conversations import Rosters

_log = logging.getLogger(__name__)

PUSH_MS = 15_000
"""Pushes that have not begun by then are left to sync: the gateway waits 29 s for the answer."""
PAGE = 100
"""Users whose sockets one request finds."""


def frames_of(events: Sequence[PushEvent]) -> list[bytes]:
    """As few frames as hold all events, each at most 32 KB, in their order."""
    frames: list[bytes] = []
    parts: list[str] = []
    empty = len(encode(PushFrame(events=[]))) - 1  # each event brings a comma, but the first
    size = empty
    for event in events:
        text = encode(event)
        length = len(text.encode()) + 1
        if parts and size + length > FRAME_BYTES_MAX:
            frames.append(_frame(parts))
            parts, size = [], empty
        parts.append(text)
        size += length
    if parts:
        frames.append(_frame(parts))
    return frames


def encode_event(event: Event) -> bytes:
    """One event as a frame of its own."""
    return _frame([encode(event_view(event))])


class Pusher:
    """Finds the open sockets of users and posts to each."""

    def __init__(
        self,
        *,
        connections: Connections,
        rosters: Rosters,
        gateway: Gateway,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._connections = connections
        self._rosters = rosters
        self._gateway = gateway
        self._clock = clock
        self._side_by_side = side_by_side

    def push(self, events: Sequence[Event], audience: Audience) -> Counter[str]:
        """Push events to every device of an audience.

        Returns:
            How many connections were `pushed`, `gone`, `expired` or `failed`, or `late`: not
            tried any more, so that the sender gets an answer in time; left to sync.
        """
        user_ids, silent = self._expanded(audience)
        sockets = self._sockets_of(user_ids)
        now = self._clock.now()
        until = now + PUSH_MS
        plain: list[bytes] = []
        flagged: list[bytes] = []
        posts = []
        for user_id, connections in sockets.items():
            muted = user_id in silent
            frames = flagged if muted else plain
            if not frames:
                frames += frames_of([event_view(event, muted=muted) for event in events])
            for connection in connections:
                if connection.id == audience.but_connection:
                    continue
                if connection.expires_at <= now:
                    posts.append(partial(self._end, user_id, connection))
                else:
                    posts.append(partial(self._post, user_id, connection, frames, until))
        counts = Counter(self._side_by_side(*posts))
        if counts:
            _log.info("pushed", extra={"counts": dict(counts)})
        return counts

    def _expanded(self, audience: Audience) -> tuple[list[str], frozenset[str]]:
        """All users of an audience, and those of them who have muted the conversation."""
        users = dict.fromkeys(audience.user_ids)
        silent = frozenset(audience.muted)
        if audience.members:
            told = audience.members
            roster = self._rosters.roster(told.conversation_id, told.roster)
            # Who has joined since, or in a later stay than what is shown, will pull what they may.
            users |= dict.fromkeys(
                user_id for user_id, since in roster.since.items() if told.above < since <= told.seq
            )
            silent |= roster.muted
        return [user_id for user_id in users if user_id != audience.but_user], silent

    def _sockets_of(self, user_ids: Sequence[str]) -> dict[str, list[Connection]]:
        """The sockets of any number of users, looked up side by side."""
        pages = [user_ids[at : at + PAGE] for at in range(0, len(user_ids), PAGE)]
        found: dict[str, list[Connection]] = {}
        for page in self._side_by_side(*(partial(self._connections.of, page) for page in pages)):
            found |= page
        return found

    def _post(
        self, user_id: str, connection: Connection, frames: Sequence[bytes], until: int
    ) -> str:
        if self._clock.now() > until:
            return "late"
        try:
            for frame in frames:
                self._gateway.post(connection.id, frame)
        except Gone:
            self._forget(user_id, connection)
            return "gone"
        except PushFailed as failed:
            _log.warning("left to sync", extra={"reason": str(failed)})
            return "failed"
        return "pushed"

    def _end(self, user_id: str, connection: Connection) -> str:
        """Close a socket that has outlived its token, rather than push to it."""
        try:
            self._gateway.post(connection.id, encode_event(SessionClosing("expired")))
        except (Gone, PushFailed):
            pass  # It is closed in any case.
        self._gateway.close(connection.id)
        self._forget(user_id, connection)
        return "expired"

    def _forget(self, user_id: str, connection: Connection) -> None:
        try:
            self._connections.remove(user_id, [connection])
        except ChirrupError as error:
            # The next push finds it again; a message that is stored must not fail for it.
            _log.warning("left to the next push", extra={"code": error.code.value})


def _frame(parts: Sequence[str]) -> bytes:
    return ('{"type":"push","events":[' + ",".join(parts) + "]}").encode()
