"""The file that `make dev` shows."""

import io
import re

from local.emulator.function_logs import write_lines


def test_every_line_has_time_and_function_and_the_last_tells_how_it_went() -> None:
    out = io.StringIO()
    write_lines(out, "chirrup-ws-message", "one\ntwo", duration_ms=7, failed=False)
    lines = out.getvalue().splitlines()
    assert [re.sub(r"^\d\d:\d\d:\d\d ", "", line) for line in lines] == [
        "chirrup-ws-message one",
        "chirrup-ws-message two",
        "chirrup-ws-message done in 7 ms",
    ]


def test_a_failure_is_marked() -> None:
    out = io.StringIO()
    write_lines(out, "f", "", duration_ms=7, failed=True)
    assert out.getvalue().endswith("f FAILED in 7 ms\n")
