"""Routes of both APIs."""

import pytest

from tests.schema.conftest import Template

# The wire protocol: public, so written out rather than read from the code.
ACTIONS = {
    "$default",
    "sendMessage",
    "recallMessage",
    "editMessage",
    "addReaction",
    "removeReaction",
    "readConversation",
    "typing",
    "sync",
    "history",
    "ping",
}
ROUTE = "AWS::ApiGatewayV2::Route"


def _route(template: Template, key: str) -> tuple[str, dict[str, object]]:
    found = [(n, r) for n, r in template.deployed(ROUTE).items() if r["RouteKey"] == key]
    assert len(found) == 1, key
    return found[0]


def test_every_action_of_the_protocol_is_a_route(template: Template) -> None:
    keys = {route["RouteKey"] for route in template.deployed(ROUTE).values()}
    assert keys == ACTIONS | {"$connect", "$disconnect"}


@pytest.mark.parametrize("key", sorted(ACTIONS))
def test_an_action_answers_in_the_reply_of_its_route(template: Template, key: str) -> None:
    """AWS drops the answer without both; the emulator does not show it."""
    name, route = _route(template, key)
    assert route["RouteResponseSelectionExpression"] == "$default"
    responses = [
        r
        for r in template.deployed("AWS::ApiGatewayV2::RouteResponse").values()
        if r["RouteId"] == {"Ref": name}
    ]
    assert [r["RouteResponseKey"] for r in responses] == ["$default"]
    assert responses[0]["ApiId"] == route["ApiId"]


@pytest.mark.parametrize("key", ["$connect", "$disconnect"])
def test_connect_and_disconnect_answer_nothing(template: Template, key: str) -> None:
    _, route = _route(template, key)
    assert "RouteResponseSelectionExpression" not in route


def test_a_socket_opens_only_past_the_authorizer(template: Template) -> None:
    _, route = _route(template, "$connect")
    authorizers = template.deployed("AWS::ApiGatewayV2::Authorizer")
    assert route["AuthorizationType"] == "CUSTOM"
    (name,) = authorizers
    assert route["AuthorizerId"] == {"Ref": name}


def test_the_authorizer_is_asked_whatever_the_client_sends(template: Template) -> None:
    """A listed identity source that is missing would be refused with 401, unasked."""
    (authorizer,) = template.deployed("AWS::ApiGatewayV2::Authorizer").values()
    assert authorizer["AuthorizerType"] == "REQUEST"
    assert authorizer["IdentitySource"] == []


def test_api_gateway_may_invoke_every_function_that_it_calls(template: Template) -> None:
    permissions = template.deployed("AWS::Lambda::Permission").values()
    allowed = {str(permission["FunctionName"]) for permission in permissions}
    called = {name for name in template.functions() if name != "MediaThumbnailFunction"}
    assert len(allowed) == len(called)
    assert all(any(f"'{name}'" in one for one in allowed) for name in called)


def _paths(template: Template) -> dict[str, dict[str, dict[str, object]]]:
    body = template.deployed("AWS::ApiGatewayV2::Api")["HttpApi"]["Body"]
    paths: dict[str, dict[str, dict[str, object]]] = body["paths"]
    return paths


def test_everything_over_http_needs_a_token_but_the_health_check(template: Template) -> None:
    open_routes = [
        (method, path)
        for path, methods in _paths(template).items()
        for method, route in methods.items()
        if route.get("security") != [{"Oidc": []}]
    ]
    assert open_routes == [("get", "/v1/health")]


def test_no_route_takes_the_preflight_from_the_gateway(template: Template) -> None:
    """It carries no token: a route for OPTIONS, as ANY is, would have it refused."""
    methods = {method for path in _paths(template).values() for method in path}
    assert methods == {"get", "post", "put", "patch", "delete"}


def test_the_gateway_answers_preflights_for_all_methods(template: Template) -> None:
    """SAM loses what stands beside an AllowOrigins that is a function."""
    body = template.deployed("AWS::ApiGatewayV2::Api")["HttpApi"]["Body"]
    cors = body["x-amazon-apigateway-cors"]["Fn::If"][1]
    assert set(cors["allowMethods"]) == {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert set(cors["allowHeaders"]) == {"authorization", "content-type"}
    assert "Fn::Split" in cors["allowOrigins"]
    assert "allowCredentials" not in cors
