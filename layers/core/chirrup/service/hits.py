"""Hits, for those who look after them: by time, and those that wait for somebody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.hit_ids import id_at, name_of, owners_between, time_of
from chirrup.domain.hits import KEPT_MS, Hit, Outcome, Status, Waiting
from chirrup.domain.words import Action
from chirrup.ports import Clock
from chirrup.ports.records import CommitConflict, Delete, Put, Records, Write

ROUNDS = 4
PAGES_MAX = 10
"""Pages that one request looks through for hits that fit."""


@dataclass(frozen=True, slots=True)
class WantedHits:
    """Which hits a list shall show.

    Attributes:
        since: Not before (ms since epoch).
        until: Not after (ms since epoch).
    """

    since: int | None = None
    until: int | None = None
    action: Action | None = None
    status: Status | None = None
    category: str | None = None
    user_id: str | None = None
    conversation_id: str | None = None

    def fits(self, hit: Hit) -> bool:
        """Whether a hit of the right time is wanted."""
        return (
            self.action in (None, hit.action)
            and self.status in (None, hit.status)
            and self.user_id in (None, hit.occasion.user_id)
            and self.conversation_id in (None, hit.occasion.conversation_id)
            and (self.category is None or self.category in {one.category for one in hit.found})
        )


class HitService:
    """Lists hits, and notes what came of those that waited."""

    def __init__(self, *, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def waiting(self, after: str | None, limit: int) -> tuple[list[Hit], str | None]:
        """A page of the hits that somebody has to look at, the newest first."""
        page, next_ = self._records.page(Waiting, Waiting.OWNER, after, limit)
        names = [name_of(one.name) for one in page]
        hits = self._records.several(Hit, names)
        return [hits[name] for name in names if name in hits], next_

    def list(
        self, wanted: WantedHits, after: str | None, limit: int
    ) -> tuple[list[Hit], str | None]:
        """A page of hits, the newest first, and the id to go on from.

        A page may hold fewer than the limit, and yet not be the last.
        """
        since = max(wanted.since or 0, self._clock.now() - KEPT_MS)
        place = after or id_at(self._clock.now() if wanted.until is None else wanted.until, "")
        found: list[Hit] = []
        for looked, (page, end) in enumerate(self._pages(since, place, limit), 1):
            for hit in page:
                if hit.at < since:
                    return found, None
                if wanted.fits(hit):
                    found.append(hit)
                if len(found) == limit:
                    return found, hit.name
            if looked == PAGES_MAX:
                return found, end
        return found, None

    def _pages(self, since: int, place: str, limit: int) -> Iterator[tuple[Sequence[Hit], str]]:
        """Pages of hits after a place, month by month, each with the place where it ends."""
        for owner in owners_between(since, time_of(place)):
            more = True
            while more:
                page, next_ = self._records.page(Hit, owner, place, limit)
                place = next_ or (page[-1].name if page else place)
                more = next_ is not None
                yield page, place

    def handle(self, by: str, hit_id: str, outcome: Outcome) -> Hit:
        """Note what came of a hit that waited; the same again changes nothing.

        Raises:
            ChirrupError: `not_found`; `request_handled` when somebody else was quicker, or it
                never had to be looked at; `rate_limited`.
        """
        name = name_of(hit_id)
        for _ in range(ROUNDS):
            hit = self._records.get(Hit, name.owner, name.name)
            if hit is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            if (hit.handled_by, hit.outcome) == (by, outcome):
                return hit
            if hit.status is not Status.WAITING:
                raise ChirrupError(ErrorCode.REQUEST_HANDLED)
            handled = replace(
                hit,
                status=Status.HANDLED,
                outcome=outcome,
                handled_by=by,
                handled_at=self._clock.now(),
            )
            if self._put(handled):
                return handled
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)

    def _put(self, hit: Hit) -> bool:
        waiting = self._records.get(Waiting, Waiting.OWNER, hit.name)
        gone: list[Write] = [Delete(waiting)] if waiting else []
        try:
            self._records.commit([Put(hit), *gone])
        except CommitConflict:
            return False
        return True
