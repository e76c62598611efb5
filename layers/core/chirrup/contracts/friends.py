"""Friends on the wire."""

from typing import Annotated

from pydantic import Field, field_validator

from chirrup.contracts.base import Changes, Emitted, Timestamp, UserRef
from chirrup.contracts.people import FriendRemark, Name, NextCursor, Picture, Source
from chirrup.domain.friends import REMARK_MAX, TAG_MAX, TAGS_MAX


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
