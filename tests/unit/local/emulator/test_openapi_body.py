"""The OpenAPI document that SAM makes of an HttpApi."""

from typing import Any

import pytest

from local.emulator.openapi_body import read_body

URI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/F/invocations"


def operation(**more: Any) -> dict[str, Any]:
    integration = {"type": "aws_proxy", "httpMethod": "POST", "uri": URI}
    return {"x-amazon-apigateway-integration": integration, "responses": {}, **more}


BODY: dict[str, Any] = {
    "openapi": "3.0.1",
    "paths": {
        "/v1/{proxy+}": {
            "get": operation(security=[{"Oidc": []}]),
            "post": operation(security=[{"Oidc": ["chirrup/admin"]}]),
        },
        "/v1/health": {"get": operation(security=[{"NONE": []}])},
        "/open": {"x-amazon-apigateway-any-method": operation()},
        "/$default": {"x-amazon-apigateway-any-method": operation()},
        "/documented-only": {"get": {"responses": {}}},
    },
    "components": {
        "securitySchemes": {
            "Oidc": {
                "type": "oauth2",
                "x-amazon-apigateway-authorizer": {
                    "type": "jwt",
                    "identitySource": "$request.header.Authorization",
                    "jwtConfiguration": {"issuer": "https://issuer", "audience": ["client"]},
                },
            }
        }
    },
    "x-amazon-apigateway-cors": {"allowOrigins": ["http://localhost:3000"], "maxAge": 3600},
}


@pytest.fixture
def routes() -> dict[str, dict[str, Any]]:
    return {route["routeKey"]: route for route in read_body(BODY).routes.values()}


def test_every_operation_with_an_integration_is_a_route(routes: dict[str, Any]) -> None:
    assert set(routes) == {
        "GET /v1/{proxy+}",
        "POST /v1/{proxy+}",
        "GET /v1/health",
        "ANY /open",
        "$default",
    }


def test_a_route_leads_to_its_integration(routes: dict[str, Any]) -> None:
    integrations = read_body(BODY).integrations
    target = routes["GET /v1/health"]["target"].removeprefix("integrations/")
    assert integrations[target]["integrationUri"] == URI
    assert integrations[target]["integrationType"] == "AWS_PROXY"
    assert integrations[target]["payloadFormatVersion"] == "2.0"


def test_a_protected_route_names_its_authorizer_and_scopes(routes: dict[str, Any]) -> None:
    route = routes["POST /v1/{proxy+}"]
    authorizer = read_body(BODY).authorizers[route["authorizerId"]]
    assert route["authorizationType"] == "JWT"
    assert route["authorizationScopes"] == ["chirrup/admin"]
    assert authorizer["jwtConfiguration"] == {"issuer": "https://issuer", "audience": ["client"]}
    assert authorizer["identitySource"] == ["$request.header.Authorization"]


@pytest.mark.parametrize("key", ["GET /v1/health", "ANY /open"])
def test_a_route_without_security_is_open(routes: dict[str, Any], key: str) -> None:
    assert routes[key]["authorizationType"] == "NONE"
    assert routes[key]["authorizerId"] is None


def test_ids_stay_the_same_over_imports() -> None:
    assert read_body(BODY) == read_body(BODY)


def test_cors_is_taken_over() -> None:
    assert read_body(BODY).cors["allowOrigins"] == ["http://localhost:3000"]


def test_cors_that_sam_has_spoilt_is_refused() -> None:
    with pytest.raises(TypeError, match="CorsConfiguration"):
        read_body({"x-amazon-apigateway-cors": ["http://localhost:3000"]})
