"""Letters as the search for words compares them, and what stands between letters.

Each character becomes the letters that it stands for, without case, width, marks and regional
form; or, where it stands for none, one of six signs that say how it divides; or nothing at all.
"""

import re
import unicodedata
import zlib
from collections.abc import Callable
from typing import TypeVar

from chirrup.domain.simplified import SIMPLIFIED, TRADITIONAL

BLANK, LINE, SENTENCE, STOP, QUOTE, OTHER = SIGNS = " \n,.'-"
"""Between letters stand: a blank; the end of a line; what divides sentences or their parts; a full
stop, which also stands within abbreviations and addresses; quotes, brackets and slashes; the rest.
"""
_UNSPACED = re.compile(
    "[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3041-\u3096\u309d-\u30ff\u3105-\u318f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai to Burmese, Khmer, Chinese, Japanese, Korean."""
VOICED = re.compile("[\uff66-\uff9d\u3041-\u30ff][\u3099\u309a\uff9e\uff9f]")
"""A kana and its mark, which are one letter."""

_SENTENCE = frozenset(",;:!?\u00a1\u00bf\u2026\u3001\u3002\u060c\u061b\u061f\u06d4\u0964\u0965")
_LINES = frozenset("\n\r\v\f\x85\u2028\u2029")
_QUOTES = frozenset("\"'/\\\u2044")
_DROPPED = re.compile(r"COMBINING|VARIATION|HEBREW|ARABIC|SYRIAC|HANGUL .*FILLER|KHMER VOWEL INH")
"""Names of marks that a reader may leave out. In Indian scripts and in Thai marks are letters."""
_LOOSE = re.compile("[\u3099\u309a]")
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by category that show nothing."""
_SIMPLIFIED = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))

EDITION = f"1.{unicodedata.unidata_version}.{zlib.crc32((TRADITIONAL + SIMPLIFIED).encode()):x}"
"""What letters are made by: another edition may make others. Raise the first number with the code.
"""


REMEMBERED_MAX = 20_000
"""Characters; some 4 MB."""

V = TypeVar("V")


class _Once(dict[str, V]):
    """What is worked out of a character when it is first met; forgotten when there are very many.

    Otherwise texts that go through all of Unicode would fill the memory of a warm function.
    """

    def __init__(self, work_out: Callable[[str], V]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, character: str) -> V:
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        told = self[character] = self._work_out(character)
        return told


NOT_ONE: set[str] = set()
"""Characters met so far that become nothing, or more than one letter."""


def _noted(character: str) -> str:
    letters = _letters(character)
    if len(letters) != 1:
        NOT_ONE.add(character)
    return letters


def _letters(character: str) -> str:
    folded = _compatible(_compatible(character).casefold())
    letters = "".join(_SIMPLIFIED.get(one, one) for one in folded if _is_letter(one))
    if letters or not folded:
        return letters
    return "" if all(map(_is_nothing, character)) else _sign(character, folded)


def _compatible(text: str) -> str:
    """NFKC without the marks that a reader may leave out; kana keep those that become one."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text))
    kept = "".join(one for one in apart if not _is_nothing(one))
    return _LOOSE.sub("", unicodedata.normalize("NFC", kept))


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _is_nothing(character: str) -> bool:
    if unicodedata.category(character) == "Cf" or character in _FILLERS:
        return True
    if unicodedata.category(character)[0] != "M" or character in "\u3099\u309a":
        return False
    return _DROPPED.match(unicodedata.name(character, "")) is not None


def _sign(character: str, folded: str) -> str:
    if character in _LINES:
        return LINE
    if folded == ".":
        return STOP
    if character in _SENTENCE or folded[0] in _SENTENCE:
        return SENTENCE
    if character.isspace() or unicodedata.category(character)[0] == "Z":
        return BLANK
    if folded[0] in _QUOTES or unicodedata.category(character) in ("Pi", "Pf", "Ps", "Pe"):
        return QUOTE
    return OTHER


LETTERS = _Once(_noted)
"""The letters, or the sign, that a character becomes; also a kana with its mark."""
UNSPACED = _Once(lambda character: _UNSPACED.match(character) is not None)
"""Whether a letter is of a script that sets no blanks between words, or (Korean) writes endings on
to them: there words may begin and end anywhere."""
