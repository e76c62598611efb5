"""Failures tell what, the details, and how to mend it."""

from pathlib import Path

from local.errors import LocalError, tail


def test_an_error_tells_what_then_the_details_then_how_to_mend_it() -> None:
    text = str(LocalError("It broke.", mend="glue it", details="    the handle\n"))
    assert text == "It broke.\n\n    the handle\nMend: glue it"


def test_the_tail_of_a_log_is_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("\n".join(str(number) for number in range(100)))
    assert tail(log, 2) == "    98\n    99"


def test_the_tail_begins_at_the_last_error(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Deploying\nError: one\nmore\nError: two\nits reason\n")
    assert tail(log) == "    Error: two\n    its reason"


def test_a_log_that_is_not_there_has_no_tail(tmp_path: Path) -> None:
    assert tail(tmp_path / "log") == ""
