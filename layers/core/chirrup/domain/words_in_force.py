"""Which list of words is in force; apart, because every start of a sending function loads it."""

from dataclasses import dataclass
from typing import ClassVar

from chirrup.domain.records import Owned, Record

OLDER_MAX = 3
"""Lists before the one in force that are kept, for functions that are just about to read one."""


@dataclass(frozen=True, slots=True)
class WordsInForce(Record):
    """Which list is in force; its `version` counts the changes.

    Attributes:
        key: Of the object that holds the list.
        count: How many words it has.
        changed_at: Milliseconds since the epoch.
        changed_by: Who has changed it last.
        older: Keys of the lists before it that are still kept, the newest first.
    """

    KIND: ClassVar[str] = "LIST"
    OF: ClassVar[Owned] = "catalog"
    OWNER: ClassVar[str] = "WORDS"

    key: str
    count: int
    changed_at: int
    changed_by: str
    older: tuple[str, ...] = ()
