"""Records: small things that are kept by name, and changed only as they were read.

Friends, requests, groups' profiles and the like. Each has a version, which every change raises
by one: whoever has read an older one must read again. So rules are checked on what was read, in
plain code, and hold when it is written.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple, TypeVar

Owned = Literal["user", "conversation", "catalog"]
"""By what a record is kept: a user, a conversation, or something of the catalog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records have.

    Attributes:
        KIND: What its key begins with.
        OF: What its owner is.
        owner: The user, the conversation or the thing that it belongs to.
        name: Tells it from its owner's others of its kind; empty for the only one.
        version: 0 before it is stored; then how often it was.
    """

    KIND: ClassVar[str]
    OF: ClassVar[Owned]

    owner: str
    name: str = ""
    version: int = 0

    @property
    def expires_at(self) -> int | None:
        """When it may be thrown away (ms since epoch); None for never."""
        return None


R = TypeVar("R", bound=Record)


class Name(NamedTuple):
    """Which record of a kind is meant."""

    owner: str
    name: str = ""
