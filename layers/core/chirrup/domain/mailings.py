"""Mailings: one notice for many users, each in a timeline of their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from chirrup.domain.records import Owned, Record

USERS_MAX = 10_000
PART = 1_000
"""Recipients in a record: some 70 KB of the 400 KB that DynamoDB takes."""
PAGE = 33
"""Recipients of a commit: an entry, a head and perhaps a member item for each, and the page's own
record, are the 100 items that a transaction takes."""


@dataclass(frozen=True, slots=True)
class Mailing(Record):
    """A notice for a list of users; its `owner` is `mailing_of(id)`.

    Attributes:
        sender_id: Who it is from.
        type: Of the notice.
        content: Of the notice.
        digest: Of all that was asked for, to tell a retry from another one.
        made_at: Milliseconds since the epoch.
        recipients: How many are named.
        held: It is not to be delivered yet.
        done: All pages were delivered.
        withdrawn_at: When it was withdrawn (ms since epoch).
    """

    KIND: ClassVar[str] = "MAILING"
    OF: ClassVar[Owned] = "catalog"

    sender_id: str
    type: str
    content: Mapping[str, Any]
    digest: str
    made_at: int
    recipients: int
    held: bool = False
    done: bool = False
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class Recipients(Record):
    """Some of the users whom a mailing is for; `name` tells which part it is."""

    KIND: ClassVar[str] = "TO"
    OF: ClassVar[Owned] = "catalog"

    user_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delivered(Record):
    """That a page was delivered, stored with its notices; `name` tells which page it is.

    Attributes:
        seqs: By user: the seq of the notice in the user's timeline. Who was never seen has none.
        withdrawn: They were taken back.
    """

    KIND: ClassVar[str] = "DELIVERED"
    OF: ClassVar[Owned] = "catalog"

    seqs: Mapping[str, int] = field(default_factory=dict)
    withdrawn: bool = False


class MailingPage(NamedTuple):
    """A page of the recipients."""

    name: str
    user_ids: tuple[str, ...]


def mailing_of(id_: str) -> str:
    """By what a mailing, its recipients and its pages are kept."""
    return f"MAILING#{id_}"


def parts_of(owner: str, user_ids: Sequence[str]) -> list[Recipients]:
    """The recipients in records."""
    return [
        Recipients(owner=owner, name=f"{at // PART:02d}", user_ids=tuple(user_ids[at : at + PART]))
        for at in range(0, len(user_ids), PART)
    ]


def pages_of(parts: Sequence[Recipients]) -> Iterator[MailingPage]:
    """The recipients in pages; always the same ones."""
    for part in parts:
        for at in range(0, len(part.user_ids), PAGE):
            yield MailingPage(f"{part.name}.{at // PAGE:02d}", part.user_ids[at : at + PAGE])
