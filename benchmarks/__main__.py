"""`python -m benchmarks`: measure, print, and write `benchmarks/results/`."""

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import costs, groups, operations, plots, processes, pushing, searching, words
from benchmarks.report import Row, table

RESULTS = Path(__file__).parent / "results" / "latest.md"


def main() -> int:
    """Print all tables; a missed budget is told, not hidden, and does not fail the run."""
    RESULTS.parent.mkdir(exist_ok=True)
    figures = pushing.measure()
    sections: list[tuple[str, list[Row]]] = [
        ("Units and round trips", operations.rows()),
        ("Groups", groups.rows()),
        ("Start-up and memory", processes.starts()),
        ("Processor time", processes.warm_send()),
        ("Sensitive words", words.rows()),
        ("Pushes", pushing.rows(figures)),
        ("Pages", pushing.page_rows()),
    ]
    counted = _counted({row.what: row.value for _, rows in sections for row in rows}, figures)
    sections += [
        ("List price", costs.rows(counted)),
        ("Coalescing", costs.coalesced(counted)),
        ("Growth", costs.growth(counted)),
    ]
    plots.draw(figures, counted, RESULTS.with_name("fanout.svg"))
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
    print(searching.write())
    return 0


def _counted(found: dict[str, float], figures: pushing.Figures) -> costs.Counted:
    return costs.Counted(
        writes=found[f"text of 0.6 KB, writes (mean of {operations.SENDS})"],
        private_reads=found["text of 0.6 KB, reads (mean)"],
        group_reads=found["group of 500: reads before it is dispatched"],
        rounds=found["text of 0.6 KB, round trips (most)"],
        send_cpu_ms=found["warm sendMessage, CPU (median)"],
        push_cpu_us=figures["ours, sockets remembered", 1_000, 15].cpu_us,
        page_s=figures["ours", 1_000, 15].wall_s,
    )


if __name__ == "__main__":
    sys.exit(main())
