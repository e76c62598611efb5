"""Users and sessions on the wire."""

from typing import Annotated

from pydantic import Field, field_validator

from chirrup.contracts.base import Emitted, Received, Timestamp

NAME_MAX = 64
URL_MAX = 2048


class ProfileChanges(Received):
    """What to change of one's own profile; a null picture is a picture removed."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_MAX)] = ""
    picture: Annotated[str, Field(max_length=URL_MAX)] | None = None

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

    user_id: str
    name: str
    picture: str | None = None
    created_at: Timestamp


class TicketView(Emitted):
    """A single-use ticket: open the WebSocket with `?ticket=` before it ends."""

    ticket: str
    expires_at: Timestamp


class HealthView(Emitted):
    """The API answers."""

    status: str = "ok"


class Problem(Emitted):
    """An error, as RFC 9457 problem details (`application/problem+json`)."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    retryable: bool
    details: dict[str, object]
    request_id: str | None = None
