"""What can go wrong when the local stack starts, told with how to mend it."""

from pathlib import Path


class LocalError(Exception):
    """A failure that the one in front of the terminal can mend."""

    def __init__(self, what: str, *, mend: str, details: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.details = details

    def __str__(self) -> str:
        details = f"\n{self.details.rstrip()}\n" if self.details else ""
        return f"{self.what}\n{details}Mend: {self.mend}"


def tail(path: Path, lines: int = 15) -> str:
    """The end of a log, indented, for `details`: from its last `Error` line on, if there is one."""
    if not path.exists():
        return ""
    text = path.read_text(encoding="utf-8", errors="replace").rstrip().splitlines()[-lines:]
    errors = [number for number, line in enumerate(text) if line.startswith("Error")]
    return "\n".join(f"    {line}" for line in text[errors[-1] if errors else 0 :])
