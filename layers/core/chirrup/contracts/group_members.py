"""Members of groups on the wire."""

from typing import Annotated

from pydantic import AfterValidator, Field

from chirrup.contracts.base import NOT_BLANK, Changes, Emitted, Received, Timestamp, UserId, UserRef
from chirrup.contracts.groups import not_blank
from chirrup.domain.groups import INVITED_MAX, MUTE_MAX_S, NICKNAME_MAX

Nickname = Annotated[
    Annotated[
        str,
        AfterValidator(not_blank),
        Field(min_length=1, max_length=NICKNAME_MAX, json_schema_extra={**NOT_BLANK}),
    ]
    | None,
    Field(description="What you want to be called in the group; null for your own name."),
]


class Invitees(Received):
    """Whom to bring into a group."""

    user_ids: Annotated[list[UserId], Field(min_length=1, max_length=INVITED_MAX)]


class InvitedView(Emitted):
    """What has become of those who were invited; those who were in already are left out."""

    added: Annotated[list[UserRef], Field(description="They are members now.")]
    awaiting: Annotated[
        list[UserRef], Field(description="The owner or an admin has to let them in.")
    ]


class Removal(Received):
    """How to remove a member."""

    ban: Annotated[
        bool, Field(description="They cannot come again until the owner or an admin lets them.")
    ] = False


class BanView(Emitted):
    """One who was removed and cannot come again by themselves."""

    user_id: UserRef
    by: UserRef
    at: Timestamp


class BanPage(Emitted):
    """A page of bans, in the order of the user ids."""

    items: list[BanView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None


class Muting(Received):
    """How long a member may not write."""

    seconds: Annotated[
        Annotated[int, Field(ge=1, le=MUTE_MAX_S)] | None,
        Field(description="Until somebody ends it if left out."),
    ] = None


class OwnStayChanges(Changes):
    """What to change of one's own membership."""

    nickname: Nickname = None
