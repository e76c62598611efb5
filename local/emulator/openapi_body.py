"""Gap: an HTTP API's OpenAPI Body is not imported, so `AWS::Serverless::HttpApi` has no routes.

Imports what SAM writes into it: routes with their integrations, JWT authorizers, CORS.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

TYPE = "AWS::ApiGatewayV2::Api"
INTEGRATION = "x-amazon-apigateway-integration"
AUTHORIZER = "x-amazon-apigateway-authorizer"
CORS = "x-amazon-apigateway-cors"
ANY_METHOD = "x-amazon-apigateway-any-method"


@dataclass(frozen=True)
class Imported:
    """What a Body defines, each by its id, in API Gateway's own form."""

    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    integrations: dict[str, dict[str, Any]] = field(default_factory=dict)
    authorizers: dict[str, dict[str, Any]] = field(default_factory=dict)
    cors: dict[str, Any] = field(default_factory=dict)


def _id(*parts: str) -> str:
    # The same thing keeps its id over updates.
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:8]


def read_body(body: dict[str, Any]) -> Imported:
    """Read an OpenAPI document as API Gateway's import does."""
    schemes = (body.get("components") or {}).get("securitySchemes") or {}
    authorizers = {_id("authorizer", n): _authorizer(n, s) for n, s in schemes.items()}
    routes, integrations = {}, {}
    for path, item in (body.get("paths") or {}).items():
        for method, operation in item.items():
            if INTEGRATION not in operation:
                continue
            key = _route_key(path, method)
            route = _route(key, operation)
            routes[route["routeId"]] = route
            integration = _integration(key, operation[INTEGRATION])
            integrations[integration["integrationId"]] = integration
    return Imported(routes, integrations, authorizers, _cors(body.get(CORS) or {}))


def _cors(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise TypeError(  # CloudFormation shows the text as the reason of the failure
            f"{CORS} is not an object: SAM puts an AllowOrigins that is an intrinsic function in "
            "place of all of it; make the whole CorsConfiguration one"
        )
    return found


def _route_key(path: str, method: str) -> str:
    if path.strip("/") == "$default":
        return "$default"
    return f"{'ANY' if method == ANY_METHOD else method.upper()} {path}"


def _route(key: str, operation: dict[str, Any]) -> dict[str, Any]:
    # SAM gives an open route of a protected API the scheme NONE, or no security at all.
    security = [s for s in operation.get("security") or [] for s in s.items() if s[0] != "NONE"]
    name, scopes = security[0] if security else (None, [])
    return {
        "routeId": _id("route", key),
        "routeKey": key,
        "target": f"integrations/{_id('integration', key)}",
        "authorizationType": "JWT" if name else "NONE",
        "authorizerId": _id("authorizer", name) if name else None,
        "authorizationScopes": scopes or [],
        "apiKeyRequired": False,
    }


def _integration(key: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "integrationId": _id("integration", key),
        "integrationType": str(spec.get("type", "aws_proxy")).upper(),
        "integrationUri": spec.get("uri", ""),
        "integrationMethod": spec.get("httpMethod", "POST"),
        "payloadFormatVersion": str(spec.get("payloadFormatVersion", "2.0")),
        "timeoutInMillis": spec.get("timeoutInMillis", 30000),
        "connectionType": "INTERNET",
        "requestParameters": {},
        "responseParameters": {},
    }


def _authorizer(name: str, scheme: dict[str, Any]) -> dict[str, Any]:
    spec = scheme.get(AUTHORIZER) or {}
    source = spec.get("identitySource", "$request.header.Authorization")
    jwt = spec.get("jwtConfiguration") or {}
    return {
        "authorizerId": _id("authorizer", name),
        "authorizerType": str(spec.get("type", "jwt")).upper(),
        "name": name,
        "identitySource": [source] if isinstance(source, str) else source,
        "jwtConfiguration": {
            "audience": list(jwt.get("audience") or []),
            "issuer": jwt.get("issuer", ""),
        },
    }


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    handlers = ministack.provisioners._RESOURCE_HANDLERS[TYPE]
    create, update = handlers["create"], handlers["update"]

    def apply(api_id: str, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
        before, after = read_body((old or {}).get("Body") or {}), read_body(new.get("Body") or {})
        stores = (
            (gateway._routes, before.routes, after.routes),
            (gateway._integrations, before.integrations, after.integrations),
            (gateway._authorizers, before.authorizers, after.authorizers),
        )
        for store, gone, come in stores:
            kept = {k: v for k, v in (store.get(api_id) or {}).items() if k not in gone}
            store[api_id] = {**kept, **come}
        if after.cors:
            gateway._apis[api_id]["corsConfiguration"] = after.cors

    def create_with_body(logical_id: str, props: dict[str, Any], stack: str) -> Any:
        # The name of an API made from a Body is the document's title.
        api_id, attributes = create(logical_id, _titled(props), stack)
        apply(api_id, props)
        return api_id, attributes

    def update_with_body(
        physical_id: str,
        old: dict[str, Any],
        new: dict[str, Any],
        stack: str,
        logical_id: str | None = None,
    ) -> Any:
        api_id, attributes = update(physical_id, old, _titled(new), stack, logical_id)
        apply(api_id, new, old)
        return api_id, attributes

    handlers.update({"create": create_with_body, "update": update_with_body})


def _titled(props: dict[str, Any]) -> dict[str, Any]:
    title = ((props.get("Body") or {}).get("info") or {}).get("title")
    return {"Name": title, **props} if title else props
