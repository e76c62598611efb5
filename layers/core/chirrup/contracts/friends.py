"""Friends, requests for friendship, and blocks on the wire."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from chirrup.contracts.base import Changes, Emitted, Received, Timestamp, UserId, UserRef
from chirrup.domain.friends import (
    REASON_MAX,
    REMARK_MAX,
    SOURCE_MAX,
    TAG_MAX,
    TAGS_MAX,
    TEXT_MAX,
)

Direction = Annotated[
    Literal["in", "out"], Field(description="`in`: they ask you; `out`: you ask them.")
]
Name = Annotated[str, Field(description="What they call themselves.", examples=["Bob"])]
Picture = Annotated[str | None, Field(description="An https URL.")]
FriendRemark = Annotated[
    Annotated[str, Field(min_length=1, max_length=REMARK_MAX)] | None,
    Field(description="Your own name for them; nobody else sees it."),
]
RequestText = Annotated[str | None, Field(description="What the one who asks says.")]
Source = Annotated[
    str | None, Field(description="How you came to know each other, as the one who asked put it.")
]
NextCursor = Annotated[
    str | None, Field(description="The `cursor` of the next page; absent on the last.")
]


class PeopleQuery(Received):
    """Which page of a list of people."""

    limit: Annotated[int, Field(ge=1, le=100, description="People at most.")] = 100
    cursor: Annotated[UserId | None, Field(description="`next_cursor` of the page before.")] = None


class FriendRequestQuery(PeopleQuery):
    """Which page of which requests."""

    direction: Direction = "in"


class NewFriendRequest(Received):
    """Whom to ask for friendship."""

    user_id: UserId
    text: Annotated[
        Annotated[str, Field(max_length=TEXT_MAX)] | None, Field(description="What they read.")
    ] = None
    remark: FriendRemark = None
    source: Annotated[
        Annotated[str, Field(min_length=1, max_length=SOURCE_MAX)] | None,
        Field(description="How you came to know them, such as `search`."),
    ] = None


class FriendRequestAcceptance(Received):
    """The answer yes."""

    remark: FriendRemark = None


class FriendRequestRejection(Received):
    """The answer no."""

    reason: Annotated[
        Annotated[str, Field(max_length=REASON_MAX)] | None, Field(description="They read it.")
    ] = None


class FriendRequestView(Emitted):
    """A request for friendship, as one of the two sees it."""

    user_id: Annotated[UserRef, Field(description="The other.")]
    name: Name
    picture: Picture = None
    direction: Direction
    status: Annotated[
        Literal["pending", "accepted", "expired"],
        Field(description="`accepted`: you are friends now, and the request is gone."),
    ]
    text: RequestText = None
    source: Source = None
    remark: FriendRemark = None
    asked_at: Timestamp
    expires_at: Annotated[Timestamp, Field(description="Who answers later is refused.")]


class FriendRequestPage(Emitted):
    """A page of requests, in the order of user ids."""

    items: list[FriendRequestView]
    next_cursor: NextCursor = None


class FriendChanges(Changes):
    """What to note of a friend; what is left out stays."""

    remark: Annotated[
        Annotated[str, Field(min_length=1, max_length=REMARK_MAX)] | None,
        Field(description="Your own name for them; null deletes it."),
    ] = None
    starred: Annotated[bool, Field(description="You have put them above others.")] = False
    tags: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=TAG_MAX)]],
        Field(max_length=TAGS_MAX, description="All of your tags for them; each is kept once."),
    ] = []  # noqa: RUF012 - pydantic copies it

    @field_validator("tags")
    @classmethod
    def _each_once(cls, tags: list[str]) -> list[str]:
        return list(dict.fromkeys(tags))


class FriendView(Emitted):
    """A friend, and what you have noted of them."""

    user_id: UserRef
    name: Name
    picture: Picture = None
    since: Annotated[Timestamp, Field(description="When you became friends.")]
    source: Source = None
    remark: FriendRemark = None
    starred: Annotated[bool, Field(description="You have put them above others.")]
    tags: Annotated[list[str], Field(description="Your own, in your order.")]


class FriendPage(Emitted):
    """A page of friends, in the order of user ids."""

    items: list[FriendView]
    next_cursor: NextCursor = None


class NewBlock(Received):
    """Whom to block."""

    user_id: UserId


class BlockView(Emitted):
    """Somebody whom you block."""

    user_id: UserRef
    name: Name
    picture: Picture = None
    since: Annotated[Timestamp, Field(description="When you blocked them.")]


class BlockPage(Emitted):
    """A page of blocks, in the order of user ids."""

    items: list[BlockView]
    next_cursor: NextCursor = None
