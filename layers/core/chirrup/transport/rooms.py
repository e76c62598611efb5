"""The use cases around a conversation that only HTTP offers: members, readers, pins."""

from dataclasses import dataclass

from chirrup.ports import Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from chirrup.service.announcements import Announcements
from chirrup.service.members import Members
from chirrup.service.pins import Pinning
from chirrup.service.readers import Readership
from chirrup.transport.services import Messaging


@dataclass(frozen=True, slots=True)
class Rooms:
    """Who is in a conversation, who has read, and what it keeps in view."""

    members: Members
    readership: Readership
    pins: Pinning
    announcements: Announcements


def rooms(
    messaging: Messaging,
    *,
    timeline: Timeline,
    conversations: Conversations,
    records: Records,
    users: Users,
    friends_only: bool,
) -> Rooms:
    """Put the use cases together.

    Args:
        messaging: What they share with the others.
        timeline: Where entries are.
        conversations: Where heads, members and settings are.
        records: Where all else is.
        users: Where profiles are.
        friends_only: Only friends may write to each other.
    """
    clock, committing = messaging.clock, messaging.committing
    return Rooms(
        members=Members(conversations=conversations, users=users, clock=clock),
        readership=Readership(timeline=timeline, conversations=conversations, clock=clock),
        pins=Pinning(
            timeline=timeline,
            conversations=conversations,
            records=records,
            committing=committing,
            clock=clock,
            friends_only=friends_only,
        ),
        announcements=Announcements(
            conversations=conversations,
            records=records,
            committing=committing,
            screening=messaging.screening,
            clock=clock,
        ),
    )
