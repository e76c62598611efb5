"""Gap: the text of an exception in a WebSocket handler reaches the client.

AWS answers `{"message": "Internal server error", "connectionId": …, "requestId": …}`, whether the
route has a response or not. See also refused_handshake.py for `$connect`.
"""

import json
from typing import Any


class HandlerFailure(str):
    """What a failed handler said: for the log, never for the client."""

    __slots__ = ()


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    invoke = gateway._invoke_ws_lambda

    async def invoke_quietly(*args: Any, **kwargs: Any) -> Any:
        # (api, account, region, route, stage, connection, event type, message id, …)
        connection_id, message_id = args[5], args[7]
        answer = await invoke(*args, **kwargs)
        if not isinstance(answer, dict) or not isinstance(answer.get("body"), HandlerFailure):
            return answer
        frame = {
            "message": "Internal server error",
            "connectionId": connection_id,
            "requestId": message_id,
        }
        return {"statusCode": 502, "body": json.dumps(frame), "failed": True}

    gateway._invoke_ws_lambda = invoke_quietly
