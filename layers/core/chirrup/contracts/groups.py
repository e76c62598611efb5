"""Groups on the wire."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from chirrup.contracts.base import (
    NOT_BLANK,
    Changes,
    ClientId,
    ConversationRef,
    Emitted,
    Received,
    Seq,
    Timestamp,
    UserId,
    UserRef,
)
from chirrup.contracts.fields import Media, PictureRef
from chirrup.domain.groups import ADMINS_MAX, DESCRIPTION_MAX, NAME_MAX, SLOW_MAX_S
from chirrup.domain.rights import Role

FIRST_MAX = 499
"""Members that a group may be made with, beside its maker: what one request has time for."""


def not_blank(name: str) -> str:
    """The same name.

    Raises:
        ValueError: It is blank, or holds half a surrogate pair, which is no text.
    """
    name.encode()
    if not name.strip():
        raise ValueError("blank")
    return name


GroupName = Annotated[
    str,
    AfterValidator(not_blank),
    Field(
        min_length=1,
        max_length=NAME_MAX,
        description="Of the group; not blank.",
        examples=["Book club"],
        json_schema_extra={**NOT_BLANK},
    ),
]
Avatar = Annotated[
    Media | None, Field(description="The id of an upload of one's own, or an https URL.")
]
Description = Annotated[
    Annotated[str, Field(max_length=DESCRIPTION_MAX)] | None,
    Field(description="What the group is about."),
]

Mode = Annotated[
    Literal["free", "approval", "invite", "closed"],
    Field(
        description=(
            "`free`: whoever asks is in; `approval`: the owner or an admin lets them in; `invite`:"
            " only by invitation or link; `closed`: only the owner and admins bring people in."
        ),
    ),
]
Shown = Annotated[
    Literal["join", "all"],
    Field(
        description="What newcomers see: what comes after their joining (`join`), or `all`.",
    ),
]
MemberInvite = Annotated[bool, Field(description="Members may invite others.")]
Slow = Annotated[
    int,
    Field(ge=0, le=SLOW_MAX_S, description="Seconds between two messages of a member; 0: none."),
]
MutedAll = Annotated[bool, Field(description="Only the owner and admins may write.")]


class NewGroup(Received):
    """A group to be made."""

    client_id: ClientId
    name: GroupName
    member_ids: Annotated[
        list[UserId],
        Field(
            max_length=FIRST_MAX,
            description=(
                "Its first members, beside you: your friends, where `PrivateChatPolicy` is"
                " `friends`. `GroupMaxMembers` limits them."
            ),
        ),
    ] = Field(default_factory=list)
    avatar: Avatar = None
    description: Description = None
    join_mode: Annotated[Mode | None, Field(description="`approval` if left out.")] = None
    history: Annotated[
        Shown | None, Field(description="`HistoryVisible` of the installation if left out.")
    ] = None
    member_invite: Annotated[MemberInvite | None, Field(description="True if left out.")] = None


class GroupChanges(Changes):
    """What to change of a group; muting all makes an entry of its own."""

    name: GroupName = ""
    avatar: Annotated[
        Avatar, Field(description="An upload of one's own, or an https URL; null removes it.")
    ] = None
    description: Annotated[Description, Field(description="Null removes it.")] = None
    join_mode: Mode = "approval"
    history: Shown = "join"
    member_invite: MemberInvite = True
    slow_s: Slow = 0
    muted_all: MutedAll = False


class OwnStay(Emitted):
    """What you are in the group."""

    role: Role
    nickname: Annotated[str | None, Field(description="What you want to be called.")] = None
    muted_until: Annotated[
        Timestamp | None, Field(description="You may not write before; 2^53-1: until unmuted.")
    ] = None
    since_seq: Annotated[Seq, Field(description="The first seq that you see of this stay.")]


class GroupView(Emitted):
    """A group as its member sees it; its messages are those of the conversation of this id."""

    group_id: Annotated[ConversationRef, Field(description="Also the conversation's id.")]
    name: Annotated[str, Field(examples=["Book club"])]
    avatar: PictureRef = None
    description: str | None = None
    owner_id: UserRef
    admin_ids: Annotated[list[UserRef], Field(description=f"At most {ADMINS_MAX}.")]
    size: Annotated[int, Field(description="Members.")]
    join_mode: Mode
    history: Shown
    member_invite: MemberInvite
    slow_s: Slow
    muted_all: MutedAll
    dissolved: Annotated[bool, Field(description="It can only be read, and left.")]
    banned: Annotated[bool, Field(description="The platform has stopped it.")]
    created_at: Timestamp
    me: OwnStay


class GroupPage(Emitted):
    """A page of groups, in the order of their ids."""

    items: list[GroupView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None


class NewOwner(Received):
    """Whom a group is handed over to."""

    user_id: UserId
