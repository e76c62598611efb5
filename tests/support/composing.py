"""Composing on any stores, for those who put the use cases together by hand."""

from collections.abc import Callable
from typing import Any

from chirrup.concurrency import one_by_one
from chirrup.ports import Clock, Users
from chirrup.ports.attachments import Attaching
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from chirrup.service.cards import Cards
from chirrup.service.composing import Composing
from chirrup.service.emoji import Emoji
from chirrup.service.enrolment import Enrolment
from chirrup.service.material_reading import MaterialReading
from chirrup.service.sources import Sources


def composing_of(
    *,
    timeline: Timeline,
    conversations: Conversations,
    records: Records,
    users: Users,
    attaching: Attaching,
    clock: Clock,
) -> Callable[[], Composing]:
    """What looks up what messages refer to."""
    enrolment = Enrolment(
        timeline=timeline,
        conversations=conversations,
        records=records,
        users=users,
        clock=clock,
        side_by_side=one_by_one,
    )
    sources = Sources(
        timeline=timeline,
        conversations=conversations,
        enrol=enrolment.enrol,
        clock=clock,
        side_by_side=one_by_one,
    )
    made = Composing(
        sources=sources,
        cards=Cards(users=users, conversations=conversations, records=records),
        attaching=attaching,
        materials=MaterialReading(
            conversations=conversations,
            records=records,
            sources=sources,
            enrol=enrolment.enrol,
        ),
        emoji=Emoji(records=records, side_by_side=one_by_one),
    )
    return lambda: made


def only_texts() -> Any:
    """For tests that send nothing else."""
    raise AssertionError("a text needs nothing to be looked up")
