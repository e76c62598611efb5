"""The HTTP API: powertools' resolver finds the route, the endpoint table does the rest."""

import json
import logging
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, ValidationError

from chirrup.contracts.base import decode, encode, refused
from chirrup.contracts.errors import Problem
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.identity.claims import identity_of
from chirrup.ports import Identity
from chirrup.transport.http.endpoint import App, Call, Endpoint, MediaApp, Redirect
from chirrup.transport.http.paths import in_one_part

_log = logging.getLogger(__name__)

BODY_BYTES_MAX = 64 * 1024
"""More than any message with the longest content; API Gateway itself would take 10 MB."""
JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
_NOBODY = Identity("", 0)


class _Resolver(APIGatewayHttpResolver):
    """Finds the route of a path whose last part may be any text."""

    def resolve(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer an event of payload format 2.0."""
        path = in_one_part(event["rawPath"])
        return super().resolve({**event, "rawPath": path}, context)


def build(
    app: App | MediaApp, endpoints: Sequence[Endpoint], user_claim: str
) -> APIGatewayHttpResolver:
    """The resolver with some endpoints.

    Args:
        app: The use cases that they run.
        endpoints: Which.
        user_claim: Which claim of the token is the user id.
    """
    resolver = _Resolver()
    for endpoint in endpoints:
        route = resolver.route(endpoint.path, endpoint.method)
        route(_handler(resolver, app, endpoint, user_claim))
    resolver.not_found(lambda _: problem(ChirrupError(ErrorCode.NOT_FOUND), _request_id(resolver)))
    return resolver


def _handler(
    resolver: APIGatewayHttpResolver, app: App | MediaApp, endpoint: Endpoint, user_claim: str
) -> Callable[..., Response[str]]:
    def handle(**path: str) -> Response[str]:
        event: Mapping[str, Any] = resolver.current_event.raw_event
        try:
            call = Call(
                identity=_NOBODY if endpoint.open else _identity(event, user_claim),
                path={name: unquote(value) for name, value in path.items()},
                body=_body(endpoint, event),
                query=_query(endpoint, event),
            )
            if not endpoint.open:
                app.users().see(call.identity)
            answer = endpoint.run(app, call)
            if isinstance(answer, Redirect):
                return Response(302, JSON, "", headers={"Location": answer.url})
            return Response(endpoint.status, JSON, encode(answer) if answer else "")
        except ChirrupError as error:
            return problem(error, _request_id(resolver))
        except Exception:
            _log.exception("request failed")
            return problem(ChirrupError(ErrorCode.INTERNAL), _request_id(resolver))

    return handle


def _identity(event: Mapping[str, Any], user_claim: str) -> Identity:
    """Who asks: API Gateway's JWT authorizer has verified the token.

    Without its claims nobody is let in, wherever the function runs.
    """
    authorizer = event.get("requestContext", {}).get("authorizer") or {}
    return identity_of((authorizer.get("jwt") or {}).get("claims") or {}, user_claim)


def _body(endpoint: Endpoint, event: Mapping[str, Any]) -> BaseModel | None:
    if endpoint.body is None:
        return None
    text = _text(event)
    if len(text.encode(errors="replace")) > BODY_BYTES_MAX:
        raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=BODY_BYTES_MAX)
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="body", problem="is not JSON"
        ) from error
    return decode(endpoint.body, value)


def _text(event: Mapping[str, Any]) -> str:
    """The body; API Gateway hands on in base64 what its Content-Type does not call text."""
    body = str(event.get("body") or "")
    if not event.get("isBase64Encoded"):
        return body
    try:
        return b64decode(body, validate=True).decode()
    except ValueError as error:
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="body", problem="is not text"
        ) from error


def _query(endpoint: Endpoint, event: Mapping[str, Any]) -> BaseModel | None:
    given = event.get("queryStringParameters") or {}
    if endpoint.query is None:
        return None
    try:
        return endpoint.query.model_validate(given, strict=False)
    except ValidationError as error:
        raise refused(error) from error


def problem(error: ChirrupError, request_id: str) -> Response[str]:
    """An error as problem details."""
    body = Problem(
        title=error.message,
        status=error.status,
        code=error.code,
        retryable=error.retryable,
        details=dict(error.details),
        request_id=request_id or None,
    )
    return Response(error.status, PROBLEM_JSON, encode(body), headers=_retry_after(error))


def _retry_after(error: ChirrupError) -> dict[str, Any]:
    """What HTTP clients look at by themselves: whole seconds, not less than to be waited."""
    wait_ms = error.details.get("retry_after_ms")
    return {"Retry-After": str(-(-wait_ms // 1000))} if isinstance(wait_ms, int) else {}


def _request_id(resolver: APIGatewayHttpResolver) -> str:
    return str(resolver.current_event.raw_event.get("requestContext", {}).get("requestId", ""))


def _refuse(constant: str) -> None:
    raise ValueError(constant)
