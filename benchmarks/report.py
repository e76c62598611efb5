"""Rows of figures beside their budgets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        limit: The budget; None where there is none.
    """

    what: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the budget is met; without one it is."""
        return self.limit is None or self.value <= self.limit

    @property
    def verdict(self) -> str:
        """For people."""
        if self.limit is None:
            return ""
        return "met" if self.met else f"MISSED by {self.value / self.limit - 1:.0%}"


def table(title: str, rows: list[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [f"## {title}", "", "| what | measured | budget | | |", "|---|---|---|---|---|"]
    for row in rows:
        limit = "" if row.limit is None else f"≤ {row.limit:g} {row.unit}"
        lines.append(
            f"| {row.what} | {row.value:g} {row.unit} | {limit} | {row.verdict} | {row.note} |"
        )
    return "\n".join([*lines, ""])
