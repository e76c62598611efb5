"""`python -m benchmarks`: measure, print, and write `benchmarks/results/`."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import costs, groups, operations, plots, processes, pushing
from benchmarks.report import Row, table

RESULTS = Path(__file__).parent / "results" / "latest.md"


def main() -> int:
    """Print all tables; a missed budget is told, not hidden, and does not fail the run."""
    RESULTS.parent.mkdir(exist_ok=True)
    figures = pushing.measure()
    plots.draw(figures, RESULTS.with_name("fanout.svg"))
    sections: list[tuple[str, list[Row]]] = [
        ("Units and round trips", operations.rows()),
        ("Groups", groups.rows()),
        ("Start-up and memory", processes.starts()),
        ("Processor time", processes.warm_send()),
        ("Pushes", pushing.rows(figures)),
        ("Pages", pushing.page_rows()),
        ("List price", costs.rows()),
        ("Coalescing", costs.coalesced()),
        ("Growth", costs.growth(figures["ours", 1_000, 15].wall_s)),
    ]
    text = "\n".join(table(title, rows) for title, rows in sections)
    missed = [row.what for _, rows in sections for row in rows if not row.met]
    closing = "All budgets are met." if not missed else "Missed: " + "; ".join(missed) + "."
    about = (
        f"Python {platform.python_version()} on {platform.machine()}, "
        f"{datetime.now(UTC).date().isoformat()}. Read ratios and units; "
        "milliseconds are those of this machine."
    )
    picture = "![Time, cost and coalescing](fanout.svg)"
    document = f"# Measured by `make bench`\n\n{about}\n\n{picture}\n\n{text}\n{closing}\n"
    print(document)
    RESULTS.write_text(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
