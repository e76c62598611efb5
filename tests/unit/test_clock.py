"""The real clock."""

import time

from chirrup.clock import SystemClock


def test_the_time_is_that_of_the_machine_in_milliseconds() -> None:
    before = time.time() * 1000
    now = SystemClock().now()
    assert before - 1 <= now <= time.time() * 1000


def test_a_pause_of_nothing_ends() -> None:
    SystemClock().pause(0)
