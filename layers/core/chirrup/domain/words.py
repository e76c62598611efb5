"""Sensitive words: what is done about each."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.reading import Place, Reading

WORD_MAX = 64
CATEGORY_MAX = 32
WORDS_MAX = 100_000
"""Words of one list: so many load within the time that a cold start may take for them."""


class Action(StrEnum):
    """What is done with a text that holds a word; the strictest first."""

    REJECT = "reject"
    MASK = "mask"
    FLAG = "flag"


def strictest(actions: Iterable[Action]) -> Action:
    """The strictest of some actions, of which there is one at least."""
    return min(actions, key=list(Action).index)


def masked(text: str, places: Iterable[Place]) -> str:
    """The text with each character of these places written as `*`."""
    characters = list(text)
    for start, end in places:
        characters[start:end] = "*" * (end - start)
    return "".join(characters)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is not wanted; two with the same letters are the same word."""

    text: str
    action: Action
    category: str = ""

    @property
    def form(self) -> str:
        """Its letters, as they are searched."""
        return Reading(self.text).letters

    @property
    def gaps(self) -> frozenset[int]:
        """Before which of its letters it is divided."""
        return Reading(self.text).gaps

    @property
    def id(self) -> str:
        """What it is called by those who look after the list."""
        return word_id(self.form)


def word_id(form: str) -> str:
    """The id of the word with these letters: always the same, so that it needs no place."""
    return f"w_{hashlib.blake2b(form.encode(), digest_size=10).hexdigest()}"


def checked(text: str, action: str, category: str) -> Word:
    """A word as it is kept: in Unicode's normal form C, without blanks around it.

    Raises:
        ChirrupError: `invalid_request` with the field, and what is wrong with it.
    """
    if action not in list(Action):
        raise _invalid("action", "is not reject, mask or flag")
    return Word(
        _line("word", text, WORD_MAX), Action(action), _line("category", category, CATEGORY_MAX)
    )


def _line(field: str, given: str, most: int) -> str:
    text = unicodedata.normalize("NFC", given).strip()
    if len(text) > most:
        raise _invalid(field, f"is longer than {most} characters")
    if any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in text):
        raise _invalid(field, "holds characters that cannot be written")
    if field == "word" and not Reading(text).letters:
        raise _invalid(field, "holds no letter or digit")
    return text


def _invalid(field: str, problem: str) -> ChirrupError:
    return ChirrupError(ErrorCode.INVALID_REQUEST, field=field, problem=problem)
