"""The frames of the WebSocket: envelopes around what the models describe."""

from collections.abc import Iterable
from typing import Any

from chirrup.contracts.frames import AckFrame, ErrorFrame, PushFrame
from chirrup.domain.errors import ErrorCode
from chirrup.transport.ws.actions import ACTIONS, Action
from chirrup.transport.ws.frames import REQUEST_ID_MAX
from local.contracts.schemas import REF, Json, components, ref

DRAFT = "https://json-schema.org/draft/2020-12/schema"
OF_THE_FRAME = (
    ErrorCode.INVALID_FRAME,
    ErrorCode.UNKNOWN_ACTION,
    ErrorCode.PAYLOAD_TOO_LARGE,
    ErrorCode.UNAUTHENTICATED,
)
"""What a frame may be refused for that names no action of ours."""
OF_AN_ACTION = (
    ErrorCode.INVALID_FRAME,
    ErrorCode.INVALID_REQUEST,
    ErrorCode.PAYLOAD_TOO_LARGE,
    ErrorCode.UNAUTHENTICATED,
    ErrorCode.TEMPORARILY_UNAVAILABLE,
    ErrorCode.INTERNAL,
)
"""What every action may refuse."""
REQUEST_ID: Json = {
    "description": "Chosen by the client, printable; its answer bears the same.",
    "type": ["string", "null"],
    "minLength": 1,
    "maxLength": REQUEST_ID_MAX,
    "examples": ["r-17"],
}
GATEWAY_FRAME: Json = {
    "description": "What API Gateway says where it fails by itself or throttles.",
    "type": "object",
    "properties": {
        "message": {"type": "string"},
        "connectionId": {"type": "string"},
        "requestId": {"type": "string"},
    },
    "required": ["message"],
    "examples": [
        {
            "message": "Internal server error",
            "connectionId": "JKJaXeTZPHcCEFQ=",
            "requestId": "JKJaXmPLvHcESHA=",
        }
    ],
}


def schemas() -> Json:
    """All schemas that frames are made of, by name."""
    models = [model for action in ACTIONS.values() for model in (action.data, action.ack)]
    return components([*models, AckFrame, ErrorFrame, PushFrame])


def request(name: str, action: Action) -> Json:
    """The frame that asks for an action."""
    required = ["action"]
    if any(field.is_required() for field in action.data.model_fields.values()):
        required.append("data")
    return {
        "description": action.summary,
        "type": "object",
        "properties": {
            "action": {"const": name, "type": "string"},
            "id": REQUEST_ID,
            "data": ref(action.data),
        },
        "required": required,
        "additionalProperties": False,
    }


def ack(action: Action) -> Json:
    """The frame that answers an action."""
    return {
        "description": AckFrame.__doc__,
        "allOf": [ref(AckFrame)],
        "properties": {"data": ref(action.ack)},
    }


def errors(action: Action) -> list[ErrorCode]:
    """Every code that an action may answer with, in the order of the catalogue."""
    codes = {*OF_AN_ACTION, *action.errors}
    return [code for code in ErrorCode if code in codes]


def error(codes: Iterable[ErrorCode]) -> Json:
    """The frame that refuses, with one of these codes."""
    return {
        "description": ErrorFrame.__doc__,
        "allOf": [ref(ErrorFrame)],
        "properties": {"error": {"properties": {"code": {"enum": list(codes)}}}},
    }


def of_clients() -> Json:
    """docs/reference/schemas/client-frame.json: any frame that a client may send."""
    return _standalone(
        "A frame from a client", [request(name, action) for name, action in ACTIONS.items()]
    )


def of_the_server() -> Json:
    """docs/reference/schemas/server-frame.json: any frame that the server sends."""
    acks = dict.fromkeys(action.ack.__name__ for action in ACTIONS.values())
    any_ack = {
        "description": AckFrame.__doc__,
        "allOf": [ref(AckFrame)],
        "properties": {"data": {"anyOf": [ref(name) for name in acks]}},
    }
    return _standalone("A frame from the server", [any_ack, ref(ErrorFrame), ref(PushFrame)])


def _standalone(title: str, frames: list[Json]) -> Json:
    needed = _reached({"oneOf": frames}, schemas())
    document = {"$schema": DRAFT, "title": title, "oneOf": frames, "$defs": needed}
    moved: Json = _moved(document)
    return moved


def _reached(schema: object, known: Json) -> Json:
    """The schemas that one refers to, and those that they refer to."""
    found: set[str] = set()
    waiting = [schema]
    while waiting:
        for name in _names(waiting.pop()) - found:
            found.add(name)
            waiting.append(known[name])
    return {name: known[name] for name in sorted(found)}


def _names(node: object) -> set[str]:
    if isinstance(node, list):
        return {name for one in node for name in _names(one)}
    if isinstance(node, dict):
        here = {node["$ref"].removeprefix(REF)} if isinstance(node.get("$ref"), str) else set()
        return here.union(*(_names(one) for one in node.values()))
    return set()


def _moved(node: Any) -> Any:
    """The same with references into `$defs`; discriminators are OpenAPI's."""
    if isinstance(node, list):
        return [_moved(one) for one in node]
    if isinstance(node, dict):
        return {key: _moved(one) for key, one in node.items() if key != "discriminator"}
    return node.replace(REF, "#/$defs/") if isinstance(node, str) else node
