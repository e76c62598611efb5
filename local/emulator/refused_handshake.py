"""Gap: a refused `$connect` is always 403, and `Sec-WebSocket-Protocol` is not echoed.

On AWS the client sees the status of the `$connect` handler, 502 when that fails, 401 when the
authorizer raises `Unauthorized` and 500 when it fails otherwise.
"""

import json
from http import HTTPStatus
from typing import Any

from local.emulator.handshake import CURRENT, Handshake


def refusal(answer: Any) -> int | None:
    """The status with which AWS refuses after this answer of the `$connect` handler, if it does."""
    if not isinstance(answer, dict) or not isinstance(answer.get("statusCode"), int):
        return HTTPStatus.BAD_GATEWAY
    status: int = answer["statusCode"]
    return None if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else status


def chosen_protocol(answer: Any) -> str | None:
    """The subprotocol that the `$connect` handler picked."""
    headers = (answer.get("headers") or {}) if isinstance(answer, dict) else {}
    return next((v for k, v in headers.items() if k.lower() == "sec-websocket-protocol"), None)


def refusal_body(handshake: Handshake) -> bytes:
    """AWS's body of a refusal; its inside is never told."""
    status = HTTPStatus(handshake.refusal or HTTPStatus.FORBIDDEN)
    server = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    message = "Internal server error" if server else status.phrase
    return json.dumps({"message": message, "connectionId": handshake.connection_id}).encode()


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    invoke = gateway._invoke_ws_lambda
    execute = ministack.lambda_svc._execute_function_with_config_scope
    handle_websocket = gateway.handle_websocket

    async def invoke_connect(*args: Any, **kwargs: Any) -> Any:
        answer = await invoke(*args, **kwargs)
        handshake = CURRENT.get()
        if args[6] == "CONNECT" and handshake is not None:
            handshake.refusal = refusal(answer)
            handshake.subprotocol = chosen_protocol(answer)
            return {"statusCode": handshake.refusal or HTTPStatus.OK}
        return answer

    def execute_authorizer(*args: Any, **kwargs: Any) -> Any:
        # Of all the WebSocket path only the authorizer comes through here.
        result = execute(*args, **kwargs)
        handshake = CURRENT.get()
        if handshake is not None and result.get("error"):
            told = (result.get("body") or {}).get("errorMessage")
            handshake.refusal = 401 if told == "Unauthorized" else 500
        return result

    async def with_status(scope: Any, receive: Any, send: Any, *args: Any, **kwargs: Any) -> None:
        async def answer(message: dict[str, Any]) -> None:
            handshake = CURRENT.get()
            kind = message["type"]
            if handshake is None:
                await send(message)
            elif kind == "websocket.accept" and handshake.subprotocol:
                await send({**message, "subprotocol": handshake.subprotocol})
            elif handshake.refusal and kind == "websocket.http.response.start":
                await send({**message, "status": handshake.refusal})
            elif handshake.refusal and kind == "websocket.http.response.body":
                await send({**message, "body": refusal_body(handshake)})
            elif handshake.refusal and kind == "websocket.close":
                headers = [(b"content-type", b"application/json")]
                start = {"type": "websocket.http.response.start", "headers": headers}
                await send({**start, "status": handshake.refusal})
                body = {"type": "websocket.http.response.body", "body": refusal_body(handshake)}
                await send(body)
            else:
                await send(message)

        await handle_websocket(scope, receive, answer, *args, **kwargs)

    gateway._invoke_ws_lambda = invoke_connect
    ministack.lambda_svc._execute_function_with_config_scope = execute_authorizer
    gateway.handle_websocket = with_status
