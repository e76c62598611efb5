"""Friends: who may write to whom, and be brought into groups by whom."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from chirrup.domain.records import Record


@dataclass(frozen=True, slots=True)
class Friend(Record):
    """One side of a friendship; its `owner` is a user, its `name` the friend."""

    KIND: ClassVar[str] = "FRIEND"
    OF: ClassVar[Literal["user", "conversation"]] = "user"
