"""People on the wire: what lists of friends, requests and blocks have in common."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Received, UserId
from chirrup.contracts.fields import PictureRef
from chirrup.domain.friends import REMARK_MAX

Name = Annotated[str, Field(description="What they call themselves.", examples=["Bob"])]
Picture = PictureRef
FriendRemark = Annotated[
    Annotated[str, Field(min_length=1, max_length=REMARK_MAX)] | None,
    Field(description="Your own name for them; nobody else sees it."),
]
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
