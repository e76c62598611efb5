"""docs/reference/asyncapi.json: AsyncAPI 3.0, from the table of actions and the models."""

from collections.abc import Iterable
from typing import Any

from chirrup.contracts.examples import EXAMPLES
from chirrup.contracts.frames import PushFrame
from chirrup.domain.connections import DEVICE_MAX
from chirrup.domain.errors import CATALOGUE, ErrorCode
from chirrup.transport.ws.actions import ACTIONS, Action
from local.contracts import VERSION, frames
from local.contracts.advice import ADVICE
from local.contracts.schemas import Json, ref
from local.contracts.text import fill

CHANNEL = "#/channels/socket"


def document() -> Json:
    """The document."""
    messages = _messages()
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Chirrup WebSocket API",
            "version": VERSION,
            "description": fill("asyncapi.md").rstrip(),
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"gateway": _server()},
        "channels": {
            "socket": {
                "address": "/",
                "title": "One device of one user",
                "servers": [{"$ref": "#/servers/gateway"}],
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
                "bindings": {"ws": _handshake()},
            }
        },
        "operations": _operations(),
        "components": {
            "messages": messages,
            "schemas": {**_plain(frames.schemas()), "GatewayFrame": frames.GATEWAY_FRAME},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "For native clients: an id or access token, in the header"
                    " `Authorization`. A token in the URL is refused.",
                },
                "ticket": {
                    "type": "httpApiKey",
                    "in": "query",
                    "name": "ticket",
                    "description": "For browsers: a single-use ticket of `POST /v1/ws-tickets`.",
                },
            },
        },
    }


def _server() -> Json:
    return {
        "host": "{api_id}.execute-api.{region}.amazonaws.com",
        "pathname": "/v1",
        "protocol": "wss",
        "description": "`WebSocketUrl` among the outputs of the stack.",
        "variables": {"api_id": {"default": "a1b2c3d4e5"}, "region": {"default": "us-east-1"}},
        "security": [
            {"$ref": "#/components/securitySchemes/token"},
            {"$ref": "#/components/securitySchemes/ticket"},
        ],
    }


def _handshake() -> Json:
    return {
        "method": "GET",
        "query": {
            "type": "object",
            "properties": {
                "ticket": {"type": "string", "description": "Instead of a token, never beside it."},
                "device": {
                    "type": "string",
                    "maxLength": DEVICE_MAX,
                    "description": "Names the device, printable; a newer socket of it closes the"
                    " older. Default: the connection's own id.",
                    "examples": ["phone"],
                },
            },
            "additionalProperties": False,
        },
        "headers": {
            "type": "object",
            "properties": {
                "Authorization": {"type": "string", "pattern": "^[Bb]earer .+"},
                "Origin": {
                    "type": "string",
                    "description": "Set by browsers; must be among `AllowedOrigins`.",
                },
            },
        },
        "bindingVersion": "0.1.0",
    }


def _operations() -> Json:
    found: Json = {}
    for name, action in ACTIONS.items():
        found[name] = {
            "action": "receive",
            "summary": action.summary,
            **_exchange(name, f"{name}Ack", f"{name}Error", "gatewayFrame"),
        }
    found["anythingElse"] = {
        "action": "receive",
        "summary": "Refuse a frame that names no action.",
        **_exchange("otherFrame", "otherFrameError", "gatewayFrame"),
    }
    found["push"] = {
        "action": "send",
        "summary": "Tell a device what happened; a hint, the timeline is the truth.",
        "channel": {"$ref": CHANNEL},
        "messages": [_of_channel("push")],
    }
    found["endSession"] = {
        "action": "send",
        "summary": "Refuse the first frame after the end of the token, then close.",
        "channel": {"$ref": CHANNEL},
        "messages": [_of_channel("sessionEnd")],
    }
    return found


def _exchange(asked: str, *answers: str) -> Json:
    return {
        "channel": {"$ref": CHANNEL},
        "messages": [_of_channel(asked)],
        "reply": {
            "channel": {"$ref": CHANNEL},
            "messages": [_of_channel(answer) for answer in answers],
        },
    }


def _of_channel(message: str) -> Json:
    return {"$ref": f"{CHANNEL}/messages/{message}"}


def _messages() -> Json:
    found: Json = {}
    for name, action in ACTIONS.items():
        found |= _of_action(name, action)
    found["otherFrame"] = {
        "title": "Anything else",
        "summary": "A frame that is no JSON object or names no action.",
        "payload": {},
    }
    found["otherFrameError"] = _refusal("Refused", frames.OF_THE_FRAME, ErrorCode.UNKNOWN_ACTION)
    over = ErrorCode.UNAUTHENTICATED
    found["sessionEnd"] = _refusal("Session over", [over], over)
    found["gatewayFrame"] = {
        "title": "API Gateway failed",
        "payload": {"$ref": "#/components/schemas/GatewayFrame"},
        "examples": [{"payload": example} for example in frames.GATEWAY_FRAME["examples"]],
    }
    found["push"] = {
        "title": "Push",
        "summary": "Events, several in one frame where that fits.",
        "payload": ref(PushFrame),
        "examples": [{"payload": example} for example in EXAMPLES[PushFrame]],
    }
    return found


def _of_action(name: str, action: Action) -> Json:
    asked = [{"action": name, "id": "r-17", "data": data} for data in EXAMPLES[action.data]]
    given = [{"type": "ack", "id": "r-17", "data": data} for data in EXAMPLES[action.ack]]
    codes = frames.errors(action)
    shown = action.errors[0] if action.errors else ErrorCode.INVALID_REQUEST
    return {
        name: _message(name, frames.request(name, action), asked),
        f"{name}Ack": _message(f"{name} done", frames.ack(action), given),
        f"{name}Error": _refusal(f"{name} refused", codes, shown),
    }


def _refusal(title: str, codes: Iterable[ErrorCode], shown: ErrorCode) -> Json:
    entry = CATALOGUE[shown]
    body = {
        "code": shown.value,
        "message": entry.message,
        "retryable": entry.retryable,
        "details": ADVICE[shown].details,
    }
    return _message(title, frames.error(codes), [{"type": "error", "id": "r-17", "error": body}])


def _message(title: str, payload: Json, examples: list[Json]) -> Json:
    return {
        "title": title,
        "correlationId": {"location": "$message.payload#/id"},
        "payload": _plain(payload),
        "examples": [{"payload": example} for example in examples],
    }


def _plain(node: Any) -> Any:
    """The same, as AsyncAPI's own schema format has it: a discriminator is a name."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: one["propertyName"]
        if key == "discriminator" and isinstance(one, dict) and "propertyName" in one
        else _plain(one)
        for key, one in node.items()
    }
