"""No more than so many invocations of a function at once; the others wait."""

import threading
from types import SimpleNamespace
from typing import Any

from local.emulator import bursts


def test_those_above_the_limit_wait_for_the_others() -> None:
    lock, both_in = threading.Lock(), threading.Barrier(bursts.LIMIT)
    now, most, done = 0, 0, 0

    def execute(_func: Any, _event: Any, _request_id: str) -> None:
        nonlocal now, most, done
        with lock:
            now += 1
            most = max(most, now)
        # Passes only when as many as the limit are inside together.
        both_in.wait(timeout=30)
        with lock:
            now -= 1
            done += 1

    lambda_svc = SimpleNamespace(_execute_function_warm=execute)
    bursts.install(SimpleNamespace(lambda_svc=lambda_svc))
    func = {"config": {"FunctionArn": "arn:one"}}
    threads = [
        threading.Thread(target=lambda_svc._execute_function_warm, args=(func, {}, "r"))
        for _ in range(2 * bursts.LIMIT)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == bursts.LIMIT
    assert done == 2 * bursts.LIMIT
