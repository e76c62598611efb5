"""Screening: what users write is looked through for words, before it is kept.

Every start of a sending function loads this; what there is to do where there are words stands in
`searching`, and is loaded with the first list.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from chirrup.domain.contents import names_in, texts_in
from chirrup.domain.messages import Json
from chirrup.domain.occasions import Occasion
from chirrup.ports import SideBySide
from chirrup.service.word_list import WordListInForce

T = TypeVar("T")

CONTENT = "content."


class Screening:
    """Refuses, masks or notes texts, as the list in force says."""

    def __init__(self, *, words: WordListInForce, side_by_side: SideBySide) -> None:
        self._words = words
        self._side_by_side = side_by_side

    def alongside(self, call: Callable[[], T]) -> T:
        """Make a call; while it waits, look at the list if it is time to."""
        if not self._words.is_due:
            return call()
        result: T = self._side_by_side(self._words.look, call)[1]
        return result

    def content(self, occasion: Occasion, type_: str, content: Json) -> Json:
        """The content of a message, as it may be kept.

        Raises:
            ChirrupError: See `ports.words.Screen`.
        """
        written = {**texts_in(type_, content), **names_in(type_, content)}
        texts = {f"{CONTENT}{name}": text for name, text in written.items()}
        kept = self.texts(occasion, texts)
        return {**content, **{name.removeprefix(CONTENT): kept[name] for name in kept}}

    def fields(self, occasion: Occasion, texts: Mapping[str, str | None]) -> Mapping[str, Any]:
        """Texts of which some may be missing, as they may be kept.

        Raises:
            ChirrupError: See `ports.words.Screen`.
        """
        return {**texts, **self.texts(occasion, {name: one for name, one in texts.items() if one})}

    def text(self, occasion: Occasion, field: str, text: str) -> str:
        """One text, as it may be kept.

        Raises:
            ChirrupError: See `ports.words.Screen`.
        """
        return self.texts(occasion, {field: text})[field]

    def texts(self, occasion: Occasion, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Texts by field, as they may be kept.

        Raises:
            ChirrupError: See `ports.words.Screen`.
        """
        screen = self._words.get() if texts else None
        return screen(occasion, texts) if screen else texts
