"""Users and sessions on the wire."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from chirrup.contracts.base import NOT_BLANK, Changes, Emitted, Timestamp, UserRef

NAME_MAX = 64
URL_MAX = 2048


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
        Annotated[str, Field(max_length=URL_MAX)] | None,
        Field(
            description="An https URL; null removes it.",
            json_schema_extra={"pattern": "^https://"},
        ),
    ] = None

    @field_validator("name")
    @classmethod
    def _not_blank(cls, name: str) -> str:
        if not name.strip():
            raise ValueError("blank")
        return name

    @field_validator("picture")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith("https://"):
            raise ValueError("not an https URL")
        return url


class ProfileView(Emitted):
    """A user as others see them."""

    user_id: UserRef
    name: Annotated[str, Field(description="What to call them.", examples=["Alice"])]
    picture: Annotated[str | None, Field(description="An https URL.")] = None
    created_at: Timestamp


class TicketView(Emitted):
    """A single-use ticket: open the WebSocket with `?ticket=` before it ends."""

    ticket: Annotated[str, Field(description="Good once, for 60 s; never logged or stored.")]
    expires_at: Timestamp


class HealthView(Emitted):
    """The API answers."""

    status: Literal["ok"] = "ok"
