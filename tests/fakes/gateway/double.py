"""What the gateway double knows and decides, apart from sockets."""

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from threading import Condition
from typing import NamedTuple
from urllib.parse import unquote

from tests.fakes.gateway.clock import PATIENCE_S, GatewayClock
from tests.fakes.gateway.faults import FAILED, GONE, LARGE, THROTTLED, Faults, How, Reply
from tests.fakes.gateway.signatures import Verifier

BODY_BYTES_MAX = 128 * 1024
FRAME_BYTES = 32 * 1024
_PATH = re.compile(r"/v1/@connections/([^/?]+)")
_ID = re.compile(r"[A-Za-z0-9_-]{11,}=")
_ERRORS = {
    400: "BadRequestException",
    403: "ForbiddenException",
    404: "NotFoundException",
    GONE: "GoneException",
    LARGE: "PayloadTooLargeException",
    THROTTLED: "LimitExceededException",
    FAILED: "InternalServerErrorException",
}


class Request(NamedTuple):
    """A request as it came, and the way it was answered."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def connection_id(self) -> str:
        """Which connection it is about."""
        found = _PATH.fullmatch(self.path)
        return unquote(found.group(1)) if found else ""


class GatewayDouble:
    """The state of one API's WebSockets.

    Attributes:
        clock: Of the gateway.
        latency_ms: Of every answer that no script is about.
        faults: What goes wrong at random; None for nothing.
        lenient: Every well-formed id is an open connection.
        verifier: Of signatures; None takes any.
        keep: Frames are kept, to be looked at; not so in benchmarks.
        keep_requests: And all requests.
        requests: All, in order.
        closed: Connections that were closed from our side, in order.
        gone_ids: Connections that do not exist any more.
        counts: Requests by status, `sockets`, `frames` of 32 KB, `bytes`.
        most: Requests under way at once, at most.
    """

    def __init__(self, clock: GatewayClock, verifier: Verifier | None = None) -> None:
        self.clock = clock
        self.latency_ms = 0.0
        self.faults: Faults | None = None
        self.lenient = False
        self.verifier = verifier
        self.keep = True
        self.keep_requests = True
        self.requests: list[Request] = []
        self.closed: list[str] = []
        self.gone_ids: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.most = 0
        self.on_frame: Callable[[str, bytes], None] | None = None
        self._under_way = 0
        self._open: set[str] = set()
        self._opening: set[str] = set()
        self._frames: dict[str, list[bytes]] = defaultdict(list)
        self._held: dict[str, bytes] = {}
        self._scripts: dict[str, deque[Reply]] = {}
        self._arrived = 0
        self._arriving = Condition()

    def open(self, *connection_ids: str) -> None:
        """These connections are open now."""
        self._opening.difference_update(connection_ids)
        self._open.update(connection_ids)

    def opening(self, connection_id: str) -> None:
        """A connection whose `$connect` has not returned yet."""
        self._opening.add(connection_id)

    def gone(self, connection_id: str) -> None:
        """A device has gone offline."""
        self._open.discard(connection_id)
        self.gone_ids.add(connection_id)

    def script(self, connection_id: str, replies: Iterable[Reply]) -> None:
        """What becomes of the next requests about a connection."""
        self._scripts[connection_id] = deque(replies)

    def frames(self, connection_id: str) -> list[bytes]:
        """What a device has received, in this order."""
        return self._frames[connection_id]

    def wait_for_frames(self, count: int) -> None:
        """Wait until devices have received so many frames in all.

        Raises:
            TimeoutError: They have not after a long time.
        """
        with self._arriving:
            if not self._arriving.wait_for(lambda: self._arrived >= count, PATIENCE_S):
                raise TimeoutError(f"{self._arrived} of {count} have arrived")

    def flush(self) -> None:
        """Deliver what was held back to come after a next frame that never came."""
        while self._held:
            self._arrive(*self._held.popitem())

    def begin(self) -> None:
        """A request has come."""
        self._under_way += 1
        self.most = max(self.most, self._under_way)

    def end(self) -> None:
        """It is answered, or never will be."""
        self._under_way -= 1

    def take(self, request: Request) -> Reply:
        """Carry a request out, and say how it is answered."""
        reply = self._checked(request)
        if self.keep_requests:
            self.requests.append(request)
        if reply.how is not How.RESET:
            self._carry_out(request, reply)
        self.counts[str(reply.status) if reply.how is How.WHOLE else reply.how.name.lower()] += 1
        self.counts["bytes"] += len(request.body)
        return reply

    def body_of(self, reply: Reply) -> tuple[bytes, str]:
        """The body of an answer, and the kind of its error."""
        if reply.status < 400:
            return b"", ""
        kind = _ERRORS.get(reply.status, "InternalServerErrorException")
        return json.dumps({"message": kind}).encode(), kind

    def _checked(self, request: Request) -> Reply:
        refused = self._refusal(request)
        if refused:
            return Reply(refused)
        id_ = request.connection_id
        if self._scripts.get(id_):
            return self._scripts[id_].popleft()
        exists = id_ in self._open or (self.lenient and id_ not in self._opening)
        if id_ in self.gone_ids or not exists:
            return Reply(GONE, self.latency_ms)
        if request.method == "POST" and self.faults:
            return self.faults.reply(self.latency_ms)
        return Reply(204 if request.method == "DELETE" else 200, self.latency_ms)

    def _refusal(self, request: Request) -> int | None:
        """The status of a request that the gateway does not even look up."""
        found = _PATH.fullmatch(request.path)
        if self.verifier and self.verifier.problem(*request, self.clock.now()):
            status = 403
        elif not found or request.method not in ("POST", "DELETE"):
            status = 404
        elif "=" in found.group(1):
            # A raw one is signed in another way than the gateway reads it.
            status = 403
        elif not _ID.fullmatch(unquote(found.group(1))):
            status = 400
        else:
            return LARGE if len(request.body) > BODY_BYTES_MAX else None
        return status

    def _carry_out(self, request: Request, reply: Reply) -> None:
        id_ = request.connection_id
        if reply.status == GONE and id_:
            self.gone(id_)
        elif reply.status >= 300 or id_ in self.gone_ids:
            return
        elif request.method == "DELETE":
            self.closed.append(id_)
            self.gone(id_)
        else:
            self._deliver(id_, request.body, reply)

    def _deliver(self, id_: str, frame: bytes, reply: Reply) -> None:
        self.counts["frames"] += -(-len(frame) // FRAME_BYTES) or 1
        held = self._held.pop(id_, None)
        if reply.reordered and held is None:
            self._held[id_] = frame
        else:
            self._arrive(id_, frame)
        if held is not None:
            self._arrive(id_, held)
        if reply.duplicated:
            self._arrive(id_, frame)

    def _arrive(self, id_: str, frame: bytes) -> None:
        if self.keep:
            with self._arriving:
                self._frames[id_].append(frame)
                self._arrived += 1
                self._arriving.notify_all()
        if self.on_frame:
            self.on_frame(id_, frame)
