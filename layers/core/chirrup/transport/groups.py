"""The use cases of groups, which requests reach over HTTP."""

from dataclasses import dataclass

from chirrup.domain.groups import History
from chirrup.ports import Clock, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Records
from chirrup.service.admitting import Admitting
from chirrup.service.appearance import Appearance
from chirrup.service.committing import Committing
from chirrup.service.governing import Governing
from chirrup.service.groups import GroupService
from chirrup.service.invites import Invites
from chirrup.service.joining import Joining
from chirrup.service.leading import Leading
from chirrup.service.membership import Membership
from chirrup.service.screening import Screening


@dataclass(frozen=True, slots=True)
class Groups:
    """What is done with groups."""

    groups: GroupService
    leading: Leading
    membership: Membership
    joining: Joining
    invites: Invites


def groups(
    *,
    conversations: Conversations,
    records: Records,
    users: Users,
    committing: Committing,
    screening: Screening,
    pictures: Pictures,
    clock: Clock,
    friends_only: bool,
    members_max: int,
    history: History,
) -> Groups:
    """Put the use cases together; `Admitting` and `GroupService` say what the settings are."""
    governing = Governing(conversations=conversations, records=records)
    admitting = Admitting(
        conversations=conversations,
        records=records,
        users=users,
        governing=governing,
        friends_only=friends_only,
        members_max=members_max,
    )
    return Groups(
        groups=GroupService(
            conversations=conversations,
            records=records,
            committing=committing,
            governing=governing,
            admitting=admitting,
            appearance=Appearance(screening=screening, pictures=pictures),
            clock=clock,
            history=history,
        ),
        leading=Leading(committing=committing, governing=governing),
        membership=Membership(
            conversations=conversations,
            records=records,
            committing=committing,
            governing=governing,
            admitting=admitting,
            screening=screening,
        ),
        joining=Joining(
            conversations=conversations,
            records=records,
            committing=committing,
            governing=governing,
            admitting=admitting,
        ),
        invites=Invites(records=records, committing=committing, governing=governing),
    )
