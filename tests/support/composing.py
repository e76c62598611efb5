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
    made = Composing(
        sources=Sources(
            timeline=timeline, conversations=conversations, clock=clock, side_by_side=one_by_one
        ),
        cards=Cards(users=users, conversations=conversations, records=records),
        attaching=attaching,
        emoji=Emoji(records=records, side_by_side=one_by_one),
    )
    return lambda: made


def only_texts() -> Any:
    """For tests that send nothing else."""
    raise AssertionError("a text needs nothing to be looked up")
