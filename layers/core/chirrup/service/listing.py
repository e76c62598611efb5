"""All records of a kind that an owner has, however many."""

from collections.abc import Iterator

from chirrup.domain.records import R
from chirrup.ports.records import Records

RECORDS = 100
"""Read at once."""


def every(records: Records, kind: type[R], owner: str) -> Iterator[R]:
    """By name; each page is read when the one before was used."""
    after: str | None = None
    while True:
        page, after = records.page(kind, owner, after, RECORDS)
        yield from page
        if after is None:
            return
