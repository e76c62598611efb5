"""Gap: a WebSocket authorizer that names no identity source demands an Authorization header.

On AWS it is then asked about every handshake, which is how a header *or* a ticket can do.
"""

from typing import Any

TYPE = "AWS::ApiGatewayV2::Authorizer"


def install(ministack: Any) -> None:
    handlers = ministack.provisioners._RESOURCE_HANDLERS[TYPE]
    create, update = handlers["create"], handlers["update"]

    def named(props: dict[str, Any]) -> dict[str, Any]:
        websocket = ministack.apigateway._api_protocol(props.get("ApiId", "")) == "WEBSOCKET"
        return {"IdentitySource": [], **props} if websocket else props

    def create_named(logical_id: str, props: dict[str, Any], stack: str) -> Any:
        return create(logical_id, named(props), stack)

    def update_named(physical_id: str, old: Any, new: dict[str, Any], stack: str) -> Any:
        return update(physical_id, old, named(new), stack)

    handlers.update({"create": create_named, "update": update_named})
