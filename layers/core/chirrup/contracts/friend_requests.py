"""Requests for friendship on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import Emitted, Received, Timestamp, UserId, UserRef
from chirrup.contracts.people import FriendRemark, Name, NextCursor, PeopleQuery, Picture, Source
from chirrup.domain.friends import REASON_MAX, SOURCE_MAX, TEXT_MAX

Direction = Annotated[
    Literal["in", "out"], Field(description="`in`: they ask you; `out`: you ask them.")
]
RequestText = Annotated[str | None, Field(description="What the one who asks says.")]


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
