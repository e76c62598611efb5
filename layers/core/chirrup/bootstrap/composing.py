"""What few messages need: looking up what they refer to."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import clock, conversations, records, timeline, users
from chirrup.bootstrap.media import attaching

if TYPE_CHECKING:
    from chirrup.service.composing import Composing
    from chirrup.service.emoji import Emoji
    from chirrup.service.enrolment import Enrolment
    from chirrup.service.material_reading import MaterialReading
    from chirrup.service.sources import Sources


@cache
def composing() -> "Composing":
    """Looks up what messages refer to."""
    from chirrup.service.cards import Cards
    from chirrup.service.composing import Composing

    return Composing(
        sources=_sources(),
        cards=Cards(users=users(), conversations=conversations(), records=records()),
        attaching=attaching(),
        emoji=emoji(),
        materials=material_reading(),
    )


@cache
def material_reading() -> "MaterialReading":
    """Shows materials of channels."""
    from chirrup.service.material_reading import MaterialReading

    return MaterialReading(
        conversations=conversations(),
        records=records(),
        sources=_sources(),
        enrol=_enrolment().enrol,
    )


@cache
def _sources() -> "Sources":
    from chirrup.concurrency import side_by_side
    from chirrup.service.sources import Sources

    return Sources(
        timeline=timeline(),
        conversations=conversations(),
        enrol=_enrolment().enrol,
        clock=clock(),
        side_by_side=side_by_side,
    )


@cache
def _enrolment() -> "Enrolment":
    from chirrup.concurrency import side_by_side
    from chirrup.service.enrolment import Enrolment

    return Enrolment(
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        users=users(),
        clock=clock(),
        side_by_side=side_by_side,
    )


@cache
def emoji() -> "Emoji":
    """Finds emoji."""
    from chirrup.concurrency import side_by_side
    from chirrup.service.emoji import Emoji

    return Emoji(records=records(), side_by_side=side_by_side)
