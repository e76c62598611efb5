"""Gap: a handler's body is sent back on every route.

On AWS only a route with a RouteResponseSelectionExpression and a RouteResponse answers; a
template that forgets either would work here and be silent there.
"""

from typing import Any


def answers(route: dict[str, Any], responses: dict[str, Any]) -> bool:
    """Whether AWS would send this route's body to the client.

    Args:
        route: The route as API Gateway stores it.
        responses: Its RouteResponses by id.
    """
    keys = {response.get("routeResponseKey") for response in responses.values()}
    return bool(route.get("routeResponseSelectionExpression")) and "$default" in keys


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    invoke = gateway._invoke_ws_lambda

    async def invoke_route(*args: Any, **kwargs: Any) -> Any:
        api_id, route, event_type = args[0], args[3], args[6]
        answer = await invoke(*args, **kwargs)
        if event_type != "MESSAGE":
            return answer
        if not isinstance(answer, dict):
            return None
        # AWS's own error frame needs no response.
        responses = gateway._route_responses.get(api_id, {}).get(route.get("routeId"), {})
        return answer if answer.get("failed") or answers(route, responses) else None

    gateway._invoke_ws_lambda = invoke_route
