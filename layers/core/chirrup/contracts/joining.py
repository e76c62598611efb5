"""Requests to join groups on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from chirrup.contracts.base import ConversationRef, Emitted, Received, Timestamp, UserRef
from chirrup.contracts.invites import Code
from chirrup.domain.groups import REQUEST_TEXT_MAX

Words = Annotated[str, Field(max_length=REQUEST_TEXT_MAX)]


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
