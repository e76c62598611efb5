"""Requests side by side."""

import threading

import pytest

from chirrup.concurrency import WIDTH, one_by_one, side_by_side
from chirrup.ports import SideBySide


@pytest.mark.parametrize("run", [side_by_side, one_by_one])
def test_results_come_in_the_order_of_the_calls(run: SideBySide) -> None:
    assert run() == []
    assert run(*(lambda number=number: number for number in range(3 * WIDTH))) == [
        *range(3 * WIDTH)
    ]


def test_calls_do_run_at_the_same_time() -> None:
    meeting = threading.Barrier(WIDTH, timeout=30)
    assert len(side_by_side(*[meeting.wait] * WIDTH)) == WIDTH


def test_the_last_call_runs_on_the_calling_thread() -> None:
    threads = side_by_side(threading.get_ident, threading.get_ident)
    assert threads[-1] == threading.get_ident()
    assert threads[0] != threads[-1]


def test_the_first_failure_in_their_order_is_raised_after_all_have_ended() -> None:
    ended: list[int] = []
    goes_on = threading.Event()

    def slow_failure() -> None:
        goes_on.wait(30)
        ended.append(1)
        raise KeyError("first")

    def quick_failure() -> None:
        goes_on.set()
        ended.append(2)
        raise ValueError("second")

    with pytest.raises(KeyError, match="first"):
        side_by_side(slow_failure, lambda: ended.append(3), quick_failure)
    assert sorted(ended) == [1, 2, 3]


def test_a_failure_of_the_last_call_waits_for_the_others() -> None:
    ended: list[int] = []
    goes_on = threading.Event()

    def slow() -> None:
        goes_on.wait(30)
        ended.append(1)

    def fail() -> None:
        goes_on.set()
        raise ValueError

    with pytest.raises(ValueError):
        side_by_side(slow, fail)
    assert ended == [1]
