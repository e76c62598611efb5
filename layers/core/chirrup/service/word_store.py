"""The list of words as those have it who look after it: read whole, changed whole."""

import hashlib
import random
from collections.abc import Callable
from typing import TypeVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.word_lists import CONTENT_TYPE, NO_WORDS, WordList, decoded, listed
from chirrup.domain.words import WORDS_MAX, Word
from chirrup.domain.words_in_force import OLDER_MAX, WordsInForce
from chirrup.ports import Clock
from chirrup.ports.objects import Objects
from chirrup.ports.records import CommitConflict, Put, Records
from chirrup.service.appending import PAUSE_MS, ROUNDS

T = TypeVar("T")

FOLDER = "words"
"""Of the bucket; sending functions may read what is in it, and nothing else there."""


class WordStore:
    """One object for each list, and a record that says which is in force.

    A change writes a new object, then the record, on the condition that nobody else has: so
    whoever reads finds either list whole, and of two changes that meet, one is made anew.
    """

    def __init__(self, *, records: Records, objects: Objects, clock: Clock) -> None:
        self._records = records
        self._objects = objects
        self._clock = clock

    def read(self) -> WordList:
        """The list in force."""
        return self._read()[1]

    def change(self, by: str, transform: Callable[[dict[str, Word]], T]) -> T:
        """Put another list in force.

        Args:
            by: Who wants it.
            transform: Changes the words, by their letters; called again when another was quicker.

        Raises:
            ChirrupError: What `transform` refuses; `conflict` for more than 100,000 words;
                `rate_limited` when too many others change the list.
        """
        for round_ in range(ROUNDS):
            record, words = self._read()
            by_form = words.by_form()
            before = dict(by_form)
            result = transform(by_form)
            if by_form == before:
                return result
            if len(by_form) > WORDS_MAX:
                raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_words", limit=WORDS_MAX)
            if self._put(by, record, listed(by_form)):
                return result
            self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311 - no secret
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)

    def _read(self) -> tuple[WordsInForce | None, WordList]:
        for _ in range(ROUNDS):
            record = self._records.get(WordsInForce, WordsInForce.OWNER)
            if record is None:
                return None, NO_WORDS
            body = self._objects.get(record.key)
            if body is not None:
                return record, decoded(body)
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    def _put(self, by: str, before: WordsInForce | None, words: WordList) -> bool:
        """Put a list in force, if the one before still is."""
        body = words.encoded()
        version = before.version if before else 0
        # Two who meet write different objects, or the same.
        key = f"{FOLDER}/{version + 1}-{hashlib.blake2b(body, digest_size=8).hexdigest()}"
        older = (before.key, *before.older) if before else ()
        record = WordsInForce(
            owner=WordsInForce.OWNER,
            version=version,
            key=key,
            count=len(words),
            changed_at=self._clock.now(),
            changed_by=by,
            older=older[:OLDER_MAX],
        )
        self._objects.put(key, body, CONTENT_TYPE)
        try:
            self._records.commit([Put(record)])
        except CommitConflict:
            now = self._records.get(WordsInForce, WordsInForce.OWNER)
            if now is None or key not in (now.key, *now.older):
                self._objects.delete(key)
            return False
        for key_ in older[OLDER_MAX:]:
            self._objects.delete(key_)
        return True
