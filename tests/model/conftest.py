"""Says how much was tried."""

import pytest

from tests.model.history import tally


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After the tests."""
    for where, seen in sorted(tally.items()):
        terminalreporter.write_line(
            f"history checker, on {where}: {seen['histories']:,} histories, "
            f"{seen['steps']:,} steps, {seen['crashes']:,} crashes"
        )
