"""Records that are read, changed and stored, again when somebody else was faster."""

import random
from collections.abc import Callable
from typing import TypeVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Clock
from chirrup.ports.records import Commit, CommitConflict, Records
from chirrup.service.appending import PAUSE_MS, ROUNDS

T = TypeVar("T")


def store(records: Records, clock: Clock, build: Callable[[], tuple[T, Commit]]) -> T:
    """Store what `build` wants stored, and give its result.

    Args:
        records: Where.
        clock: For pauses between attempts.
        build: Reads, refuses what the rules do not allow, gives the result and what is to be
            stored, which may be nothing. Called once for each attempt.

    Raises:
        ChirrupError: What `build` refuses; `rate_limited` when too many others write.
    """
    for round_ in range(ROUNDS):
        result, commit = build()
        if not commit:
            return result
        try:
            records.commit(commit)
        except CommitConflict:
            clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311 - no secret
        else:
            return result
    raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)
