"""An endpoint as data: what it takes, what it gives, what it may refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chirrup.contracts.base import SEQ_MAX, Received
from chirrup.domain.contents import is_media_id
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import is_user_id
from chirrup.service.actor import Actor

if TYPE_CHECKING:
    # Only named in signatures: a function loads none of the use cases that are not its own.
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from chirrup.ports import Identity
    from chirrup.service.devices import Devices
    from chirrup.service.downloads import Downloads
    from chirrup.service.finding import Finding
    from chirrup.service.presence import PresenceService
    from chirrup.service.sessions import TicketOffice
    from chirrup.service.uploads import Uploads
    from chirrup.service.users import UserService
    from chirrup.transport.channels import ChannelCases
    from chirrup.transport.emoji import EmojiCases
    from chirrup.transport.friends import Friendship
    from chirrup.transport.groups import Groups
    from chirrup.transport.rooms import Rooms
    from chirrup.transport.services import Messaging


@dataclass(frozen=True, slots=True)
class App:
    """All that HTTP offers; the parts are made when first asked for."""

    messaging: Callable[[], Messaging]
    users: Callable[[], UserService]
    tickets: Callable[[], TicketOffice]
    devices: Callable[[], Devices]
    presence: Callable[[], PresenceService]
    friendship: Callable[[], Friendship]
    groups: Callable[[], Groups]
    rooms: Callable[[], Rooms]
    emoji: Callable[[], EmojiCases]
    finding: Callable[[], Finding]
    channels: Callable[[], ChannelCases]


@dataclass(frozen=True, slots=True)
class MediaApp:
    """All that uploads and downloads offer."""

    users: Callable[[], UserService]
    uploads: Callable[[], Uploads]
    downloads: Callable[[], Downloads]


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that sends the client elsewhere."""

    url: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request, checked.

    Attributes:
        identity: Who asks.
        path: The variable parts of the path.
        body: The decoded body; None where there is none.
        query: The decoded query; None where there is none.
    """

    identity: Identity
    path: Mapping[str, str]
    body: Any = None
    query: Any = None

    @property
    def actor(self) -> Actor:
        """On whose behalf; over HTTP there is no socket to leave out."""
        return Actor(self.identity.user_id)

    @property
    def conversation_id(self) -> str:
        """The conversation of the path."""
        return self.path["conversation_id"]

    @property
    def group_id(self) -> str:
        """The group of the path."""
        return self.path["group_id"]

    @property
    def user_id(self) -> str:
        """The user of the path.

        Raises:
            ChirrupError: `invalid_request` for what cannot be one.
        """
        user_id = self.path["user_id"]
        if not is_user_id(user_id):
            raise ChirrupError(ErrorCode.INVALID_REQUEST, field="user_id", problem="is not valid")
        return user_id

    @property
    def media_id(self) -> str:
        """The upload of the path.

        Raises:
            ChirrupError: `media_not_found` for what cannot be one.
        """
        if not is_media_id(self.path["media_id"]):
            raise ChirrupError(ErrorCode.MEDIA_NOT_FOUND)
        return self.path["media_id"]

    @property
    def seq(self) -> int:
        """The seq of the path.

        Raises:
            ChirrupError: `invalid_request` for what is none.
        """
        text = self.path["seq"]
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:17]) <= SEQ_MAX:
            raise ChirrupError(ErrorCode.INVALID_REQUEST, field="seq", problem="is not valid")
        return int(text[:17])


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path.

    Attributes:
        path: With variable parts as `<name>`.
        id: Its name in the reference and in generated clients; that of the WebSocket action where
            there is one.
        run: Carries the request out, of the app that it belongs to; None as an answer is 204.
        errors: What it may refuse, besides what every endpoint may.
        open: Anyone may ask, without a token.
        redirects: It may also send the client elsewhere.
    """

    method: str
    path: str
    id: str
    summary: str
    run: Callable[[Any, Call], BaseModel | Redirect | None]
    answer: type[BaseModel] | None = None
    body: type[Received] | None = None
    query: type[Received] | None = None
    status: int = 200
    errors: tuple[ErrorCode, ...] = ()
    open: bool = False
    redirects: bool = False
