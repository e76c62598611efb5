"""The use cases that requests reach, wherever they come from."""

from dataclasses import dataclass

from chirrup.ports import (
    Clock,
    Conversations,
    Dispatcher,
    Records,
    SideBySide,
    Timeline,
)
from chirrup.service.changing import Changing
from chirrup.service.committing import Committing
from chirrup.service.conversations import ConversationService
from chirrup.service.reading import Reading
from chirrup.service.receipts import Receipts
from chirrup.service.sending import Sending
from chirrup.service.settling import Settling


@dataclass(frozen=True, slots=True)
class Messaging:
    """What both transports offer for conversations and messages.

    Attributes:
        committing: For other use cases that store entries of the server's.
    """

    sending: Sending
    changing: Changing
    reading: Reading
    conversations: ConversationService
    receipts: Receipts
    committing: Committing
    clock: Clock


def messaging(
    *,
    timeline: Timeline,
    conversations: Conversations,
    records: Records,
    dispatcher: Dispatcher,
    clock: Clock,
    side_by_side: SideBySide,
    friends_only: bool,
) -> Messaging:
    """Put the use cases together.

    Args:
        timeline: Where entries are.
        conversations: Where heads, members and settings are.
        records: Where all else is.
        dispatcher: Tells the devices.
        clock: For times.
        side_by_side: Runs requests at the same time.
        friends_only: Only friends may write to each other.
    """
    notices = Committing(
        timeline=timeline,
        conversations=conversations,
        records=records,
        dispatcher=dispatcher,
        clock=clock,
    )
    settling = Settling(conversations=conversations, notices=notices)
    committing = Committing(
        timeline=timeline,
        conversations=conversations,
        records=records,
        dispatcher=dispatcher,
        clock=clock,
        settle=settling.passed,
    )
    own = ConversationService(
        timeline=timeline,
        conversations=conversations,
        records=records,
        dispatcher=dispatcher,
        committing=committing,
        clock=clock,
        friends_only=friends_only,
    )
    return Messaging(
        sending=Sending(
            timeline=timeline,
            conversations=conversations,
            dispatcher=dispatcher,
            settling=settling,
            clock=clock,
            side_by_side=side_by_side,
            friends_only=friends_only,
        ),
        changing=Changing(
            timeline=timeline,
            conversations=conversations,
            records=records,
            dispatcher=dispatcher,
            settling=settling,
            clock=clock,
            friends_only=friends_only,
        ),
        reading=Reading(
            timeline=timeline,
            conversations=conversations,
            clock=clock,
            side_by_side=side_by_side,
        ),
        conversations=own,
        receipts=Receipts(
            timeline=timeline,
            conversations=conversations,
            dispatcher=dispatcher,
            own=own,
            clock=clock,
        ),
        committing=committing,
        clock=clock,
    )
