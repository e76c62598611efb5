"""An invocation's log ends at its mark, so that nothing waits."""

import queue
import time

import pytest

from local.emulator.log_wait import CALL, END, FAILURE, ScriptChanged, drain, marked


def lines(*texts: str) -> "queue.Queue[str]":
    found: queue.Queue[str] = queue.Queue()
    for text in texts:
        found.put(text)
    return found


def test_lines_up_to_the_mark_belong_to_the_invocation() -> None:
    left = lines("one", "two", END, "of the next")
    assert drain(left) == "one\ntwo"
    assert left.get_nowait() == "of the next"


def test_a_silent_handler_costs_no_waiting() -> None:
    began = time.monotonic()
    assert drain(lines(END), cap=30) == ""
    assert time.monotonic() - began < 1


def test_without_a_mark_the_time_is_limited() -> None:
    assert drain(lines("last words"), cap=0.01) == "last words"


def test_the_mark_is_written_before_either_answer() -> None:
    script = marked(f"            {CALL}        {FAILURE}.write()\n")
    assert script.count(repr(END)) == 2
    assert script.index(CALL) < script.index(repr(END))
    assert script.rindex(repr(END)) < script.index("_real_stdout")


def test_another_script_is_refused() -> None:
    with pytest.raises(ScriptChanged):
        marked("print('another worker')")
