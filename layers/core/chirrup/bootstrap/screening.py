"""The use cases around words that are not wanted."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import clock, objects, records, settings

if TYPE_CHECKING:
    from chirrup.ports.words import Load
    from chirrup.service.screening import Screening
    from chirrup.transport.words import Moderation


@cache
def screening() -> "Screening":
    """Looking through what users write."""
    from chirrup.concurrency import side_by_side
    from chirrup.transport.screening import screening

    settings().text("MEDIA_BUCKET")  # If it is missing, the start shall say so, not a message.
    return screening(
        records=records(),
        objects=_LateObjects(),
        open_list=_opened,
        clock=clock(),
        side_by_side=side_by_side,
    )


def _opened(body: bytes) -> "Load":
    """Loads the search, and the library behind it, only where there are words."""
    from chirrup.transport.words import opener
    from chirrup.words.automaton import Automaton

    return opener(records=records(), clock=clock(), compile_=Automaton)(body)


@cache
def moderation() -> "Moderation":
    """Looking after words."""
    from chirrup.transport.words import moderation

    return moderation(records=records(), objects=objects(), clock=clock())


class _LateObjects:
    """Opens the bucket with the first request, which few functions make.

    Implements `ports.objects.Objects`.
    """

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """See `ports.objects.Objects`."""
        objects().put(key, body, content_type)

    def get(self, key: str) -> bytes | None:
        """See `ports.objects.Objects`."""
        return objects().get(key)

    def delete(self, key: str) -> None:
        """See `ports.objects.Objects`."""
        objects().delete(key)
