"""Links into groups on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Received, Timestamp, UserRef
from chirrup.domain.invites import CODE, LINK_MAX_S, LINK_S, LINK_S_MIN, LINK_USES_MAX

Code = Annotated[
    str,
    Field(
        pattern=f"^{CODE}$",
        description="The code of a link.",
        examples=["Zk3v0yqk1mV9m2y8Q2h1Aw"],
    ),
]


class NewInvite(Received):
    """A link to be made."""

    expires_in_s: Annotated[
        int, Field(ge=LINK_S_MIN, le=LINK_MAX_S, description="Seconds that it is good for.")
    ] = LINK_S
    max_uses: Annotated[
        Annotated[int, Field(ge=1, le=LINK_USES_MAX)] | None,
        Field(description="Users who may join by it; any number if left out."),
    ] = None


class InviteView(Emitted):
    """A link into a group: whoever has the code may join by it, once."""

    code: Annotated[str, Field(examples=["Zk3v0yqk1mV9m2y8Q2h1Aw"])]
    by: UserRef
    made_at: Timestamp
    expires_at: Timestamp
    max_uses: Annotated[
        int | None, Field(description="Users who may join by it; absent for any number.")
    ] = None
    uses: Annotated[int, Field(description="Users who have.")]


class InvitePage(Emitted):
    """A page of links, in the order of their codes."""

    items: list[InviteView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None
