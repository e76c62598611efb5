"""HTTP requests as API Gateway's HTTP APIs hand them on (payload format 2.0)."""

import json
from typing import Any
from urllib.parse import quote

from aws_lambda_powertools.utilities.typing import LambdaContext

from chirrup.contracts.errors import Problem
from chirrup.transport.http import endpoints, media_endpoints
from chirrup.transport.http.api import build
from chirrup.transport.http.endpoint import App, MediaApp
from tests.fakes.clock import NOON
from tests.unit.world import World

REQUEST_ID = "req-1"


class Answer:
    """What went back: status, type, and the body as JSON."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.status: int = raw["statusCode"]
        self.body: Any = json.loads(raw["body"]) if raw["body"] else None
        self.type = raw["headers"]["Content-Type"]
        self.location: str | None = raw["headers"].get("Location")
        if self.status >= 400:
            assert self.type == "application/problem+json"
            problem = Problem.model_validate_json(raw["body"])
            assert (problem.status, problem.request_id) == (self.status, REQUEST_ID)
        else:
            assert self.type == "application/json"
        assert raw["isBase64Encoded"] is False

    @property
    def code(self) -> str | None:
        """The code of a refusal; None where there is none."""
        return self.body["code"] if self.status >= 400 else None


class Client:
    """Asks the HTTP API of a world on behalf of a user."""

    def __init__(self, world: World, user_id: str = "alice") -> None:
        app = App(
            messaging=lambda: world.messaging,
            users=lambda: world.user_service,
            tickets=lambda: world.ticket_office,
            devices=lambda: world.devices,
            presence=lambda: world.presence_service,
            groups=lambda: world.groups,
            friendship=lambda: world.friendship,
            rooms=lambda: world.rooms,
            emoji=lambda: world.emoji,
            channels=lambda: world.channels,
            finding=lambda: world.finding,
        )
        media = MediaApp(
            users=lambda: world.user_service,
            uploads=lambda: world.uploads,
            downloads=lambda: world.downloads,
        )
        self._resolver = build(app, endpoints.ENDPOINTS, "sub")
        self._media = build(media, media_endpoints.ENDPOINTS, "sub")
        self.claims: dict[str, Any] | None = {
            "sub": user_id,
            "name": user_id.capitalize(),
            "exp": str(NOON // 1000 + 3600),
        }

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: dict[str, str] | None = None,
        **more: Any,
    ) -> Answer:
        """Send a request; a body that is no text is sent as JSON."""
        authorizer = {} if self.claims is None else {"jwt": {"claims": self.claims, "scopes": None}}
        event: dict[str, Any] = {
            "version": "2.0",
            "routeKey": "ANY /v1/{proxy+}",
            "rawPath": quote(path, safe="/~@"),
            "rawQueryString": "",
            "headers": {"content-type": "application/json"},
            "requestContext": {
                "requestId": REQUEST_ID,
                "stage": "$default",
                "http": {"method": method, "path": path},
                "authorizer": authorizer,
            },
            "isBase64Encoded": False,
        }
        if body is not None:
            event["body"] = body if isinstance(body, str) else json.dumps(body)
        if query is not None:
            event["queryStringParameters"] = query
        of_media = path.startswith(("/v1/uploads", "/v1/media"))
        resolver = self._media if of_media else self._resolver
        return Answer(resolver.resolve(event | more, LambdaContext()))
