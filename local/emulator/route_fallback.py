"""Gap: `$connect` and `$disconnect` fall back to `$default`. On AWS only frames do."""

from typing import Any


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    match_route = gateway._match_ws_route

    def match(api_id: str, route_key: str) -> Any:
        route = match_route(api_id, route_key)
        if route is None or route_key not in ("$connect", "$disconnect"):
            return route
        return route if route.get("routeKey") == route_key else None

    gateway._match_ws_route = match
