"""Gap: WebSocket handlers of one function run one at a time, past the ordinary dispatcher.

The dispatcher runs them side by side (see bursts.py for how many), keeps their logs and gives
each its own request id.
"""

from typing import Any

from local.emulator.failure_text import HandlerFailure


class Dispatched:
    """Stands for the single worker that MiniStack's WebSocket path asks for."""

    def __init__(self, lambda_svc: Any, record: dict[str, Any]) -> None:
        self._lambda_svc = lambda_svc
        self._record = record

    def invoke(self, event: dict[str, Any], _request_id: str) -> dict[str, Any]:
        """Run the handler; the shape of the answer is Worker.invoke's."""
        result = self._lambda_svc._execute_function(self._record, event)
        if result.get("error") or result.get("throttle"):
            return {"status": "error", "error": HandlerFailure(result.get("body"))}
        return {"status": "ok", "result": result.get("body")}


def install(ministack: Any) -> None:
    lambda_svc = ministack.lambda_svc

    def dispatched(
        name: str, config: dict[str, Any], code_zip: bytes, **_qualifier: str
    ) -> Dispatched:
        stored = lambda_svc._functions.get(name) or {}
        record = {**stored, "config": config, "code_zip": code_zip}
        return Dispatched(lambda_svc, record)

    # Only the WebSocket path asks for a worker this way; it imports the name at each call.
    ministack.lambda_runtime.get_or_create_worker = dispatched
