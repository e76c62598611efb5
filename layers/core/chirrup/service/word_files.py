"""Words in files: CSV with a header, or a word a line."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.words import WORDS_MAX, Action, Word, checked

HEADER = ("word", "action", "category")
PROBLEMS_MAX = 100
"""Problems of one file that are told; how many there are is told in any case."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What holds for rows that do not say."""

    action: Action = Action.REJECT
    category: str = ""


class _Reader:
    """Gathers words and problems, row by row."""

    def __init__(self, otherwise: Otherwise) -> None:
        self.words: dict[str, Word] = {}
        self._otherwise = otherwise
        self._problems: list[dict[str, object]] = []
        self._count = 0

    def row(self, number: int, given: Mapping[str, str]) -> None:
        """Take a row; of those with the same letters the last counts."""
        action = given.get("action", "").strip().casefold() or self._otherwise.action
        category = given.get("category") or self._otherwise.category
        try:
            word = checked(given["word"], action, category)
        except ChirrupError as error:
            self.problem(number, str(error.details["field"]), str(error.details["problem"]))
            return
        self.words[word.form] = word
        if len(self.words) > WORDS_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_words", limit=WORDS_MAX)

    def problem(self, number: int, field: str, problem: str) -> None:
        """Note what is wrong with a row."""
        self._count += 1
        if len(self._problems) < PROBLEMS_MAX:
            self._problems.append({"row": number, "field": field, "problem": problem})

    def result(self) -> dict[str, Word]:
        """The words by their letters, if all rows are good."""
        if self._count:
            raise ChirrupError(
                ErrorCode.INVALID_REQUEST, problem_count=self._count, problems=self._problems
            )
        return self.words


def words_of_csv(text: str, otherwise: Otherwise) -> dict[str, Word]:
    """The words of a CSV file (RFC 4180) with the header `word`, and maybe `action`, `category`.

    Raises:
        ChirrupError: `invalid_request` with the first problems, each with its row (the header is
            row 1), field and problem, when a single row is not good; `conflict` for too many words.
    """
    reader, header = _Reader(otherwise), None
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for number, row in enumerate(rows, 1):
            if header is None:
                header = [name.strip().casefold() for name in row]
                if "word" not in header or not set(header) <= set(HEADER):
                    reader.problem(number, "header", f"must be of {', '.join(HEADER)}")
                    break
            elif len(row) > len(header):
                reader.problem(number, "row", "has more fields than the header")
            elif any(row):
                reader.row(number, {"word": "", **dict(zip(header, row, strict=False))})
    except csv.Error:
        reader.problem(rows.line_num, "row", "is not CSV")
    return reader.result()


def words_of_text(text: str, otherwise: Otherwise) -> dict[str, Word]:
    """The words of a file with one a line; empty lines count as rows, but are passed over.

    Raises:
        ChirrupError: As `words_of_csv`.
    """
    reader = _Reader(otherwise)
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if line.strip():
            reader.row(number, {"word": line})
    return reader.result()


def csv_of(words: Iterable[Word]) -> Iterator[str]:
    """The lines of a CSV file of words, which `words_of_csv` reads."""
    out = io.StringIO()
    writer = csv.writer(out)
    rows: Iterator[tuple[str, ...]] = ((w.text, w.action, w.category) for w in words)
    writer.writerow(HEADER)
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow(row)
        yield out.getvalue()
