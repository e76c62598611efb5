# ruff: noqa: RUF001 - punctuation that looks like other
"""The rules for words, read plainly and slowly: what the real search is compared with.

It shares no code with it: letters come from `unicodedata` alone, and places are tried one by one.
"""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

SIMPLIFIED = {"輪": "轮", "臺": "台", "灣": "湾"}
ENDS_SENTENCE = set(",;:!?。，、；：！？…\n\r")
ENDS_WORD = set("'’‘\"“”()[]{}「」【】/\\") | set(" \t\u3000\xa0")


@dataclass(frozen=True)
class Letter:
    """One letter, and the characters of the text that it comes from."""

    what: str
    start: int
    end: int

    @property
    def unspaced(self) -> bool:
        """Whether its script sets no blanks."""
        name = unicodedata.name(self.what, "")
        return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def letters_of(text: str) -> list[Letter]:
    """The letters of a text."""
    found: list[Letter] = []
    at = 0
    while at < len(text):
        end = at + 1
        if end < len(text) and text[end] in "\uff9e\uff9f\u3099\u309a" and _is_kana(text[at]):
            end += 1
        found += [Letter(one, at, end) for one in _fold(text[at:end])]
        at = end
    return found


def _is_kana(character: str) -> bool:
    return "KATAKANA" in unicodedata.name(character, "") or "HIRAGANA" in unicodedata.name(
        character, ""
    )


def _fold(character: str) -> str:
    kana = "\u3099\u309a"
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    kept = [one for one in text if unicodedata.category(one)[0] != "M" or one in kana]
    composed = unicodedata.normalize("NFC", "".join(kept))
    return "".join(SIMPLIFIED.get(one, one) for one in composed if one.isalnum())


def naive_places(word: str, text: str) -> list[str]:
    """What of a text is taken for a word."""
    return [text[slice(*span)] for span in naive_spans(word, text)]


def naive_spans(word: str, text: str) -> list[tuple[int, int]]:
    """Where a word stands in a text."""
    wanted, there = letters_of(word), letters_of(text)
    allowed = {
        number
        for number in range(1, len(wanted))
        if _divided(word, wanted[number - 1], wanted[number])
    }
    found = []
    for first in range(len(there) - len(wanted) + 1):
        run = there[first : first + len(wanted)]
        if [one.what for one in run] != [one.what for one in wanted]:
            continue
        before = there[first - 1] if first else None
        after = there[first + len(wanted)] if first + len(wanted) < len(there) else None
        if _touches(text, before, run[0]) or _touches(text, run[-1], after):
            continue
        divided = {n for n in range(1, len(run)) if _divided(text, run[n - 1], run[n])}
        if divided <= allowed or _alone(text, [before, *run, after]):
            end = run[-1].end
            while end < len(text) and _is_nothing(text[end]):
                end += 1
            found.append((run[0].start, end))
    return found


def _is_nothing(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Cf", "Me")


def _between(text: str, one: Letter, other: Letter) -> str:
    return "".join(c for c in text[one.end : other.start] if not _is_nothing(c))


def _touches(text: str, one: Letter | None, other: Letter | None) -> bool:
    """Whether two letters are parts of one word, or of one character."""
    if one is None or other is None or one.unspaced or other.unspaced:
        return False
    return not _between(text, one, other)


def _divided(text: str, one: Letter, other: Letter) -> bool:
    gap = _between(text, one, other)
    if not gap:
        return False
    if one.what.isdecimal() and other.what.isdecimal():
        return True
    if any(c in ENDS_SENTENCE for c in gap) or ".." in gap or ". " in gap:
        return True
    if one.unspaced or other.unspaced:
        return False
    return any(c in ENDS_WORD for c in gap)


def _alone(text: str, run: list[Letter | None]) -> bool:
    if len(run) < 5:
        return False
    return all(
        one is None or other is None or bool(_between(text, one, other))
        for one, other in pairwise(run)
    )
