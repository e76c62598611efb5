"""Users and sessions on the wire."""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from chirrup.contracts.base import (
    NOT_BLANK,
    Changes,
    Emitted,
    Received,
    Timestamp,
    UserId,
    UserRef,
    just_one,
)
from chirrup.contracts.fields import Media, PictureRef

NAME_MAX = 64
FOUND_MAX = 50
CURSOR_MAX = 512

Listed = Annotated[bool, Field(description="The search finds you.")]
PresenceHidden = Annotated[bool, Field(description="Nobody is told whether you are online.")]


class ProfileChanges(Changes):
    """What to change of one's own profile; what is left out stays."""

    name: Annotated[
        str,
        Field(
            min_length=1,
            max_length=NAME_MAX,
            description="Not blank.",
            json_schema_extra={**NOT_BLANK},
        ),
    ] = ""
    picture: Annotated[
        Media | None,
        Field(description="An upload of your own, or an https URL; null removes it."),
    ] = None
    listed: Listed = True
    presence_hidden: PresenceHidden = False

    @field_validator("name")
    @classmethod
    def _not_blank(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("blank")
        return name


class ProfileView(Emitted):
    """A user as others see them."""

    user_id: UserRef
    name: Annotated[str, Field(description="What to call them.", examples=["Alice"])]
    picture: PictureRef = None
    created_at: Timestamp


class MeView(ProfileView):
    """A user as they see themselves: with what only they know."""

    listed: Listed
    presence_hidden: PresenceHidden


class UserQuery(Received):
    """Whom to look for: by the very id, or by the beginning of the name, not both."""

    model_config = just_one("user_id", "name")

    user_id: Annotated[UserId | None, Field(description="Just this user.")] = None
    name: Annotated[
        Annotated[str, Field(min_length=1, max_length=NAME_MAX, json_schema_extra={**NOT_BLANK})]
        | None,
        Field(description="How the name begins; case, width and further blanks do not matter."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=FOUND_MAX, description="Users at most.")] = 20
    cursor: Annotated[
        Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$", max_length=CURSOR_MAX)] | None,
        Field(description="`next_cursor` of the page before."),
    ] = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.user_id is None) == (self.name is None):
            raise ValueError("one of user_id and name")
        return self


class UserPage(Emitted):
    """A page of users, by name. It may hold fewer than asked for, and yet not be the last."""

    items: list[ProfileView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None


class TicketView(Emitted):
    """A single-use ticket: open the WebSocket with `?ticket=` before it ends."""

    ticket: Annotated[str, Field(description="Good once, for 60 s; never logged or stored.")]
    expires_at: Timestamp


class HealthView(Emitted):
    """The API answers."""

    status: Literal["ok"] = "ok"
