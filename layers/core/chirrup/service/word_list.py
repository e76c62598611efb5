"""The list of words in force, kept ready in a warm function."""

import logging

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.words_in_force import WordsInForce
from chirrup.ports import Clock
from chirrup.ports.objects import Objects
from chirrup.ports.records import Records
from chirrup.ports.words import Load, OpenList, Screen

_log = logging.getLogger(__name__)

LOOK_EVERY_MS = 30_000
"""A warm function asks so often whether the list is another, so that with the time that a load
takes, and a second look, a change is in force everywhere within 60 s."""
GRACE_MS = 5_000
"""A use case that has looked while it read need not look once more when it comes to its texts."""
LOOK_AGAIN_MS = 5_000
"""So soon after a look that failed."""
LOOKS_MAX = 3
"""Looks at once, where the object of a list was deleted because newer ones came."""


class WordListInForce:
    """Follows the list in force."""

    def __init__(
        self, *, records: Records, objects: Objects, open_list: OpenList, clock: Clock
    ) -> None:
        self._records = records
        self._objects = objects
        self._open_list = open_list
        self._clock = clock
        self._screen: Screen | None = None
        self._version: int | None = None
        self._look_at = 0

    @property
    def is_due(self) -> bool:
        """Whether it is time to look whether the list is another."""
        return self._clock.now() >= self._look_at

    def get(self) -> Screen | None:
        """What looks for the words in force; None where there are none.

        Raises:
            ChirrupError: `temporarily_unavailable` when no list could be read since the start:
                rather no message than one that was not looked through.
        """
        if self._version is None or self._clock.now() >= self._look_at + GRACE_MS:
            self.look()
        if self._version is None:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        return self._screen

    def look(self) -> None:
        """Load the list if it is another; what fails is logged, and the list before stays."""
        now = self._clock.now()
        try:
            self._follow()
            self._look_at = now + LOOK_EVERY_MS
        except Exception:
            _log.warning("the list of words cannot be read", exc_info=True)
            if self._version is not None:
                self._look_at = now + LOOK_AGAIN_MS

    def _follow(self) -> None:
        for _ in range(LOOKS_MAX):
            record = self._records.get(WordsInForce, WordsInForce.OWNER)
            version = record.version if record else 0
            if version == self._version:
                return
            body = self._objects.get(record.key) if record and record.count else None
            if body or not record or not record.count:
                self._change(version, self._open_list(body) if body else None)
                return
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    def _change(self, version: int, load: Load | None) -> None:
        """Put a list in force; the one before goes first, so that memory need not hold both."""
        self._screen = self._version = None
        self._screen = load() if load else None
        self._version = version
