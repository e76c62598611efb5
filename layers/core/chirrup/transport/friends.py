"""The use cases of friendship, put together."""

from dataclasses import dataclass

from chirrup.ports import Clock, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.service.blocks import BlockService
from chirrup.service.committing import Committing
from chirrup.service.friend_requests import FriendRequests
from chirrup.service.friends import FriendService


@dataclass(frozen=True, slots=True)
class Friendship:
    """What users do with each other."""

    friends: FriendService
    requests: FriendRequests
    blocks: BlockService


def friendship(
    *,
    conversations: Conversations,
    records: Records,
    users: Users,
    committing: Committing,
    clock: Clock,
    auto_accept: bool,
) -> Friendship:
    """Put the use cases together.

    Args:
        conversations: Where members are.
        records: Where friends, requests and blocks are.
        users: Where profiles are.
        committing: Stores and tells.
        clock: For times.
        auto_accept: Whoever asks for friendship has it at once.
    """
    return Friendship(
        friends=FriendService(
            conversations=conversations, records=records, users=users, committing=committing
        ),
        requests=FriendRequests(
            conversations=conversations,
            records=records,
            users=users,
            committing=committing,
            clock=clock,
            auto_accept=auto_accept,
        ),
        blocks=BlockService(
            conversations=conversations, records=records, users=users, committing=committing
        ),
    )
