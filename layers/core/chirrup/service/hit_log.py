"""Noting where words were found."""

import random
from collections.abc import Mapping, Sequence

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.hit_ids import id_at, noted, owner_at
from chirrup.domain.hits import FOUND_MAX, Found, Hit, HitNoted, Status, Waiting
from chirrup.domain.occasions import Occasion, key_of
from chirrup.domain.words import Action, strictest
from chirrup.ports import Clock
from chirrup.ports.records import CommitConflict, Put, Records
from chirrup.service.appending import PAUSE_MS

ROUNDS = 4


class HitLog:
    """Notes hits, once each, before what they were found in is stored."""

    def __init__(self, *, records: Records, clock: Clock) -> None:
        self._records = records
        self._clock = clock

    def note(self, occasion: Occasion, texts: Mapping[str, str], found: Sequence[Found]) -> None:
        """Note that words were found; the same of a retry is noted already.

        Args:
            occasion: Where.
            texts: In what; not kept.
            found: Which words; each once for each text.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """
        at = self._clock.now()
        key = key_of(occasion, texts, at)
        hit = _hit(occasion, found, at, key)
        known = HitNoted(owner=noted(key), at=at)
        commit = [Put(known), Put(hit)]
        if hit.status is Status.WAITING:
            commit.append(Put(Waiting(owner=Waiting.OWNER, name=hit.name, at=at)))
        for round_ in range(ROUNDS):
            try:
                self._records.commit(commit)
            except CommitConflict:
                if self._records.get(HitNoted, known.owner):
                    return
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311
            else:
                return
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)


def _hit(occasion: Occasion, found: Sequence[Found], at: int, key: str) -> Hit:
    """What is noted; somebody has to look at what is delivered with a word to be flagged."""
    actions = {one.action for one in found}
    action = strictest(actions)
    waits = Action.FLAG in actions and action is not Action.REJECT
    return Hit(
        owner=owner_at(at),
        name=id_at(at, key),
        occasion=occasion,
        found=tuple(found[:FOUND_MAX]),
        more=max(0, len(found) - FOUND_MAX),
        action=action,
        at=at,
        status=Status.WAITING if waits else Status.NONE,
    )
