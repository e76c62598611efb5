"""Searching for many words at once, and looking through texts for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chirrup.domain.occasions import Occasion

Candidate = tuple[int, int, int]
"""Which form stands where: its number, where it begins, and where it ends."""


class Matcher(Protocol):
    """Finds forms in letters."""

    def find(self, letters: str) -> Sequence[Candidate]:
        """All places of all forms, also where they overlap."""


Compile = Callable[[Iterable[str]], Matcher]
"""Makes the matcher of some forms, which may take a few hundred milliseconds."""


class Screen(Protocol):
    """Looks through texts for the words of one list."""

    def __call__(self, occasion: Occasion, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Texts by field, as they may be kept: with words masked. What is found is noted first.

        Raises:
            ChirrupError: `sensitive_word`, with a field and no word; `temporarily_unavailable`.
        """


Load = Callable[[], Screen]
"""Makes what looks for the words of a list, which takes memory and time."""
OpenList = Callable[[bytes], Load]
"""Opens the object that holds a list; ValueError if it holds none."""
