"""Words that are not wanted on the wire, as those see and change them who look after the list."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import Changes, Emitted, Received
from chirrup.contracts.people import NextCursor
from chirrup.domain.words import CATEGORY_MAX, WORD_MAX, WORDS_MAX, Action

WORD_ID = r"w_[0-9a-f]{20}"
FILE_MAX = 5 * 1024 * 1024
"""Characters of a file: a Lambda takes 6 MB, and 100,000 rows have 2 or 3 as a rule."""

WordId = Annotated[
    str,
    Field(
        pattern=f"^{WORD_ID}$",
        description="Made of its letters: the same word always has the same.",
        examples=["w_a4c9e35d0e65e5dbe7c1"],
    ),
]
WordText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=WORD_MAX * 4,
        description=f"At most {WORD_MAX} characters in Unicode normal form C, one of them a letter"
        " or digit, on one line.",
    ),
]
WordAction = Annotated[
    Action,
    Field(strict=False, description="Refuse the text, write the word as `*`, or have it reviewed."),
]
Category = Annotated[
    str,
    Field(max_length=CATEGORY_MAX * 4, description=f"At most {CATEGORY_MAX} characters, or none."),
]


class NewWord(Received):
    """A word to be put on the list."""

    word: WordText
    action: WordAction
    category: Category = ""


class WordChanges(Changes):
    """What to change of a word; other letters make it another word."""

    word: WordText = ""
    action: WordAction = Action.REJECT
    category: Category = ""


class WordQuery(Received):
    """Which page of which words, in the order of their letters."""

    limit: Annotated[int, Field(ge=1, le=500, description="Words at most.")] = 100
    cursor: Annotated[
        Annotated[str, Field(max_length=1_000)] | None,
        Field(description="`next_cursor` of the page before."),
    ] = None
    text: Annotated[
        Annotated[str, Field(max_length=WORD_MAX)] | None,
        Field(description="Words that hold these letters."),
    ] = None
    action: Annotated[Action | None, Field(strict=False, description="With this action.")] = None
    category: Annotated[Category | None, Field(description="Of this category.")] = None


class WordView(Emitted):
    """A word of the list."""

    word_id: WordId
    word: str
    action: Action
    category: str


class WordPage(Emitted):
    """A page of words."""

    items: list[WordView]
    next_cursor: NextCursor = None


class WordImport(Received):
    """Words to be put on the list, all of them or, where one row is not good, none."""

    format: Annotated[
        Literal["csv", "text"],
        Field(description="CSV with the header `word,action,category`, or a word a line."),
    ]
    content: Annotated[str, Field(max_length=FILE_MAX, description="The file.")]
    action: Annotated[Action, Field(strict=False, description="For rows without one.")] = (
        Action.REJECT
    )
    category: Annotated[Category, Field(description="For rows without one.")] = ""
    replace: Annotated[bool, Field(description="Delete all words that the file has not.")] = False


class WordImportView(Emitted):
    """What an import has done."""

    added: Annotated[int, Field(ge=0, le=WORDS_MAX)]
    changed: Annotated[int, Field(ge=0, le=WORDS_MAX)]
    unchanged: Annotated[int, Field(ge=0, le=WORDS_MAX)]
    deleted: Annotated[int, Field(ge=0, le=WORDS_MAX)]
