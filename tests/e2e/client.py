"""A WebSocket client of the wire protocol: frames out, acks, errors and pushes in."""

import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.e2e.transcript import Transcript
from tests.e2e.wire import PATIENCE_S, Json, Missing, Refused


class HandshakeRefused(Exception):
    """The WebSocket was not opened."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


class Socket:
    """One open WebSocket."""

    def __init__(
        self,
        connection: ClientConnection,
        transcript: Transcript,
        settle: Callable[[], None] = lambda: None,
    ) -> None:
        self._connection = connection
        self._transcript = transcript
        self._settle = settle
        self._ids = (f"r-{number}" for number in itertools.count(1))
        self._events: list[Json] = []

    @classmethod
    def open(
        cls,
        url: str,
        transcript: Transcript,
        *,
        token: str | None = None,
        origin: str | None = None,
        query: Mapping[str, str] | None = None,
        settle: Callable[[], None] = lambda: None,
    ) -> Self:
        """Connect.

        Args:
            url: `ws_url` of local.json.
            transcript: For what the server says.
            token: In the header, as native clients send it.
            origin: As a browser says it.
            query: What stands in the URL: `device`, `ticket`.
            settle: Waits until all that was dispatched has been pushed.

        Raises:
            HandshakeRefused: With another status than 101.
        """
        try:
            connection = connect(
                f"{url}?{urlencode(query)}" if query else url,
                additional_headers={"Authorization": f"Bearer {token}"} if token else None,
                origin=Origin(origin) if origin else None,
                # As on AWS, where the gateway offers none.
                compression=None,
                open_timeout=PATIENCE_S,
                ping_interval=None,
                max_queue=None,
                proxy=None,
                legacy=True,
            )
        except InvalidStatus as refusal:
            response = refusal.response
            body = (response.body or b"").decode()
            raise HandshakeRefused(response.status_code, body) from refusal
        return cls(connection, transcript, settle)

    def close(self) -> None:
        """Close it, as a device does that goes offline."""
        self._connection.close()

    def ask(self, action: str, **data: Any) -> Json:
        """Send a frame and wait for its ack.

        Returns:
            The ack's data.

        Raises:
            Refused: The answer is an error.
            Missing: No answer came.
        """
        frame_id = next(self._ids)
        self.send_frame(frame_id, action, **data)
        answer = self.answer(action)
        assert answer.get("id") == frame_id, answer
        return _ack_of(answer)

    def patiently(self, action: str, **data: Any) -> Json:
        """The same; whenever the answer is `rate_limited`, again after the time that it names."""
        return retrying(lambda: self.ask(action, **data))

    def send_frame(self, frame_id: str, action: str, **data: Any) -> None:
        """Send a frame and do not wait."""
        self.send(json.dumps({"action": action, "id": frame_id, "data": data}))

    def send(self, frame: str | bytes | Sequence[str]) -> None:
        """Send anything: a text frame, bytes as a binary one, a list as the parts of a message."""
        self._connection.send(frame)

    def answer(self, action: str | None = None) -> Json:
        """The next frame that is no push; pushes are kept.

        Args:
            action: What it answers, to hold it against the reference.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            frame = self._receive(deadline, action)
            if frame.get("type") != "push":
                return frame

    def expect(self, event: str, **fields: Any) -> Json:
        """Wait for a pushed event with these fields; others are kept.

        Raises:
            Missing: It did not come.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            for found in self._events:
                if found["event"] == event and found.items() >= fields.items():
                    self._events.remove(found)
                    return found
            frame = self._receive(deadline, None)
            assert frame.get("type") == "push", frame

    def pushed(self) -> list[Json]:
        """What was pushed and not expected yet, up to now.

        Once the carrier is empty every push has been posted, and a socket keeps the order: once
        a ping is answered, whatever was caused before has come.
        """
        self._settle()
        self.ask("ping")
        events, self._events = self._events, []
        return events

    def ended(self) -> list[Json]:
        """Wait until the server has closed it; what was pushed until then.

        Raises:
            Missing: It is still open.
        """
        deadline = time.monotonic() + PATIENCE_S
        try:
            while True:
                self._receive(deadline, None)
        except ConnectionClosed:
            events, self._events = self._events, []
            return events

    def close_code(self) -> int:
        """The code with which the server closed it, after what else it said.

        Raises:
            Missing: It is still open.
        """
        self.ended()
        code = self._connection.close_code
        assert code is not None
        return code

    def _receive(self, deadline: float, action: str | None) -> Json:
        try:
            said = self._connection.recv(timeout=deadline - time.monotonic())
        except TimeoutError as error:
            raise Missing(f"nothing more came; kept: {self._events}") from error
        assert isinstance(said, str), said
        frame: Json = json.loads(said)
        push = frame.get("type") == "push"
        self._transcript.frame(None if push else action, said)
        if push:
            self._events.extend(frame["events"])
        return frame


def retrying(request: Callable[[], Json]) -> Json:
    """What a request gives, once it is not `rate_limited` any more."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            return request()
        except Refused as refusal:
            if refusal.code != "rate_limited":
                raise
            # What the protocol asks of a client, rather than a wait for something to happen.
            time.sleep(refusal.details["retry_after_ms"] / 1000)
    raise Missing("rate_limited all the time")


def _ack_of(answer: Json) -> Json:
    if answer["type"] == "error":
        raise Refused(answer["error"]["code"], answer["error"]["details"])
    assert answer["type"] == "ack", answer
    data: Json = answer["data"]
    return data
