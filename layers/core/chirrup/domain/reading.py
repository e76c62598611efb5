"""A text as the search for words reads it: its letters alone, and where they come from.

A word stands in a text where its letters do, if two things hold. No letter touches it outside, save
where one of the two is of a script without blanks. And what stands between its letters
divides nothing, unless the word itself is divided there, or is spelled out: three letters or more,
each standing alone.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate

from chirrup.domain.letters import (
    BLANK,
    LETTERS,
    LINE,
    NOT_ONE,
    QUOTE,
    SENTENCE,
    SIGNS,
    UNSPACED,
    VOICED,
)

Place = tuple[int, int]
"""Where something begins and ends in a text, in characters."""

_ASCII = {code: LETTERS[chr(code)] for code in range(128)}
_PARTS = re.compile(f"{VOICED.pattern}|.", re.DOTALL)
_GAPS = re.compile(f"([{SIGNS}]+)")
_ENDS_SENTENCE = re.compile(rf"[{LINE}{SENTENCE}]|\.[{BLANK}.]")
_ENDS_WORD = re.compile(f"[{BLANK}{QUOTE}]")
_SPELLED = re.compile(f"(?:[^{SIGNS}][{SIGNS}]+){{2,}}[^{SIGNS}]")


class Reading:
    """One text, read.

    Attributes:
        text: As it was written.
        letters: Its letters without anything between: what words are searched in.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts: str | list[str] = text
        if text.isascii():
            self._signed = text.translate(_ASCII)
        else:
            if VOICED.search(text):
                self._parts = _PARTS.findall(text)
            self._signed = "".join(map(LETTERS.__getitem__, self._parts))
        letters = self._signed
        for sign in SIGNS:
            letters = letters.replace(sign, "")
        self.letters = letters

    @property
    def gaps(self) -> frozenset[int]:
        """Before which letters something stands that divides."""
        return _gaps(self._signed.strip(SIGNS))

    def place(self, start: int, end: int, gaps_of: Callable[[], frozenset[int]]) -> Place | None:
        """Where letters stand in the text, if they stand there as a word.

        Args:
            start: Of the first letter.
            end: After the last letter.
            gaps_of: Tells before which letters the word itself is divided.
        """
        first, last = self._at(start), self._at(end - 1)
        if not (self._is_edge(first) and self._is_edge(last + 1)):
            return None
        if last - first >= end - start:
            gaps = _gaps(self._signed[first : last + 1])
            if gaps and not (gaps <= gaps_of() or self._is_spelled(first, last)):
                return None
        return self._in_text(first, last)

    def _at(self, letter: int) -> int:
        """Where a letter stands among letters and signs."""
        ends, signs = self._runs
        return letter + signs[bisect_right(ends, letter)]

    @cached_property
    def _runs(self) -> tuple[list[int], list[int]]:
        """The ends of runs of letters, and how many signs stand before each run."""
        lengths = list(map(len, _GAPS.split(self._signed)))
        return list(accumulate(lengths[::2])), list(accumulate(lengths[1::2], initial=0))

    def _is_edge(self, at: int) -> bool:
        """Whether no letters touch before a place that a word must end at to be one."""
        signed = self._signed
        if not 0 < at < len(signed):
            return True
        one, other = signed[at - 1], signed[at]
        return one in SIGNS or other in SIGNS or UNSPACED[one] or UNSPACED[other]

    def _is_spelled(self, first: int, last: int) -> bool:
        """Whether all letters of a range stand alone, and are three at least."""
        around = f"{SIGNS}{self._signed}{SIGNS}"
        first, last = first + len(SIGNS), last + len(SIGNS)
        alone = around[first - 1] in SIGNS and around[last + 1] in SIGNS
        return alone and _SPELLED.fullmatch(around, first, last + 1) is not None

    def _in_text(self, first: int, last: int) -> Place:
        """Where in the text letters begin and end, with the marks that follow the last."""
        if self._is_simple:
            return first, last + 1
        ends, written = self._ends
        after = bisect_right(ends, ends[bisect_right(ends, last)])
        return written[bisect_right(ends, first)], written[after]

    @cached_property
    def _is_simple(self) -> bool:
        """Whether each character has become one."""
        return self._parts is self.text and NOT_ONE.isdisjoint(self.text)

    @cached_property
    def _ends(self) -> tuple[list[int], list[int]]:
        """Where each part of the text ends among letters and signs; where it begins as written."""
        ends = list(accumulate(map(len, map(LETTERS.__getitem__, self._parts))))
        return ends, list(accumulate(map(len, self._parts), initial=0))


def _gaps(signed: str) -> frozenset[int]:
    found, before = set(), 0
    for gap in _GAPS.finditer(signed):
        before += len(gap[0])
        if _divides(gap[0], signed[gap.start() - 1], signed[gap.end()]):
            found.add(gap.end() - before)
    return frozenset(found)


def _divides(gap: str, one: str, other: str) -> bool:
    """Whether what stands between two letters keeps them apart."""
    if _ENDS_SENTENCE.search(gap) or (one.isdecimal() and other.isdecimal()):
        return True
    if UNSPACED[one] or UNSPACED[other]:
        return False
    return _ENDS_WORD.search(gap) is not None
