"""The list of words as one object: in columns, so that a function reads only what it needs.

Compressed by zlib, in UTF-8, parts divided by a character that no word holds: the edition of the
letters, forms, texts, actions (a letter for each word), categories, and where words are divided.
"""

import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from chirrup.domain.letters import EDITION
from chirrup.domain.words import Action, Word

CONTENT_TYPE = "application/zlib"
LEVEL = 6
_PART, _ROW = "\x1e", "\n"
_ROWS = re.compile("[^\n]+")
_ACTIONS = {action.value[0]: action for action in Action}
_NO_GAPS: frozenset[int] = frozenset()


class Columns(NamedTuple):
    """The words in the order of their forms.

    Attributes:
        gaps: `number:letter,letter` of those that are divided.
    """

    forms: str
    texts: str
    actions: str
    categories: str
    gaps: str


@dataclass(frozen=True)
class WordList:
    """Words in the order of their forms; columns are taken apart only when they are needed."""

    edition: str
    columns: Columns

    def __len__(self) -> int:
        return len(self.columns.actions)

    def __iter__(self) -> Iterator[Word]:
        texts, categories = self._rows(self.columns.texts), self._rows(self.columns.categories)
        for text, action, category in zip(texts, self.columns.actions, categories, strict=True):
            yield Word(text, _ACTIONS[action], category)

    def each_form(self) -> Iterator[str]:
        """What is searched for; made anew where the letters are of another edition.

        One at a time: a list of all would add 9 MB to what a function needs at most.
        """
        if self.edition == EDITION:
            return (found[0] for found in _ROWS.finditer(self.columns.forms))
        return (word.form for word in self)

    def gaps(self, number: int) -> frozenset[int]:
        """Before which of its letters a word is divided."""
        return self._gaps.get(number, _NO_GAPS)

    @cached_property
    def _gaps(self) -> Mapping[int, frozenset[int]]:
        if self.edition != EDITION:
            return {number: word.gaps for number, word in enumerate(self) if word.gaps}
        told = (row.split(":") for row in self.columns.gaps.split(_ROW) if row)
        return {int(number): frozenset(map(int, at.split(","))) for number, at in told}

    def action(self, number: int) -> Action:
        """What is done about a word."""
        return _ACTIONS[self.columns.actions[number]]

    def several(self, numbers: Collection[int]) -> dict[int, Word]:
        """Some of the words; takes a few milliseconds, however many."""
        texts, categories = self._rows(self.columns.texts), self._rows(self.columns.categories)
        return {one: Word(texts[one], self.action(one), categories[one]) for one in numbers}

    def by_form(self) -> dict[str, Word]:
        """The words by their letters."""
        return dict(zip(self.each_form(), self, strict=True))

    def encoded(self) -> bytes:
        """As an object."""
        return zlib.compress(_PART.join((self.edition, *self.columns)).encode(), LEVEL)

    def _rows(self, column: str) -> list[str]:
        return column.split(_ROW) if len(self) else []


def listed(by_form: Mapping[str, Word]) -> WordList:
    """The list of these words."""
    forms = sorted(by_form)
    words = [by_form[form] for form in forms]
    gaps = ((number, word.gaps) for number, word in enumerate(words))
    return WordList(
        EDITION,
        Columns(
            forms=_ROW.join(forms),
            texts=_ROW.join(word.text for word in words),
            actions="".join(word.action[0] for word in words),
            categories=_ROW.join(word.category for word in words),
            gaps=_ROW.join(f"{one}:{','.join(map(str, sorted(at)))}" for one, at in gaps if at),
        ),
    )


def decoded(body: bytes) -> WordList:
    """The list that an object holds.

    Raises:
        ValueError: It holds none.
    """
    try:
        text = zlib.decompress(body).decode()
    except zlib.error as error:
        raise ValueError("not compressed") from error
    edition, *parts = text.split(_PART)
    if len(parts) != len(Columns._fields):
        raise ValueError("not the columns of a list")
    columns = Columns(*parts)
    rows = {one.count(_ROW) + 1 for one in (columns.forms, columns.texts, columns.categories)}
    if rows != {len(columns.actions) or 1}:
        raise ValueError("columns of different lengths")
    return WordList(edition, columns)


NO_WORDS = listed({})
