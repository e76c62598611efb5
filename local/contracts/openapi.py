"""docs/reference/openapi.json: OpenAPI 3.1, from the table of endpoints and the models."""

import re
from collections.abc import Sequence
from itertools import groupby

from pydantic import BaseModel

from chirrup.contracts.errors import Problem
from chirrup.domain.errors import CATALOGUE, ErrorCode
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.http.api import JSON, PROBLEM_JSON
from chirrup.transport.http.endpoint import Endpoint
from local.contracts import VERSION
from local.contracts.advice import ADVICE
from local.contracts.paths import PATH_PARTS, TAGS
from local.contracts.schemas import Json, components, ref, value
from local.contracts.text import fill

PHRASES = {
    200: "Done",
    201: "Made",
    204: "Done, nothing to say",
    302: "Elsewhere",
    400: "Refused",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not there",
    409: "Does not fit the present state",
    413: "Too large",
    429: "Too many requests",
    500: "Failed",
    503: "Not possible at the moment",
}
# What API Gateway answers by itself, by status: the texts are AWS's.
GATEWAY = {
    401: "Unauthorized",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}
RETRY_AFTER: Json = {
    "description": "Seconds to wait, as `retry_after_ms` in the details says to the millisecond.",
    "schema": {"type": "integer", "minimum": 1},
}
ELSEWHERE: Json = {
    "description": PHRASES[302],
    "headers": {"Location": {"description": "Where.", "schema": {"type": "string"}}},
}
GATEWAY_REFUSAL: Json = {
    "description": "What API Gateway says where it refuses or fails by itself.",
    "type": "object",
    "properties": {"message": {"type": "string"}},
    "required": ["message"],
    "examples": [{"message": GATEWAY[401]}],
}


def document() -> Json:
    """The document."""
    models = [m for e in ENDPOINTS for m in (e.answer, e.body) if m] + [Problem]
    paths: Json = {}
    for endpoint in ENDPOINTS:
        path = re.sub(r"<(\w+)>", r"{\1}", endpoint.path)
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Chirrup HTTP API",
            "version": VERSION,
            "description": fill("openapi.md").rstrip(),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [
            {
                "url": "https://{api_id}.execute-api.{region}.amazonaws.com",
                "description": "`HttpUrl` among the outputs of the stack.",
                "variables": {
                    "api_id": {"default": "a1b2c3d4e5"},
                    "region": {"default": "us-east-1"},
                },
            }
        ],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": about} for name, (about, _) in TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "An id or access token of the stack's OIDC issuer.",
                }
            },
            "schemas": {**components(models), "GatewayRefusal": GATEWAY_REFUSAL},
            "responses": _shared(),
            "examples": {code.value: {"value": _problem(code)} for code in sorted(_asked())},
        },
    }


def refusals(endpoint: Endpoint) -> list[ErrorCode]:
    """Every code that an endpoint may answer with, by status."""
    codes = {*endpoint.errors, ErrorCode.INTERNAL}
    if not endpoint.open:
        codes |= {ErrorCode.UNAUTHENTICATED, ErrorCode.TEMPORARILY_UNAVAILABLE}
    if endpoint.body or endpoint.query or "<" in endpoint.path:
        codes.add(ErrorCode.INVALID_REQUEST)
    if endpoint.body:
        codes.add(ErrorCode.PAYLOAD_TOO_LARGE)
    order = list(ErrorCode)
    return sorted(codes, key=lambda code: (CATALOGUE[code].status, order.index(code)))


def _operation(endpoint: Endpoint) -> Json:
    operation: Json = {
        "operationId": endpoint.id,
        "tags": [name for name, (_, listed) in TAGS.items() if endpoint in listed],
        "summary": endpoint.summary,
    }
    parameters = [*_path_parameters(endpoint), *_query_parameters(endpoint)]
    if parameters:
        operation["parameters"] = parameters
    if endpoint.body:
        operation["requestBody"] = {"required": True, "content": {JSON: _media(endpoint.body)}}
    answer: Json = {"description": PHRASES[endpoint.status]}
    if endpoint.answer:
        answer["content"] = {JSON: _media(endpoint.answer)}
    elsewhere: Json = {"302": ELSEWHERE} if endpoint.redirects else {}
    operation["responses"] = {str(endpoint.status): answer, **elsewhere, **_errors(endpoint)}
    if endpoint.open:
        operation["security"] = []
    return operation


def _media(model: type[BaseModel]) -> Json:
    return {"schema": ref(model)}


def _path_parameters(endpoint: Endpoint) -> list[Json]:
    found = []
    for name in re.findall(r"<(\w+)>", endpoint.path):
        about, type_ = PATH_PARTS[name]
        found.append(_parameter("path", name, value(type_), required=True, about=about))
    return found


def _query_parameters(endpoint: Endpoint) -> list[Json]:
    if endpoint.query is None:
        return []
    schema = value(endpoint.query)
    required = schema.get("required", [])
    return [
        _parameter("query", name, _never_null(field), required=name in required)
        for name, field in schema["properties"].items()
    ]


def _parameter(place: str, name: str, schema: Json, *, required: bool, about: str = "") -> Json:
    said = schema.pop("description", "")
    # A list stands in one parameter, its elements separated by commas.
    listed: Json = {"style": "form", "explode": False} if schema.get("type") == "array" else {}
    return {
        "name": name,
        "in": place,
        "required": required,
        "description": about or said,
        **listed,
        "schema": schema,
    }


def _never_null(schema: Json) -> Json:
    """A query holds no null."""
    given = [one for one in schema.pop("anyOf", []) if one != {"type": "null"}]
    for one in given:
        schema = {**one, **schema}
    return schema


def _errors(endpoint: Endpoint) -> Json:
    return {
        str(status): {"$ref": f"#/components/responses/{_name(status, codes)}"}
        for status, codes in _by_status(endpoint).items()
    }


def _by_status(endpoint: Endpoint) -> dict[int, list[ErrorCode]]:
    """The codes by status; also those statuses that only the gateway gives."""
    grouped = groupby(refusals(endpoint), lambda code: CATALOGUE[code].status)
    ours = {status: list(codes) for status, codes in grouped}
    gateway = {429, 500, 503} | ({401} if not endpoint.open else set())
    return {status: ours.get(status, []) for status in sorted(gateway | ours.keys())}


def _shared() -> Json:
    """The refusals of all endpoints; many have the same."""
    found = {
        _name(status, codes): _refusal(status, codes)
        for endpoint in ENDPOINTS
        for status, codes in _by_status(endpoint).items()
    }
    return dict(sorted(found.items()))


def _asked() -> set[ErrorCode]:
    return {code for endpoint in ENDPOINTS for code in refusals(endpoint)}


def _name(status: int, codes: Sequence[ErrorCode]) -> str:
    return "-".join(codes) or f"gateway_{status}"


def _refusal(status: int, codes: Sequence[ErrorCode]) -> Json:
    named = ", ".join(f"`{code}`" for code in codes)
    content: Json = {}
    if codes:
        content[PROBLEM_JSON] = {
            "schema": {
                "allOf": [ref(Problem)],
                "properties": {"status": {"const": status}, "code": {"enum": list(codes)}},
            },
            "examples": {code: {"$ref": f"#/components/examples/{code}"} for code in codes},
        }
    if status in GATEWAY:
        content[JSON] = {
            "schema": ref("GatewayRefusal"),
            "examples": {"gateway": {"value": {"message": GATEWAY[status]}}},
        }
    description = f"{PHRASES[status]}: {named}." if named else f"{PHRASES[status]}."
    refusal: Json = {"description": description, "content": content}
    if ErrorCode.RATE_LIMITED in codes:
        refusal["headers"] = {"Retry-After": RETRY_AFTER}
    return refusal


def _problem(code: ErrorCode) -> Json:
    entry = CATALOGUE[code]
    return {
        "type": "about:blank",
        "title": entry.message,
        "status": entry.status,
        "code": code.value,
        "retryable": entry.retryable,
        "details": ADVICE[code].details,
        "request_id": "JKJaXmPLvHcESHA=",
    }
