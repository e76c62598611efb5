"""What few messages need: looking up what they refer to."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import clock, conversations, records, timeline, users
from chirrup.bootstrap.media import attaching

if TYPE_CHECKING:
    from chirrup.service.composing import Composing
    from chirrup.service.emoji import Emoji


@cache
def composing() -> "Composing":
    """Looks up what messages refer to."""
    from chirrup.concurrency import side_by_side
    from chirrup.service.cards import Cards
    from chirrup.service.composing import Composing
    from chirrup.service.sources import Sources

    return Composing(
        sources=Sources(
            timeline=timeline(),
            conversations=conversations(),
            clock=clock(),
            side_by_side=side_by_side,
        ),
        cards=Cards(users=users(), conversations=conversations(), records=records()),
        attaching=attaching(),
        emoji=emoji(),
    )


@cache
def emoji() -> "Emoji":
    """Finds emoji."""
    from chirrup.concurrency import side_by_side
    from chirrup.service.emoji import Emoji

    return Emoji(records=records(), side_by_side=side_by_side)
