"""Clients of the functions: what API Gateway would make of their handshakes and frames."""

import copy
import json
from typing import Any

from tests import samples
from tests.functional.functions import Functions

SAMPLES = samples.load()


class Socket:
    """One WebSocket: authorizer and `$connect` when it opens, then its frames."""

    def __init__(self, functions: Functions, connection_id: str) -> None:
        self._functions = functions
        self.id = connection_id
        self.context: dict[str, Any] | None = None

    def open(
        self,
        *,
        token: str | None = None,
        ticket: str | None = None,
        device: str | None = None,
        origin: str | None = None,
    ) -> int:
        """The handshake; the status that its client sees."""
        event = self._event("ws_authorizer/no_credentials")
        shown = {"Authorization": f"Bearer {token}" if token else None, "Origin": origin}
        event["headers"] |= {name: value for name, value in shown.items() if value is not None}
        query = {"ticket": ticket, "device": device}
        event["queryStringParameters"] = {n: v for n, v in query.items() if v is not None} or None
        policy = self._functions.invoke("ws_authorizer", event)
        (statement,) = policy["policyDocument"]["Statement"]
        if statement["Effect"] != "Allow":
            return 403
        self.context = {"principalId": policy["principalId"], **policy["context"]}
        connect = self._event("ws_connect/first_socket")
        status: int = self._functions.invoke("ws_connect", connect)["statusCode"]
        return 101 if status == 200 else status

    def send(self, frame: Any) -> Any:
        """Send a frame; what is answered, or None."""
        event = self._event("ws_message/ping")
        event["body"] = frame if isinstance(frame, str) else json.dumps(frame)
        answer = self._functions.invoke("ws_message", event)
        return json.loads(answer["body"]) if answer.get("body") else None

    def ask(self, action: str, **data: Any) -> Any:
        """What an action gives; it must be carried out."""
        reply = self.send({"action": action, "id": "r", "data": data})
        assert reply["type"] == "ack", reply
        return reply["data"]

    def close(self) -> None:
        """`$disconnect`, whoever has closed."""
        event = self._event("ws_disconnect/closed_by_client")
        assert self._functions.invoke("ws_disconnect", event)["statusCode"] == 200

    def _event(self, sample: str) -> dict[str, Any]:
        event = copy.deepcopy(SAMPLES[sample].event)
        event["requestContext"]["connectionId"] = self.id
        if self.context is not None:
            event["requestContext"]["authorizer"] = self.context
        return event


def http(
    functions: Functions, method: str, path: str, *, user: str, expires_at: int, body: Any = None
) -> tuple[int, Any]:
    """Status and body of an HTTP request of a user, whose token the gateway has verified."""
    event = copy.deepcopy(SAMPLES["http_api/read"].event)
    event["rawPath"] = event["requestContext"]["http"]["path"] = path
    event["requestContext"]["http"]["method"] = method
    claims = event["requestContext"]["authorizer"]["jwt"]["claims"]
    claims |= {"sub": user, "name": user.capitalize(), "exp": str(expires_at // 1000)}
    event["body"] = None if body is None else json.dumps(body)
    answer = functions.invoke("http_api", event)
    return answer["statusCode"], json.loads(answer["body"]) if answer["body"] else None
