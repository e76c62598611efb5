"""A WebSocket client of the wire protocol, small enough to read: for the demo."""

import asyncio
import itertools
import json
from collections.abc import Callable
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

# A first frame may wait for a cold start.
PATIENCE_S = 15.0

Event = dict[str, Any]
# Told the client's name, "→" or "←", and the frame.
Watch = Callable[[str, str, str], None]


class Missing(Exception):
    """Something that had to arrive did not."""


class Refused(Exception):
    """The server answered a frame with an error."""


class Client:
    """One socket of one user."""

    def __init__(self, name: str, socket: ClientConnection, watch: Watch) -> None:
        self.name = name
        self._socket = socket
        self._watch = watch
        self._ids = (f"{name}-{number}" for number in itertools.count(1))
        self._answers: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._events: list[Event] = []
        self._arrived = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, name: str, url: str, token: str, watch: Watch) -> Self:
        """Connect as a native client does, the token in the header.

        Args:
            name: Whose socket it is; also names the device.
            url: The WebSocket API's address.
            token: An id or access token.
            watch: Sees every frame.
        """
        headers = {"Authorization": f"Bearer {token}"}
        address = f"{url}?device=demo-{name}"
        socket = await connect(address, additional_headers=headers, open_timeout=PATIENCE_S)
        return cls(name, socket, watch)

    async def close(self) -> None:
        """Close the socket and forget what came over it."""
        await self._socket.close()
        await self._reading

    async def ask(self, action: str, **data: Any) -> dict[str, Any]:
        """Send a frame and wait for its ack.

        Returns:
            The ack's `data`.

        Raises:
            Refused: The answer is an error.
            Missing: No answer came.
        """
        frame_id = next(self._ids)
        answer = self._answers[frame_id] = asyncio.get_running_loop().create_future()
        sent = json.dumps({"action": action, "id": frame_id, "data": data}, ensure_ascii=False)
        self._watch(self.name, "→", sent)
        await self._socket.send(sent)
        try:
            frame = await asyncio.wait_for(answer, PATIENCE_S)
        except TimeoutError as error:
            raise Missing(f"{self.name} got no answer to {action}") from error
        if frame["type"] == "error":
            told = frame["error"]
            raise Refused(f"{action} of {self.name}: {told['code']}: {told['message']}")
        found: dict[str, Any] = frame.get("data", {})
        return found

    async def expect(
        self, kind: str, matches: Callable[[Event], bool], *, patience_s: float = PATIENCE_S
    ) -> Event:
        """Wait for a pushed event; others stay for later.

        Raises:
            Missing: It did not come.
        """

        def wanted() -> Event | None:
            return next((e for e in self._events if e["event"] == kind and matches(e)), None)

        async with self._arrived:
            try:
                arrived = self._arrived.wait_for(lambda: wanted() is not None)
                await asyncio.wait_for(arrived, patience_s)
            except TimeoutError as error:
                raise Missing(f"{self.name} was not pushed {kind}") from error
            event = wanted()
            if event is None:
                raise Missing(f"{self.name} was not pushed {kind}")
            self._events.remove(event)
            return event

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                self._watch(self.name, "←", str(text))
                frame = json.loads(text)
                if frame.get("type") == "push":
                    async with self._arrived:
                        self._events.extend(frame["events"])
                        self._arrived.notify_all()
                elif frame.get("id") in self._answers:
                    self._answers.pop(frame["id"]).set_result(frame)
        except ConnectionClosed:
            return
