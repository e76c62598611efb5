"""Frames too deep to find a route in."""

import json
from types import SimpleNamespace

from local.emulator import deep_frames


def _route(_: str, text: str) -> str:
    action: str = json.loads(text)["action"]
    return action


def test_a_frame_too_deep_to_read_goes_to_default() -> None:
    gateway = SimpleNamespace(_evaluate_route_selection=_route)
    deep_frames.install(SimpleNamespace(apigateway=gateway))
    evaluate = gateway._evaluate_route_selection
    assert evaluate("$request.body.action", '{"action": "ping"}') == "ping"
    assert evaluate("$request.body.action", "[" * 100_000) == "$default"
