"""The use cases that requests reach, wherever they come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from chirrup.ports import Clock, Dispatcher, SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from chirrup.service.changing import Changing
from chirrup.service.committing import Committing
from chirrup.service.conversations import ConversationService
from chirrup.service.reading import Reading
from chirrup.service.receipts import Receipts
from chirrup.service.screening import Screening
from chirrup.service.sending import Sending
from chirrup.service.settling import Settling

if TYPE_CHECKING:
    from chirrup.service.composing import Composing


@dataclass(frozen=True, slots=True)
class Messaging:
    """What both transports offer for conversations and messages.

    Attributes:
        committing: For other use cases that store entries of the server's.
        screening: For other use cases that keep what users write.
    """

    sending: Sending
    changing: Changing
    reading: Reading
    conversations: ConversationService
    receipts: Receipts
    committing: Committing
    screening: Screening
    clock: Clock


def messaging(
    *,
    timeline: Timeline,
    conversations: Conversations,
    records: Records,
    dispatcher: Dispatcher,
    screening: Screening,
    clock: Clock,
    side_by_side: SideBySide,
    composing: Callable[[], "Composing"],
    friends_only: bool,
) -> Messaging:
    """Put the use cases together.

    Args:
        timeline: Where entries are.
        conversations: Where heads, members and settings are.
        records: Where all else is.
        dispatcher: Tells the devices.
        screening: Looks through what users write.
        clock: For times.
        side_by_side: Runs requests at the same time.
        composing: Looks up what messages refer to; made for the first that does.
        friends_only: Only friends may write to each other.
    """
    kept = _Kept(timeline=timeline, conversations=conversations, clock=clock)
    acting = _Acting(**kept, dispatcher=dispatcher)
    notices = Committing(**acting, records=records)
    settling = Settling(conversations=conversations, notices=notices, side_by_side=side_by_side)
    committing = Committing(**acting, records=records, settle=settling.passed)
    own = ConversationService(
        **acting, records=records, committing=committing, friends_only=friends_only
    )
    return Messaging(
        sending=Sending(
            **acting,
            settling=settling,
            screening=screening,
            side_by_side=side_by_side,
            composing=composing,
            friends_only=friends_only,
        ),
        changing=Changing(
            **acting,
            records=records,
            settling=settling,
            screening=screening,
            friends_only=friends_only,
        ),
        reading=Reading(**kept, side_by_side=side_by_side),
        conversations=own,
        receipts=Receipts(**acting, own=own),
        committing=committing,
        screening=screening,
        clock=clock,
    )


class _Kept(TypedDict):
    """What all use cases need."""

    timeline: Timeline
    conversations: Conversations
    clock: Clock


class _Acting(_Kept):
    """What those need that tell the devices."""

    dispatcher: Dispatcher
