"""Looking through texts for the words of one list."""

from collections.abc import Iterator, Mapping
from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.hits import Found
from chirrup.domain.occasions import Occasion
from chirrup.domain.reading import Place, Reading
from chirrup.domain.word_lists import WordList
from chirrup.domain.words import Action, masked
from chirrup.ports.words import Compile
from chirrup.service.hit_log import HitLog


class Search:
    """Implements `ports.words.Screen`."""

    def __init__(self, words: WordList, *, compile_: Compile, hit_log: HitLog) -> None:
        self._words = words
        self._matcher = compile_(words.each_form())
        self._hit_log = hit_log

    def __call__(self, occasion: Occasion, texts: Mapping[str, str]) -> Mapping[str, str]:
        """See `ports.words.Screen`."""
        places = {field: tuple(self._places(text)) for field, text in texts.items()}
        found = self._found({field: [one for one, _ in places[field]] for field in places})
        if not found:
            return texts
        self._hit_log.note(occasion, texts, found)
        refused = [one.field for one in found if one.action is Action.REJECT]
        if refused:
            raise ChirrupError(ErrorCode.SENSITIVE_WORD, field=refused[0])
        return {
            field: masked(text, (place for number, place in places[field] if self._masks(number)))
            for field, text in texts.items()
        }

    def _places(self, text: str) -> Iterator[tuple[int, Place]]:
        """Which words, by number, stand where in a text; they may overlap."""
        reading = Reading(text)
        for number, start, end in self._matcher.find(reading.letters):
            place = reading.place(start, end, partial(self._words.gaps, number))
            if place:
                yield number, place

    def _found(self, numbers: Mapping[str, list[int]]) -> list[Found]:
        """Each word once for each field."""
        pairs = dict.fromkeys((field, number) for field in numbers for number in numbers[field])
        words = self._words.several({number for _, number in pairs}) if pairs else {}
        return [
            Found(field, word.id, word.text, word.category, word.action)
            for field, word in ((field, words[number]) for field, number in pairs)
        ]

    def _masks(self, number: int) -> bool:
        return self._words.action(number) is Action.MASK
