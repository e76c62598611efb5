"""Gap: a burst of requests starts a process for each, and the machine grinds to a halt.

AWS would start them elsewhere; here the ones above the limit wait for a process to be free.
"""

import threading
from collections import defaultdict
from typing import Any

# Of one function at a time.
LIMIT = 8


def install(ministack: Any) -> None:
    lambda_svc = ministack.lambda_svc
    execute = lambda_svc._execute_function_warm
    turns: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(LIMIT))

    def execute_in_turn(func: dict[str, Any], event: Any, request_id: str) -> Any:
        config = func.get("config") or func
        # No function of ours calls itself, so none waits for its own end here.
        with turns[config.get("FunctionArn", "")]:
            return execute(func, event, request_id)

    lambda_svc._execute_function_warm = execute_in_turn
