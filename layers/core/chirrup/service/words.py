"""The list of words, for those who look after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.reading import Reading
from chirrup.domain.words import Action, Word, checked, word_id
from chirrup.service.word_store import WordStore


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which words a list shall show.

    Attributes:
        text: Words that hold these letters.
    """

    text: str | None = None
    action: Action | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has done."""

    added: int
    changed: int
    unchanged: int
    deleted: int


class WordService:
    """Adds, edits, deletes, imports; each change is a new list."""

    def __init__(self, *, store: WordStore) -> None:
        self._store = store

    def all(self) -> list[Word]:
        """Every word, in the order of their letters, for an export."""
        return list(self._store.read())

    def list(self, wanted: Wanted, after: str | None, limit: int) -> tuple[list[Word], str | None]:
        """A page of words in the order of their letters, and the letters to go on from."""
        part = Reading(wanted.text or "").letters
        matching = (
            (form, word)
            for form, word in sorted(self._store.read().by_form().items())
            if (after is None or form > after)
            and part in form
            and wanted.action in (None, word.action)
            and wanted.category in (None, word.category)
        )
        page = list(islice(matching, limit + 1))
        found = [word for _, word in page[:limit]]
        return found, page[limit - 1][0] if len(page) > limit else None

    def add(self, by: str, word: Word) -> Word:
        """Add a word.

        Raises:
            ChirrupError: `invalid_request` for what is no word; `conflict` when it is there
                already, or the list is full; `rate_limited`.
        """

        kept = _checked(word)

        def transform(words: dict[str, Word]) -> Word:
            _check_free(words, kept)
            words[kept.form] = kept
            return kept

        return self._store.change(by, transform)

    def change(self, by: str, id_: str, word: Word) -> Word:
        """Put another word in the place of one, or do something else about it.

        Raises:
            ChirrupError: `invalid_request` for what is no word; `not_found`; `conflict` when the
                other is there already; `rate_limited`.
        """

        kept = _checked(word)

        def transform(words: dict[str, Word]) -> Word:
            del words[_form(words, id_)]
            _check_free(words, kept)
            words[kept.form] = kept
            return kept

        return self._store.change(by, transform)

    def get(self, id_: str) -> Word:
        """One word.

        Raises:
            ChirrupError: `not_found`.
        """
        words = self._store.read().by_form()
        return words[_form(words, id_)]

    def delete(self, by: str, id_: str) -> None:
        """Delete a word.

        Raises:
            ChirrupError: `not_found`, `rate_limited`.
        """

        def transform(words: dict[str, Word]) -> None:
            del words[_form(words, id_)]

        self._store.change(by, transform)

    def import_(self, by: str, given: Mapping[str, Word], *, replace: bool) -> Imported:
        """Add many words, and do about those that are there already what is said now.

        Args:
            by: Who wants it.
            given: By their letters, each checked by `domain.words.checked`.
            replace: Delete all others.

        Raises:
            ChirrupError: `conflict` when the list would be too long; `rate_limited`.
        """

        def transform(words: dict[str, Word]) -> Imported:
            same = sum(words.get(form) == word for form, word in given.items())
            added = sum(form not in words for form in given)
            gone = [form for form in words if form not in given] if replace else []
            for form in gone:
                del words[form]
            words.update(given)
            return Imported(added, len(given) - added - same, same, len(gone))

        return self._store.change(by, transform)


def _checked(word: Word) -> Word:
    return checked(word.text, word.action, word.category)


def _form(words: Mapping[str, Word], id_: str) -> str:
    for form in words:
        if word_id(form) == id_:
            return form
    raise ChirrupError(ErrorCode.NOT_FOUND)


def _check_free(words: Mapping[str, Word], word: Word) -> None:
    if word.form in words:
        there = word_id(word.form)
        raise ChirrupError(ErrorCode.CONFLICT, reason="word_exists", word_id=there)
