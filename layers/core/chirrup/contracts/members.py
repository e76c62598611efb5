"""Members on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Received, Seq, UserId, UserRef
from chirrup.contracts.fields import PictureRef
from chirrup.domain.rights import Role


class MemberQuery(Received):
    """Which page of a list of members."""

    limit: Annotated[int, Field(ge=1, le=100, description="Members at most.")] = 100
    cursor: Annotated[UserId | None, Field(description="`next_cursor` of the page before.")] = None


class MemberView(Emitted):
    """Who is in a conversation, as the others see this user."""

    user_id: UserRef
    name: Annotated[str | None, Field(description="What to call them.", examples=["Alice"])] = None
    picture: PictureRef = None
    role: Annotated[Role | None, Field(description="In a group.")] = None
    nickname: Annotated[
        str | None, Field(description="What they want to be called in this group.")
    ] = None
    since_seq: Annotated[Seq, Field(description="The first seq that they see of this stay.")]
    muted_until: Annotated[
        int | None,
        Field(
            description=(
                "May not write before then (milliseconds since the epoch, UTC); 2^53-1 where"
                " somebody has to end it."
            ),
            examples=[1_790_000_600_000],
        ),
    ] = None


class MemberPage(Emitted):
    """A page of members, in the order of their ids; it may hold fewer than were asked for."""

    items: list[MemberView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None
