"""Requests that do not depend on each other, side by side."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any

WIDTH = 8
"""Threads; they wait for the network, so more than the processors is right."""


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(WIDTH, thread_name_prefix="side")


def side_by_side(*calls: Callable[[], Any]) -> list[Any]:
    """Run callables at the same time, the last one on the calling thread.

    Returns:
        Their results, in order.

    Raises:
        Exception: The first failure in their order, after all have ended.
    """
    if not calls:
        return []
    started: list[Future[Any]] = [_pool().submit(call) for call in calls[:-1]]
    last: Future[Any] = Future()
    try:
        last.set_result(calls[-1]())
    except Exception as error:
        last.set_exception(error)
    outcomes = [*started, last]
    failures = [future.exception() for future in outcomes]
    for failure in failures:
        if failure is not None:
            raise failure
    return [future.result() for future in outcomes]


def one_by_one(*calls: Callable[[], Any]) -> list[Any]:
    """The same contract without threads, for tests that choose every step."""
    return [call() for call in calls]
