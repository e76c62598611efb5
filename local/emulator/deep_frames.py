"""Gap: a frame nested more deeply than Python's parser goes ends its socket.

It has no route that could be read, so it goes to `$default` as all such frames do.
"""

from typing import Any


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    evaluate = gateway._evaluate_route_selection

    def evaluate_deep(expression: str, text: str) -> str:
        try:
            found: str = evaluate(expression, text)
        except RecursionError:
            return "$default"
        return found

    gateway._evaluate_route_selection = evaluate_deep
