"""Channels: what an installation tells its users, in timelines that only the server writes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.conversations import End
from chirrup.domain.ids import channel_id
from chirrup.domain.records import Owned, Record
from chirrup.domain.rights import Role

NAME_MAX = 64
DESCRIPTION_MAX = 255
CHANNELS_MAX = 500
EVERYONE_MAX = 20
"""Channels that are everybody's: each user has a row in each of them, made at the first look."""
CHUNK_MAX = 5_000
"""Subscribers in a part of a roster, which has to stay below DynamoDB's 400 KB whatever their ids
look like; so a channel takes some 300,000."""
CHANNELS = "CHANNELS"
"""The owner of all channels."""


class ChannelKind(StrEnum):
    """Who is told what a channel says."""

    SUBSCRIBE = "subscribe"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Channel(Record):
    """A channel; its `name` is its code, its timeline the conversation `c_<code>`.

    Attributes:
        title: What it is called.
        created_at: Milliseconds since the epoch.
        kind: Never changes.
        avatar: An upload, or an https URL.
        description: What it is about.
        enabled: It is listed and takes subscribers and broadcasts; who is in reads it anyway.
    """

    KIND: ClassVar[str] = "CHANNEL"
    OF: ClassVar[Owned] = "catalog"

    title: str
    created_at: int
    kind: ChannelKind = ChannelKind.SUBSCRIBE
    avatar: str | None = None
    description: str | None = None
    enabled: bool = True

    @property
    def for_everyone(self) -> bool:
        """Whether every user is in it."""
        return self.kind is ChannelKind.EVERYONE


@dataclass(frozen=True, slots=True)
class ForEveryone(Record):
    """Which of the channels are everybody's; read with every list, so it is one small record.

    Attributes:
        codes: Those that are enabled.
    """

    KIND: ClassVar[str] = "EVERYONE"
    OF: ClassVar[Owned] = "catalog"

    codes: tuple[str, ...] = ()


def audience_at(channel: Channel, seq: int, size: int) -> Audience:
    """Those who are told of an entry of a channel's timeline.

    The roster is to be as new as the entry: who has subscribed since the one before is told too.

    Args:
        channel: Which.
        seq: Of the entry.
        size: How many subscribers there are, about.
    """
    members = Members(channel_id(channel.name), seq, seq, size=size)
    return Audience(members=members, everyone=channel.for_everyone)


def enrolled(end: End) -> dict[str, Any]:
    """The fields of one who comes in where a timeline has got to: all is seen, nothing unread."""
    return {
        "role": Role.MEMBER,
        "read_seq": end.seq,
        "read_count": end.count,
        "read_alls": end.alls,
        # What stood there already counts for nobody's having read it.
        "joined_seq": end.seq + 1,
    }
