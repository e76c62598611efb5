"""The real message function, with the network taken away: prints CPU and memory as JSON.

DynamoDB's answers are made in memory at botocore's last step before the socket, and the gateway's
at our own, so everything of ours, of PynamoDB and of botocore is counted, and no emulator.
"""

import importlib.util
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from benchmarks.memory import peak_mb
from chirrup import bootstrap
from chirrup.push.sockets import Sockets

SENDS = 300
CHAT = "p_alice~bob"
FAR = 4_000_000_000_000


def main() -> None:
    """Measure."""
    dynamo = bootstrap.dynamo()
    client: Any = dynamo.connection.client
    client.meta.events.register_first("before-send.dynamodb.*", _answer)
    handler = _handler()
    with patch.object(Sockets, "ask", _accepted):
        times = []
        for number in range(SENDS):
            event = _event(number)
            at = time.process_time()
            reply = handler.lambda_handler(event, None)
            times.append((time.process_time() - at) * 1000)
            if json.loads(reply["body"])["type"] != "ack":
                sys.exit(reply["body"])
    print(json.dumps({"cpu": statistics.median(times), "memory": peak_mb()}))


async def _accepted(_: Sockets, __: bytes, ___: float) -> int:
    return 200


def _handler() -> Any:  # noqa: ANN401 - a module of its own
    path = Path(__file__).parents[1] / "functions" / "ws_message" / "handler.py"
    spec = importlib.util.spec_from_file_location("handler", path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _event(number: int) -> dict[str, Any]:
    data = {
        "conversation_id": CHAT,
        "client_id": f"client-{number}",
        "type": "text",
        "content": {"text": "How about lunch at noon? The new place on the corner looks good."},
    }
    return {
        "requestContext": {
            "connectionId": "abc=",
            "authorizer": {
                "user_id": "alice",
                "device": "phone",
                "expires_at": str(FAR),
                "connected_at": "1790000000000",
            },
        },
        "body": json.dumps({"action": "sendMessage", "id": str(number), "data": data}),
        "isBase64Encoded": False,
    }


_MEMBER = {
    "conversation_id": {"S": CHAT},
    "item": {"S": "MEMBER#alice"},
    "user_id": {"S": "alice"},
    "read_seq": {"N": "41"},
    "read_count": {"N": "41"},
    "recent": {"SS": [f"{seq}.1790000000000.abcdefghij{seq % 10}" for seq in range(30, 42)]},
}
_HEAD = {
    "conversation_id": {"S": CHAT},
    "item": {"S": "HEAD"},
    "last_seq": {"N": "41"},
    "count": {"N": "41"},
    "last_of": {"S": '[0,0,"K9gGyX8OAK8",41,1790000000]'},
    "preview_seq": {"N": "41"},
    "preview": {"S": '["alice","text",1790000000000,"Lunch?",false]'},
}


def _answer(request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's
    operation = request.headers["X-Amz-Target"].decode().split(".")[-1]
    body = json.loads(request.body)
    answer: dict[str, Any] = {}
    if body.get("TableName") == "catalog":
        answer = {}  # There are no words.
    elif operation == "GetItem":
        answer = {"Item": _HEAD if body["Key"]["item"]["S"] == "HEAD" else _MEMBER}
    elif operation == "UpdateItem":
        answer = {"Attributes": _HEAD if body["Key"]["item"]["S"] == "HEAD" else _MEMBER}
    elif operation == "BatchGetItem":
        socket = f"def=|{FAR}|1790000000000|phone"
        bob = {"user_id": {"S": "bob"}, "sockets": {"SS": [socket]}}
        answer = {"Responses": {"connections": [bob]}, "UnprocessedKeys": {}}
    headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
    return AWSResponse(request.url, 200, headers, Raw(json.dumps(answer).encode()))


class Raw:
    """A body that is read once."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """All of it."""
        return [self._body]


if __name__ == "__main__":
    main()
