"""Who is told of what: the users of audiences, and their open sockets."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from chirrup.domain.audiences import WHOLE, Audience
from chirrup.domain.connections import Connection
from chirrup.domain.errors import ChirrupError
from chirrup.domain.jobs import Job
from chirrup.ports import Clock, Connections, SideBySide
from chirrup.ports.fanout import Rosters
from chirrup.push.memory import FEWEST, SocketMemory

_log = logging.getLogger(__name__)

LOOKUP = 100
"""Users whose sockets one request finds."""
SLICE = 2_000
"""Users that are looked up before the first of them are pushed to: bounds memory."""
Hearing = tuple[int, bool]
"""The place of a job, and whether its recipient has muted the conversation."""
Heard = dict[str, list[Hearing]]
"""What users hear, by user."""
Sockets = Mapping[str, Sequence[Connection]]


class Slice(NamedTuple):
    """Some of the recipients of jobs.

    Attributes:
        heard: What they hear.
        sockets: Their open sockets.
        ended: Places of the jobs that have no more recipients after these.
    """

    heard: Heard
    sockets: Sockets
    ended: frozenset[int]


class Recipients:
    """Finds everybody whom jobs tell something."""

    def __init__(
        self, *, connections: Connections, rosters: Rosters, side_by_side: SideBySide, clock: Clock
    ) -> None:
        self._connections = connections
        self._memory = SocketMemory(connections, clock)
        self._rosters = rosters
        self._side_by_side = side_by_side

    def found(self, jobs: Sequence[Job], unread: set[int]) -> Iterator[Slice]:
        """All recipients, slice by slice, in the order of the jobs.

        Args:
            jobs: What is to be told.
            unread: Takes the places of jobs whose recipients cannot all be found.
        """
        heard: Heard = {}
        ended: set[int] = set()
        for place, job in enumerate(jobs):
            try:
                users, muted = self._users(job.audience)
            except ChirrupError as error:
                _left(error, {place}, unread)
                users, muted = [], frozenset()
            for user_id in users:
                heard.setdefault(user_id, []).append((place, user_id in muted))
            if not job.audience.everyone:
                ended.add(place)
            if len(heard) >= SLICE:
                yield self._online(heard, frozenset(ended), unread)
                heard, ended = {}, set()
        yield self._online(heard, frozenset(ended), unread)
        for place, job in enumerate(jobs):
            if job.audience.everyone:
                yield from self._everyone(place, job, unread)

    def _users(self, audience: Audience) -> tuple[list[str], frozenset[str]]:
        """All users of an audience, and those of them who have muted the conversation."""
        users = dict.fromkeys(audience.user_ids)
        muted = frozenset(audience.muted)
        if audience.members and not audience.everyone:
            told = audience.members
            roster = self._rosters.roster(told.conversation_id, told.roster, audience.page)
            # Who has joined since, or in a later stay than what is shown, will pull what they may.
            users |= dict.fromkeys(
                user_id for user_id, since in roster.since.items() if told.above < since <= told.seq
            )
            muted |= roster.muted
        users.pop(audience.but_user or "", None)
        return list(users), muted

    def _online(self, heard: Heard, ended: frozenset[int], unread: set[int]) -> Slice:
        """A slice of users with their sockets: remembered, or looked up side by side."""
        user_ids = list(heard)
        found: dict[str, Sequence[Connection]] = {}
        look_up: Callable[[Sequence[str]], Sockets] = self._connections.of
        if len(user_ids) >= FEWEST:
            try:
                counts = self._memory.counted()
            except ChirrupError as error:
                _left(error, _places(heard, user_ids), unread)
                return Slice(heard, {}, ended)
            found |= self._memory.known(user_ids, counts)
            user_ids = [user_id for user_id in user_ids if user_id not in found]
            look_up = partial(self._memory.look_up, counts=counts)
        pages = [user_ids[at : at + LOOKUP] for at in range(0, len(user_ids), LOOKUP)]
        answers = self._side_by_side(*(partial(_outcome, look_up, page) for page in pages))
        for page, answer in zip(pages, answers, strict=True):
            if isinstance(answer, ChirrupError):
                _left(answer, _places(heard, page), unread)
            else:
                found |= answer
        self._memory.shrink()
        return Slice(heard, found, ended)

    def forget(self, user_id: str, connection: Connection) -> None:
        """Remove a connection that is gone."""
        self._memory.forget(user_id)
        try:
            self._connections.remove(user_id, [connection])
        except ChirrupError as error:
            # The next push finds it again; a message that is stored must not fail for it.
            _log.warning("left to the next push", extra={"code": error.code.value})

    def _everyone(self, place: int, job: Job, unread: set[int]) -> Iterator[Slice]:
        hearing, pages = {flag: [(place, flag)] for flag in (False, True)}, job.audience.page
        try:
            muted = self._muted(job.audience)
            for found in self._connections.scan(pages):
                others = (user_id for user_id in found if user_id != job.audience.but_user)
                heard = {user_id: hearing[user_id in muted] for user_id in others}
                yield Slice(heard, found, frozenset())
        except ChirrupError as error:
            _left(error, {place}, unread)
        yield Slice({}, {}, frozenset({place}))

    def _muted(self, audience: Audience) -> frozenset[str]:
        """Those of everybody who have muted the channel: all that its roster tells."""
        told = audience.members
        if told is None:
            return frozenset()
        return self._rosters.roster(told.conversation_id, told.roster, WHOLE).muted


def _places(heard: Heard, user_ids: Iterable[str]) -> set[int]:
    return {place for user_id in user_ids for place, _ in heard[user_id]}


def _outcome(
    look_up: Callable[[Sequence[str]], Sockets], user_ids: Sequence[str]
) -> Sockets | ChirrupError:
    try:
        return look_up(user_ids)
    except ChirrupError as error:
        return error


def _left(error: ChirrupError, places: set[int], unread: set[int]) -> None:
    _log.warning("recipients not found", extra={"code": error.code.value, "jobs": len(places)})
    unread |= places
