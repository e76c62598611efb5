"""The use cases around what users say to each other, alone and in groups."""

from functools import cache
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import (
    clock,
    connections,
    conversations,
    dynamo,
    records,
    settings,
    timeline,
    users,
)
from chirrup.bootstrap.composing import composing, material_reading
from chirrup.bootstrap.media import attaching
from chirrup.bootstrap.screening import screening
from chirrup.bootstrap.telling import dispatcher

if TYPE_CHECKING:
    from chirrup.service.finding import Finding
    from chirrup.transport.broadcasting import Broadcasting
    from chirrup.transport.channels import ChannelCases
    from chirrup.transport.emoji import EmojiCases
    from chirrup.transport.friends import Friendship
    from chirrup.transport.groups import Groups
    from chirrup.transport.rooms import Rooms
    from chirrup.transport.services import Messaging


@cache
def messaging() -> "Messaging":
    """Everything about conversations and messages."""
    from chirrup.concurrency import side_by_side
    from chirrup.transport.services import messaging

    return messaging(
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        dispatcher=dispatcher(),
        screening=screening(),
        clock=clock(),
        users=users(),
        side_by_side=side_by_side,
        composing=composing,
        friends_only=_friends_only(),
    )


@cache
def friendship() -> "Friendship":
    """Friends, requests for friendship, and blocks."""
    from chirrup.transport.friends import friendship

    return friendship(
        conversations=conversations(),
        records=records(),
        users=users(),
        committing=messaging().committing,
        clock=clock(),
        auto_accept=settings().choice("AUTO_ACCEPT_FRIENDS", "true", "false") == "true",
    )


@cache
def groups() -> "Groups":
    """Everything about groups, beside what is written in them."""
    from chirrup.domain.groups import History
    from chirrup.transport.groups import groups

    env = settings()
    return groups(
        conversations=conversations(),
        records=records(),
        users=users(),
        committing=messaging().committing,
        screening=screening(),
        pictures=attaching(),
        clock=clock(),
        friends_only=_friends_only(),
        members_max=env.number("GROUP_MAX_MEMBERS"),
        history=History(env.choice("HISTORY_VISIBLE", *History)),
    )


@cache
def rooms() -> "Rooms":
    """Members, pins, announcements."""
    from chirrup.transport.rooms import rooms

    return rooms(
        messaging(),
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        users=users(),
        friends_only=_friends_only(),
    )


@cache
def channel_cases() -> "ChannelCases":
    """Channels, and what they say."""
    from chirrup.transport.channels import channel_cases

    return channel_cases(
        messaging(),
        conversations=conversations(),
        records=records(),
        dispatcher=dispatcher(),
        pictures=attaching(),
        materials=material_reading(),
    )


@cache
def broadcasting() -> "Broadcasting":
    """What the administration and business systems tell users."""
    from chirrup.sanitising import clean_html
    from chirrup.transport.broadcasting import broadcasting

    return broadcasting(
        messaging(),
        timeline=timeline(),
        conversations=conversations(),
        records=records(),
        users=users(),
        connections=connections(),
        dispatcher=dispatcher(),
        pictures=attaching(),
        clean=clean_html,
    )


@cache
def emoji_cases() -> "EmojiCases":
    """Packs of emoji, and users' own faces."""
    from chirrup.concurrency import side_by_side
    from chirrup.transport.emoji import emoji_cases

    return emoji_cases(
        records=records(),
        pictures=attaching(),
        screening=screening(),
        committing=messaging().committing,
        side_by_side=side_by_side,
    )


@cache
def finding() -> "Finding":
    """The search for messages."""
    from chirrup.concurrency import side_by_side
    from chirrup.service.finding import Finding
    from chirrup.storage.activity import DynamoActivity
    from chirrup.storage.finding import DynamoFinder

    return Finding(
        finder=DynamoFinder(dynamo(), side_by_side),
        activity=DynamoActivity(dynamo(), side_by_side),
        timeline=timeline(),
        conversations=conversations(),
        reading=messaging().reading,
        clock=clock(),
        side_by_side=side_by_side,
    )


def _friends_only() -> bool:
    return settings().choice("PRIVATE_CHAT_POLICY", "open", "friends") == "friends"
