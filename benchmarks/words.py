"""What 100,000 sensitive words take: loading them, and looking through 4 KB of text for them.

`python -m benchmarks.words <list>` measures in a process of its own, in which the message function
has just started, so that its memory can be told. Words and texts are made up of letters as often as
in English, and of the 3,500 first Chinese characters in Unicode's order, so that texts hold some
words by chance, as they would in life.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks import processes
from benchmarks.memory import peak_mb
from benchmarks.report import Row
from chirrup.domain.reading import Reading
from chirrup.domain.word_lists import listed
from chirrup.domain.words import Action, Word

COUNT = 100_000
SIZE = 4_096
RUNS = 50
PROCESSES = 3
LATIN = "etaoinshrdlucmfwypvbgkjqxz"
WEIGHTS = range(len(LATIN), 0, -1)
HAN = [chr(0x4E00 + number) for number in range(3_500)]
LONG = (4, 5, 6, 7, 8, 9, 10, 12, 16)
SHORT = (2, 3, 3, 4, 4, 5, 6, 8)


def rows() -> list[Row]:
    """The least of some processes, with the budgets that there are."""
    with TemporaryDirectory() as folder:
        stored = Path(folder) / "list"
        stored.write_bytes(body())
        runs: list[dict[str, float]] = [
            json.loads(processes.python("-m", "benchmarks.words", str(stored)))
            for _ in range(PROCESSES)
        ]
    least = {name: min(run[name] for run in runs) for name in runs[0]}
    before, load, peak, after = (least.pop(name) for name in ("before", "load", "peak", "after"))
    memory = f"{before:.0f} MB before, {after:.0f} MB after"
    return [
        Row("100,000 words: from the object to ready", round(load), "ms", 300),
        Row("ws_message: peak memory while it loads them", round(peak), "MB", 110, memory),
        *(Row(f"4 KB: {name}", round(ms, 2), "ms", 1) for name, ms in least.items()),
    ]


def body() -> bytes:
    """A list as the object in the bucket has it, half of it Chinese."""
    random, by_form = Random(1), dict[str, Word]()  # noqa: S311 - no secret
    while len(by_form) < COUNT:
        latin = random.random() < 0.5
        text = _latin(random, random.choice(LONG)) if latin else _han(random, random.choice(SHORT))
        word = Word(text, Action.MASK, "any")
        by_form[word.form] = word
    return listed(by_form).encoded()


def texts() -> dict[str, str]:
    """Texts of 4,096 characters or, of what is not ASCII, also of 4,096 bytes."""
    ascii_, cjk = _text(lambda _: True), _text(lambda _: False)
    mixed = _text(lambda random: random.random() < 0.5)
    return {
        "ASCII": ascii_,
        "Chinese, 4,096 characters": cjk,
        "Chinese, 4,096 bytes": cjk.encode()[:SIZE].decode(errors="ignore"),
        "mixed, 4,096 characters": mixed,
    }


def _text(is_latin: Callable[[Random], bool]) -> str:
    random, text = Random(2), ""  # noqa: S311 - no secret
    while len(text) < SIZE:
        if is_latin(random):
            text += _latin(random, random.randint(1, 9)) + random.choice((" ", " ", ", ", ". "))
        else:
            text += _han(random, random.randint(3, 12)) + random.choice("，。！ ")  # noqa: RUF001
    return text[:SIZE]


def _latin(random: Random, length: int) -> str:
    return "".join(random.choices(LATIN, WEIGHTS, k=length))


def _han(random: Random, length: int) -> str:
    return "".join(random.choices(HAN, k=length))


def figures(given: bytes) -> Iterator[tuple[str, float]]:
    """Milliseconds and MB by name."""
    yield "before", peak_mb()
    at = time.perf_counter()
    from chirrup.domain.word_lists import decoded
    from chirrup.words.automaton import Automaton

    words = decoded(given)
    matcher = Automaton(words.each_form())
    yield "load", (time.perf_counter() - at) * 1_000
    yield "peak", peak_mb()
    yield "after", _resident_mb()

    def look(text: str) -> list[tuple[int, tuple[int, int] | None]]:
        reading = Reading(text)
        return [
            (number, reading.place(start, end, partial(words.gaps, number)))
            for number, start, end in matcher.find(reading.letters)
        ]

    for name, text in texts().items():
        yield name, min(_timed(partial(look, text)) for _ in range(RUNS)) * 1_000


def _timed(call: Callable[[], object]) -> float:
    at = time.perf_counter()
    call()
    return time.perf_counter() - at


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4_096 / 1024 / 1024


if __name__ == "__main__":
    sys.path.insert(0, "functions/ws_message")
    importlib.import_module("handler")
    print(json.dumps(dict(figures(Path(sys.argv[1]).read_bytes()))))
