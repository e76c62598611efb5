"""The people of one test: new accounts each time, so that no test meets what another left."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cached_property
from typing import Any
from uuid import uuid4

from tests.e2e.client import Socket
from tests.e2e.http import Api
from tests.e2e.stack import Stack
from tests.e2e.transcript import Transcript


class Person:
    """A user with an account, a token, and any number of devices."""

    def __init__(self, world: "World", name: str, token: str, user_id: str) -> None:
        self._world = world
        self.account = name
        self.token = token
        self.id = user_id

    def open(self, device: str | None = None, **more: Any) -> Socket:
        """Open a WebSocket as this user; `more` is what `World.open` takes."""
        return self._world.open(device=device, **{"token": self.token, **more})

    def brief_token(self, seconds: int) -> str:
        """Another token, which ends so soon."""
        return self._world.stack.brief_token(self.account, seconds)

    def tried(self, token: str) -> int:
        """The status with which the HTTP API answers to a token."""
        return self._world.api(token).raw("GET", "/v1/me")[0]

    def befriend(self, other: "Person") -> None:
        """Become friends: both ask, and requests that cross need no answer."""
        for one, whom in ((self, other), (other, self)):
            one.api.post("/v1/friend-requests", {"user_id": whom.id})

    @cached_property
    def api(self) -> Api:
        """The HTTP API as this user."""
        return self._world.api(self.token)


class World:
    """What one test uses: people, their sockets, and all that was said."""

    def __init__(
        self,
        stack: Stack,
        transcript: Transcript,
        opened: ExitStack,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self.stack = stack
        self._settle = settle
        self._transcript = transcript
        self._opened = opened

    def person(self, name: str, *, seen: bool = True) -> Person:
        """A new user.

        Args:
            name: What the account begins with.
            seen: The user has been here before: others can write to it.
        """
        account = f"{name}-{uuid4().hex[:12]}"
        user_id = self.stack.add_user(account)
        person = Person(self, account, self.stack.tokens(account)["IdToken"], user_id)
        if seen:
            person.api.get("/v1/me")
        return person

    def open(
        self,
        *,
        token: str | None = None,
        ticket: str | None = None,
        device: str | None = None,
        origin: str | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Socket:
        """Open a WebSocket that is closed with the test; what was said before is not pushed to it.

        Args:
            token: In the header.
            ticket: In the URL.
            device: In the URL.
            origin: Of a web page.
            query: What else stands in the URL.
        """
        self._settle()
        named = {"ticket": ticket, "device": device}
        whole = {key: value for key, value in named.items() if value is not None}
        socket = Socket.open(
            self.stack.local["ws_url"],
            self._transcript,
            token=token,
            origin=origin,
            query={**whole, **(query or {})},
            settle=self._settle,
        )
        self._opened.callback(socket.close)
        return socket

    def finally_(self, undo: Callable[[], object]) -> None:
        """Have something undone when the test is over."""
        self._opened.callback(undo)

    def api(self, token: str | None) -> Api:
        """The HTTP API, with this token or none."""
        return Api(self.stack.local["http_url"], self._transcript, token)
