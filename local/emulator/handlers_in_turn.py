"""Gap: WebSocket handlers of one function run one at a time, past the ordinary dispatcher.

The dispatcher runs them side by side, keeps their logs and gives each its own request id. AWS
would run a thousand; here a limit keeps a burst from starting a process per frame.
"""

import threading
from collections import defaultdict
from typing import Any

from local.emulator.failure_text import HandlerFailure

LIMIT = 8


class Dispatched:
    """Stands for the single worker that MiniStack's WebSocket path asks for."""

    def __init__(self, lambda_svc: Any, record: dict[str, Any], turn: threading.Semaphore) -> None:
        self._lambda_svc = lambda_svc
        self._record = record
        self._turn = turn

    def invoke(self, event: dict[str, Any], _request_id: str) -> dict[str, Any]:
        """Run the handler once a turn is free; the shape of the answer is Worker.invoke's."""
        with self._turn:
            result = self._lambda_svc._execute_function(self._record, event)
        if result.get("error") or result.get("throttle"):
            return {"status": "error", "error": HandlerFailure(result.get("body"))}
        return {"status": "ok", "result": result.get("body")}


def install(ministack: Any) -> None:
    lambda_svc = ministack.lambda_svc
    turns: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(LIMIT))

    def dispatched(
        name: str, config: dict[str, Any], code_zip: bytes, qualifier: str = "$LATEST"
    ) -> Dispatched:
        stored = lambda_svc._functions.get(name) or {}
        record = {**stored, "config": config, "code_zip": code_zip}
        return Dispatched(lambda_svc, record, turns[f"{name}:{qualifier}"])

    # Only the WebSocket path asks for a worker this way; it imports the name at each call.
    ministack.lambda_runtime.get_or_create_worker = dispatched
