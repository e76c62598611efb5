"""The server side of WebSockets: `@connections` of API Gateway."""

import asyncio
import hashlib
import logging
import random
from collections.abc import Iterator, Sequence
from threading import Lock
from urllib.parse import quote, urlsplit

from chirrup.ports import Clock
from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.http import Broken, NoAnswer
from chirrup.push.patience import USUAL, Patience
from chirrup.push.sigv4 import Credentials, Signer
from chirrup.push.slow import SlowConnections
from chirrup.push.sockets import Sockets

_log = logging.getLogger(__name__)

_GONE = 410
_TOO_MANY = 429
_SERVER_ERROR = 500
_SUCCESS = range(200, 300)
_NO_ANSWER = 0
_BROKEN = 599


class _Course:
    """How far a parcel has come."""

    __slots__ = ("attempt", "frame", "parcel", "place", "unanswered")

    def __init__(self, place: int, parcel: Parcel) -> None:
        self.place = place
        self.parcel = parcel
        self.frame = 0
        self.attempt = 0
        self.unanswered = 0

    def next_frame(self) -> None:
        """The present one has arrived."""
        self.frame += 1
        self.attempt = 0
        self.unanswered = 0


class ConnectionsApi:
    """Implements `ports.fanout.Gateway`.

    Its sockets are kept from one call to the next; threads may share it, and wait for each other.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials,
        region: str,
        clock: Clock,
        patience: Patience = USUAL,
    ) -> None:
        """Open nothing yet.

        Args:
            url: `https://{apiId}.execute-api.{region}.amazonaws.com/{stage}`.
            credentials: Of the function.
            region: Of the API.
            clock: For signatures, and for the end of the time.
            patience: How long to wait for what.
        """
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._base = parts.path.rstrip("/") + "/@connections/"
        self._signer = Signer(credentials, region, parts.netloc)
        self._clock = clock
        self._patience = patience
        self._slow = SlowConnections(clock)
        self._lock = Lock()
        self._loop = asyncio.new_event_loop()
        self._sockets = Sockets(self._loop, self._host, self._port, secure=self._secure)

    def deliver(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        """See `ports.fanout.Gateway`."""
        if not parcels:
            return []
        with self._lock:
            return self._loop.run_until_complete(self._delivery(parcels, until))

    def close(self) -> None:
        """Close all sockets; nothing can be delivered afterwards."""
        self._sockets.close()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _delivery(self, parcels: Sequence[Parcel], until: int) -> list[Outcome]:
        outcomes = [Outcome.LATE] * len(parcels)
        courses = iter([_Course(place, parcel) for place, parcel in enumerate(parcels)])
        again = asyncio.Semaphore(self._patience.width)
        waiting: list[asyncio.Task[None]] = []

        async def work(courses: Iterator[_Course]) -> None:
            for course in courses:
                result = await self._advance(course, until)
                if isinstance(result, Outcome):
                    outcomes[course.place] = result
                else:
                    # Whoever must wait holds up nobody else.
                    waiting.append(asyncio.ensure_future(retry(course, result)))

        async def retry(course: _Course, pause_s: float) -> None:
            result: Outcome | float = pause_s
            while not isinstance(result, Outcome):
                await asyncio.sleep(result)
                async with again:
                    result = await self._advance(course, until)
            outcomes[course.place] = result

        workers = min(self._patience.width, len(parcels))
        # What has come since the last delivery is read first: sockets may have been closed.
        await asyncio.sleep(0)
        await asyncio.gather(*(work(courses) for _ in range(workers)))
        await asyncio.gather(*waiting)
        return outcomes

    async def _advance(self, course: _Course, until: int) -> Outcome | float:
        """Post what is left of a parcel: what became of it, or how long to pause (s)."""
        parcel = course.parcel
        while course.frame < len(parcel.frames):
            status = await self._ask("POST", parcel, parcel.frames[course.frame], until)
            if status is None:
                return Outcome.LATE
            if status in _SUCCESS:
                course.next_frame()
                continue
            verdict = self._judge(course, status)
            if isinstance(verdict, Outcome) and verdict is not Outcome.GONE and parcel.closing:
                break
            return verdict
        if parcel.closing:
            await self._close(parcel, until)
        return Outcome.PUSHED

    async def _close(self, parcel: Parcel, until: int) -> None:
        """Close a connection; nobody will think of it again, so it is tried as often as a frame."""
        for attempt in range(self._patience.attempts):
            status = await self._ask("DELETE", parcel, b"", until)
            passing = status in (_NO_ANSWER, _TOO_MANY) or (status or 0) >= _SERVER_ERROR
            if not passing:
                return
            await asyncio.sleep(self._pause_s(attempt))

    def _judge(self, course: _Course, status: int) -> Outcome | float:
        """What a refusal means: the end, or another attempt after a pause (s)."""
        patience = self._patience
        if status == _GONE:
            return Outcome.GONE
        if status == _NO_ANSWER:
            known = self._slow.knows(course.parcel.connection_id)
            self._slow.note(course.parcel.connection_id)
            course.unanswered += 1
            if known or course.unanswered >= patience.attempts_unanswered:
                return Outcome.SLOW
        elif status != _TOO_MANY and status < _SERVER_ERROR:
            _log.warning("refused by the gateway", extra={"status": status})
            return Outcome.FAILED
        course.attempt += 1
        if course.attempt >= patience.attempts:
            return Outcome.FAILED
        return self._pause_s(course.attempt - 1)

    def _pause_s(self, attempts: int) -> float:
        mean_ms = self._patience.pause_ms * 2**attempts
        return random.uniform(0, 2 * mean_ms) / 1000  # noqa: S311 - no secret

    async def _ask(self, method: str, parcel: Parcel, body: bytes, until: int) -> int | None:
        """The status of one request; None when the time is over."""
        now = self._clock.now()
        if now >= until:
            return None
        # Ids end in "=", so they are encoded for the path: a raw one would break the signature.
        path = self._base + quote(parcel.connection_id, safe="")
        signed = self._signer.headers(method, path, hashlib.sha256(body).hexdigest(), now)
        head = f"{method} {path} HTTP/1.1\r\n{signed}Content-Length: {len(body)}\r\n\r\n"
        slow = self._slow.knows(parcel.connection_id)
        timeout_s = self._patience.slow_s if slow else self._patience.answer_s
        try:
            return await self._sockets.ask(
                head.encode() + body, min(timeout_s, (until - now) / 1000)
            )
        except NoAnswer:
            return _NO_ANSWER
        except Broken:
            return _BROKEN
