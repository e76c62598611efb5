"""Gap: RouteResponse, Deployment and Model of API Gateway v2 are refused in templates.

The first really registers (see unasked_replies.py); the others change nothing here.
"""

import hashlib
from typing import Any

PREFIX = "AWS::ApiGatewayV2::"


def route_id(reference: str) -> str:
    """The route's own id; here a template's Ref of a route gives `api/route`, on AWS the id."""
    return reference.rpartition("/")[2]


def _fields(props: dict[str, Any]) -> dict[str, Any]:
    return {
        "routeResponseId": hashlib.sha256(repr(sorted(props.items())).encode()).hexdigest()[:8],
        "routeResponseKey": props.get("RouteResponseKey", "$default"),
        "modelSelectionExpression": props.get("ModelSelectionExpression"),
        "responseModels": props.get("ResponseModels", {}),
        "responseParameters": props.get("ResponseParameters", {}),
    }


def install(ministack: Any) -> None:
    gateway = ministack.apigateway

    def responses(props: dict[str, Any]) -> dict[str, Any]:
        by_route = gateway._route_responses.setdefault(props["ApiId"], {})
        found: dict[str, Any] = by_route.setdefault(route_id(props["RouteId"]), {})
        return found

    def create(_logical_id: str, props: dict[str, Any], _stack: str) -> Any:
        fields = _fields(props)
        identity = fields["routeResponseId"]
        responses(props)[identity] = fields
        return identity, {"RouteResponseId": identity}

    def delete(physical_id: str, props: dict[str, Any]) -> None:
        responses(props).pop(physical_id, None)

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], _stack: str) -> Any:
        delete(physical_id, old)
        responses(new)[physical_id] = {**_fields(new), "routeResponseId": physical_id}
        return physical_id, {"RouteResponseId": physical_id}

    def create_nothing(logical_id: str, _props: dict[str, Any], stack: str) -> Any:
        identity = hashlib.sha256(f"{stack}/{logical_id}".encode()).hexdigest()[:8]
        return identity, {"DeploymentId": identity, "ModelId": identity}

    def update_nothing(physical_id: str, _old: Any, _new: Any, _stack: str) -> Any:
        return physical_id, {"DeploymentId": physical_id, "ModelId": physical_id}

    nothing = {
        "create": create_nothing,
        "update": update_nothing,
        "delete": lambda _physical_id, _props: None,
    }
    handlers = ministack.provisioners._RESOURCE_HANDLERS
    handlers[f"{PREFIX}RouteResponse"] = {"create": create, "update": update, "delete": delete}
    handlers[f"{PREFIX}Deployment"] = nothing
    handlers[f"{PREFIX}Model"] = dict(nothing)
