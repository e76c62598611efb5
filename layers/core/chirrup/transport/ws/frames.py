"""One frame in, one frame out."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from chirrup.contracts.base import decode, encode
from chirrup.contracts.frames import AckFrame, ErrorFrame, error_body
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.service.actor import Actor
from chirrup.transport.services import Messaging
from chirrup.transport.ws.actions import ACTIONS

_log = logging.getLogger(__name__)

REQUEST_ID_MAX = 64
FIELD_MAX = 80
_KEYS = frozenset({"action", "id", "data"})


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of the wire protocol, its data not looked at yet."""

    action: str
    id: str | None
    data: Any


def parse(body: str | None, *, binary: bool) -> Frame:
    """Take a frame apart.

    Raises:
        FrameRefused: `payload_too_large` or `invalid_frame`, with the frame's id if it has one.
    """
    text = body or ""
    if len(text.encode(errors="replace")) > FRAME_BYTES_MAX:
        raise FrameRefused(ErrorCode.PAYLOAD_TOO_LARGE, None, limit_bytes=FRAME_BYTES_MAX)
    if binary:
        raise FrameRefused(ErrorCode.INVALID_FRAME, None)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FrameRefused(ErrorCode.INVALID_FRAME, None) from error
    if not isinstance(value, dict):
        raise FrameRefused(ErrorCode.INVALID_FRAME, None)
    id_ = value.get("id")
    if id_ is not None and not _is_request_id(id_):
        raise FrameRefused(ErrorCode.INVALID_FRAME, None, field="id")
    action = value.get("action")
    if not isinstance(action, str):
        raise FrameRefused(ErrorCode.INVALID_FRAME, id_, field="action")
    unknown = sorted(value.keys() - _KEYS)
    if unknown:
        # Half a surrogate pair may stand in a key that is read, but not in one that is sent.
        field = unknown[0][:FIELD_MAX].encode(errors="replace").decode()
        raise FrameRefused(ErrorCode.INVALID_FRAME, id_, field=field)
    return Frame(action, id_, value.get("data", {}))


class FrameRefused(ChirrupError):
    """A frame that is none; the id is echoed where it could be read."""

    def __init__(self, code: ErrorCode, frame_id: str | None, **details: object) -> None:
        super().__init__(code, **details)
        self.frame_id = frame_id


def answer(
    app: Messaging, actor: Actor, body: str | None, *, binary: bool = False, request_id: str = ""
) -> str:
    """Carry a frame out and give the frame that answers it; never raises.

    Args:
        app: The use cases.
        actor: Who sent it.
        body: Its text; base64 of a binary one.
        binary: It was a binary frame.
        request_id: Of the invocation; a client is told it when something fails on our side.
    """
    id_: str | None = None
    try:
        frame = parse(body, binary=binary)
        id_ = frame.id
        action = ACTIONS.get(frame.action)
        if action is None:
            raise ChirrupError(ErrorCode.UNKNOWN_ACTION)
        data = action.run(app, actor, decode(action.data, frame.data))
        return encode(AckFrame(id=id_, data=data))
    except FrameRefused as refused:
        return error_frame(refused, refused.frame_id)
    except ChirrupError as error:
        return error_frame(error, id_)
    except Exception:
        _log.exception("frame failed")
        return error_frame(ChirrupError(ErrorCode.INTERNAL, request_id=request_id), id_)


def error_frame(error: ChirrupError, id_: str | None) -> str:
    """The frame that tells a client of an error."""
    return encode(ErrorFrame(id=id_, error=error_body(error)))


def frame_id(body: str | None) -> str | None:
    """The id of a frame that is not carried out, if it can be read."""
    try:
        return parse(body, binary=False).id
    except FrameRefused as refused:
        return refused.frame_id


def _is_request_id(value: object) -> bool:
    return (
        isinstance(value, str)
        and 0 < len(value) <= REQUEST_ID_MAX
        and value.isprintable()
        and not any("\ud800" <= char <= "\udfff" for char in value)
    )


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def event_body(event: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The text of a frame, and whether it was a binary one."""
    return event.get("body"), bool(event.get("isBase64Encoded"))
