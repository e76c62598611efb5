"""What channels say, and what users are told by name: the use cases, put together."""

from dataclasses import dataclass

from chirrup.ports import Connections, Dispatcher, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Records
from chirrup.ports.sanitising import CleanHtml
from chirrup.ports.timelines import Timeline
from chirrup.service.broadcast_ends import BroadcastEnds
from chirrup.service.broadcasts import Broadcasts
from chirrup.service.mailing import Mailings
from chirrup.service.mailing_ends import MailingEnds
from chirrup.service.materials import Materials
from chirrup.service.notifications import Notifications
from chirrup.service.telling import Telling
from chirrup.service.templates import Templates
from chirrup.service.withdrawing import Withdrawing
from chirrup.transport.services import Messaging


@dataclass(frozen=True, slots=True)
class Broadcasting:
    """What the administration and business systems tell users."""

    materials: Materials
    broadcasts: Broadcasts
    telling: Telling
    ends: BroadcastEnds
    mailings: Mailings
    templates: Templates
    notifications: Notifications


def broadcasting(
    messaging: Messaging,
    *,
    timeline: Timeline,
    conversations: Conversations,
    records: Records,
    users: Users,
    connections: Connections,
    dispatcher: Dispatcher,
    pictures: Pictures,
    clean: CleanHtml,
) -> Broadcasting:
    """Put the use cases together.

    Args:
        messaging: What they share with the others.
        timeline: Where entries are.
        conversations: Where heads and members are.
        records: Where all else is.
        users: Where profiles are.
        connections: Who is connected.
        dispatcher: Tells the devices.
        pictures: Shows uploads to everybody.
        clean: Makes rich text harmless.
    """
    committing, clock = messaging.committing, messaging.clock
    withdrawing = Withdrawing(
        timeline=timeline, conversations=conversations, dispatcher=dispatcher, clock=clock
    )
    mailings = Mailings(records=records, users=users, committing=committing, clock=clock)
    mailing_ends = MailingEnds(
        conversations=conversations,
        records=records,
        committing=committing,
        withdrawing=withdrawing,
        clock=clock,
    )
    telling = Telling(
        timeline=timeline,
        records=records,
        connections=connections,
        dispatcher=dispatcher,
        committing=committing,
        clock=clock,
    )
    return Broadcasting(
        materials=Materials(records=records, pictures=pictures, committing=committing, clean=clean),
        broadcasts=Broadcasts(
            records=records,
            committing=committing,
            mailings=mailings,
            telling=telling,
            clock=clock,
        ),
        telling=telling,
        ends=BroadcastEnds(
            conversations=conversations,
            records=records,
            committing=committing,
            withdrawing=withdrawing,
            mailings=mailing_ends,
            clock=clock,
        ),
        mailings=mailings,
        templates=Templates(records=records, committing=committing),
        notifications=Notifications(records=records, committing=committing, mailings=mailings),
    )
