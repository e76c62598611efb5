"""Ways into groups on the wire: requests and links."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Emitted, Received, Timestamp, UserRef
from chirrup.domain.groups import REQUEST_TEXT_MAX
from chirrup.domain.joining import CODE, LINK_MAX_S, LINK_S, LINK_USES_MAX

LINK_S_MIN = 60

Words = Annotated[str, Field(max_length=REQUEST_TEXT_MAX)]
Code = Annotated[
    str,
    Field(
        pattern=f"^{CODE}$",
        description="The code of a link.",
        examples=["Zk3v0yqk1mV9m2y8Q2h1Aw"],
    ),
]


class NewRequest(Received):
    """Asking to come into a group; with a link one is in at once."""

    text: Annotated[Words | None, Field(description="What you say for yourself.")] = None
    invite: Annotated[Code | None, Field(description="The code of a link that you were given.")] = (
        None
    )


class RequestStatus(Emitted):
    """What has become of asking."""

    group_id: ConversationRef
    status: Annotated[
        Literal["joined", "pending"],
        Field(description="You are a member; or the owner or an admin has to let you in."),
    ]


class RequestView(Emitted):
    """Somebody who wants to come in."""

    user_id: UserRef
    text: Annotated[str | None, Field(description="What they say for themselves.")] = None
    invited_by: Annotated[
        UserRef | None, Field(description="The member who invited them, if one did.")
    ] = None
    asked_at: Timestamp
    expires_at: Annotated[Timestamp, Field(description="It cannot be answered any more then.")]


class RequestPage(Emitted):
    """A page of open requests, in the order of the user ids."""

    items: list[RequestView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None


class Rejection(Received):
    """Why somebody is not let in."""

    reason: Annotated[Words | None, Field(description="The user is told.")] = None


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
